// Buttons that copy what stands in an element of the page. A classic script: it works on file:// too.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const text = source.textContent.trim();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Where the page may not write, the words are selected, ready to be copied by hand.
      getSelection().selectAllChildren(source);
      return;
    }
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
  });
}
