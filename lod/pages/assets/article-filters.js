// Filters of the claims; the address of the page keeps them, so that a view can be shared.

import { numbersOf } from "./article-marks.js";

export class Filters {
  /** @param {import("./article-claims.js").Claims} claims
   *  @param {import("./article-marks.js").Marks} marks
   *  @param {import("./article-panel.js").Panel} panel @param {DOMStringMap} words */
  constructor(claims, marks, panel, words) {
    Object.assign(this, { claims, marks, panel, words });
    this.first = document.getElementById("first-match");
    this.form = document.getElementById("filters");
    this.output = document.getElementById("showing");
    /** @type {HTMLSelectElement[]} */
    this.selects = [...this.form.querySelectorAll("select")];
    this.views = [...document.querySelectorAll("input[name=view]")];
    const asked = new URLSearchParams(location.search).get("view");
    for (const one of this.views) {
      if (one.value === asked) one.checked = true;
      one.addEventListener("change", () => this.address());
    }
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", () => this.apply());
    this.opener = document.getElementById("filters-open");
    this.opener.addEventListener("click", () => this.open(this.opener.ariaExpanded !== "true"));
    this.first.addEventListener("click", () => {
      const quote = document.querySelector("#prose a.q:not(.off)");
      quote.scrollIntoView({ block: "center" });
      quote.focus({ preventScroll: true });
      this.panel.pin(numbersOf(quote), { from: quote, byKey: false });
    });
    // The form is empty only after the event.
    this.form.addEventListener("reset", () => setTimeout(() => this.apply()));
  }

  /** Take the options from the claims, and the choice from the address. */
  fill() {
    if (!this.claims.ready) return;
    const asked = new URLSearchParams(location.search);
    for (const select of this.selects) {
      const found = this.claims.facets.content.querySelector(`select[name=${select.name}]`);
      for (const option of found.options) {
        const own = document.importNode(option, true);
        own.dataset.label = own.textContent.replace(/ \(\d+\)$/, "");
        select.append(own);
      }
      select.value = asked.get(select.name) ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
    this.apply();
  }

  /** Show the filters, or put them away. @param {boolean} shown */
  open(shown) {
    this.opener.ariaExpanded = String(shown);
  }

  /** Choose a value, or take the choice back. @param {string} name @param {string} value */
  toggle(name, value) {
    const select = this.selects.find((one) => one.name === name);
    if (![...select.options].some((one) => one.value === value)) return;
    select.value = select.value === value ? "" : value;
    this.apply();
  }

  /** The claims that fit all filters but one. @param {HTMLSelectElement | null} except */
  fitting(except) {
    const tokens = this.selects
      .filter((select) => select !== except && select.value)
      .map((select) => select.selectedOptions[0].dataset.t);
    return [...this.claims.all.values()].filter((one) => tokens.every((t) => one.tokens.has(t)));
  }

  apply() {
    const filtered = this.selects.some((select) => select.value);
    const found = this.fitting(null);
    this.marks.fade(filtered ? new Set(found.map((one) => one.number)) : null);
    this.form.closest(".reading").classList.toggle("filtered", filtered);
    for (const select of this.selects) this.count(select);
    const all = sum([...this.claims.all.values()]);
    const { showing, none } = this.words;
    let text = this.words.all.replace("{all}", all);
    if (filtered) text = showing.replace("{n}", sum(found)).replace("{all}", all);
    this.output.textContent = filtered && !found.length ? none : text;
    this.first.hidden = !found.length;
    this.panel.list(filtered ? found.map((one) => one.number) : [], text);
    this.address();
  }

  /** Say of each option how many claims it would leave. @param {HTMLSelectElement} select */
  count(select) {
    const counts = new Map();
    for (const claim of this.fitting(select)) {
      for (const token of claim.tokens) {
        counts.set(token, (counts.get(token) ?? 0) + claim.count);
      }
    }
    for (const option of select.options) {
      if (!option.value) continue;
      const count = counts.get(option.dataset.t) ?? 0;
      option.textContent = `${option.dataset.label} (${count})`;
      option.disabled = !count && !option.selected;
    }
  }

  address() {
    const query = new URLSearchParams();
    for (const select of this.selects) if (select.value) query.set(select.name, select.value);
    const view = this.views.find((one) => one.checked);
    if (view && view !== this.views[0]) query.set("view", view.value);
    const text = query.size ? `?${query}` : "";
    if (text !== location.search) {
      history.replaceState(null, "", location.pathname + text + location.hash);
    }
  }
}

/** @param {{count: number}[]} claims */
const sum = (claims) => claims.reduce((total, one) => total + one.count, 0);
