// The article page: quotes, their claims, filters and figures work together.
// Without this script every quote is a link to its claims in notes.html.

import { Claims } from "./article-claims.js";
import { Filters } from "./article-filters.js";
import { Marks, numbersOf } from "./article-marks.js";
import { Panel } from "./article-panel.js";
import { rove } from "./article-keys.js";

const words = document.getElementById("article-script").dataset;
const prose = document.getElementById("prose");
const reading = prose.closest(".reading");
const wide = matchMedia("(min-width: 64rem)");

const claims = new Claims(words.notes);
const marks = new Marks(reading);
const panel = new Panel(claims, marks, words);
const filters = new Filters(claims, marks, panel, words);

/** The part of the text or of a figure that an event happened in.
 * @param {Event} event @returns {HTMLElement | SVGElement | null} */
const partOf = (event) => event.target.closest?.("[data-c]") ?? null;

rove(prose, "a.q:not(.off)", getComputedStyle(prose).direction === "rtl");
for (const part of reading.querySelectorAll(".figure [role=group]")) rove(part, "a[data-c]", false);
marks.describe(words);
marks.widenEdges();

reading.addEventListener("pointerover", (event) => {
  const part = partOf(event);
  if (part && event.pointerType !== "touch") panel.preview(numbersOf(part), wide.matches);
});

reading.addEventListener("pointerout", (event) => {
  if (partOf(event)) panel.settle();
});

reading.addEventListener("focusin", (event) => {
  const part = partOf(event);
  if (part?.matches(":focus-visible")) panel.preview(numbersOf(part), true);
});

reading.addEventListener("click", (event) => {
  const part = partOf(event);
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!part || elsewhere || !claims.ready) return;
  event.preventDefault();
  if (part.dataset.e) filters.toggle("entity", part.dataset.e);
  panel.pin(numbersOf(part), { from: part, byKey: event.detail === 0 });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) panel.close();
});

/** Show the claim that the address names: ids are plain ASCII, so nothing of it is encoded. */
function follow() {
  const number = claims.numberOf(location.hash.slice(1).replace("%2F", "/"));
  if (number === undefined) {
    // Back to the address without a claim.
    if (!location.hash && panel.pinned) panel.close();
    return;
  }
  const part = marks.first(number);
  part?.scrollIntoView({ block: "center" });
  part?.focus?.({ preventScroll: true });
  panel.pin([number], { from: part, byKey: false, keep: true });
}

claims.load().then(() => {
  filters.fill();
  claims.print(document.getElementById("print-notes"));
  follow();
  addEventListener("hashchange", follow);
  document.documentElement.dataset.ready = "";
});
