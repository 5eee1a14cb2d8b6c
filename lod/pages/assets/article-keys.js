// Arrow keys go from one link to the next in a part of the page, which is one stop of the Tab key.

/** @param {Element} part @param {string} selector of its links
 *  @param {boolean} mirrored whether the next one is to the left */
export function rove(part, selector, mirrored) {
  const links = () => [...part.querySelectorAll(selector)];
  const all = links();
  if (!all.length) return;
  for (const link of all) link.setAttribute("tabindex", "-1");
  all[0].setAttribute("tabindex", "0");

  part.addEventListener("focusin", (event) => {
    const link = event.target.closest("a[tabindex]");
    if (!link) return;
    part.querySelector('a[tabindex="0"]')?.setAttribute("tabindex", "-1");
    link.setAttribute("tabindex", "0");
  });

  part.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const forward = mirrored ? "ArrowLeft" : "ArrowRight";
    const back = mirrored ? "ArrowRight" : "ArrowLeft";
    const here = links();
    const at = here.indexOf(event.target.closest("a"));
    let to;
    if (event.key === forward || event.key === "ArrowDown") to = at + 1;
    else if (event.key === back || event.key === "ArrowUp") to = at < 0 ? 0 : at - 1;
    else if (event.key === "Home") to = 0;
    else if (event.key === "End") to = here.length - 1;
    else return;
    event.preventDefault();
    here[Math.min(Math.max(to, 0), here.length - 1)]?.focus();
  });
}
