// Buttons that copy what stands in an element of the page. A classic script: it works on file:// too.

const { copy, copied } = document.currentScript.dataset;
// Without a script they could do nothing, so that they are not in the page.
for (const source of document.querySelectorAll("[data-copied]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: copy });
  button.dataset.copy = source.id;
  source.after(button);
}

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
    button.textContent = copied;
    setTimeout(() => (button.textContent = label), 2000);
  });
}
