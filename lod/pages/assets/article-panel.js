// The claims of a quote: a column beside the text, a sheet at the bottom of a small screen.

/** So many cards at most; the rest is a link away. */
const MOST = 40;

export class Panel {
  /** @param {import("./article-claims.js").Claims} claims
   *  @param {import("./article-marks.js").Marks} marks @param {DOMStringMap} words */
  constructor(claims, marks, words) {
    Object.assign(this, { claims, marks, words });
    this.element = document.getElementById("panel");
    this.body = document.getElementById("panel-body");
    this.empty = [...this.body.childNodes];
    this.button = document.getElementById("panel-close");
    this.announce = document.getElementById("announce");
    this.pinned = false;
    /** @type {number[]} */
    this.shown = [];
    this.from = null;
    /** @type {number[]} what a filter leaves */
    this.listed = [];
    this.title = document.getElementById("panel-title");
    this.name = this.title.textContent;
    this.button.addEventListener("click", () => this.close());
    for (const name of ["pointerover", "focusin"]) {
      this.body.addEventListener(name, (event) => {
        const card = event.target.closest("article");
        if (card) this.marks.light("pinned", [Number(card.dataset.c)]);
      });
    }
    this.body.addEventListener("click", (event) => {
      const link = event.target.closest(".in-text");
      // The card comes from another page; its words are in this one, or in another version.
      if (!link || !document.getElementById(link.hash.slice(1))) return;
      event.preventDefault();
      location.hash = link.hash;
    });
    this.body.addEventListener("pointerleave", () => {
      this.marks.light("pinned", this.pinned ? this.shown : []);
    });
  }

  /** Show claims as long as nothing else is pointed at; what is pinned stays.
   * @param {number[]} numbers @param {boolean} open whether a sheet may open for it */
  preview(numbers, open) {
    this.marks.light("lit", this.pinned ? [...this.shown, ...numbers] : numbers);
    // The browser focuses what the address names before there is anything to show.
    if (this.pinned || !this.claims.ready) return;
    this.show(numbers);
    if (open) this.open();
  }

  /** Nothing is pointed at any more: only what is pinned stays lit. */
  settle() {
    if (this.pinned) this.marks.light("lit", this.shown);
    else if (this.listed.length) this.close();
  }

  /** Show what a filter leaves wherever no quote is shown.
   * @param {number[]} numbers none where nothing is filtered @param {string} title */
  list(numbers, title) {
    this.listed = numbers;
    this.listTitle = title;
    if (!this.pinned) this.rest();
  }

  /** What stands here while no quote is shown. */
  rest() {
    this.shown = this.listed;
    const some = this.listed.length > 0;
    this.element.classList.toggle("listing", some);
    this.title.textContent = some ? this.listTitle : this.name;
    this.body.replaceChildren(...(some ? this.cards(this.listed) : this.empty));
  }

  /** Show claims until others are pinned or the panel is closed.
   * @param {number[]} numbers
   * @param {{from: Element | null, byKey: boolean, keep?: boolean}} how `keep` leaves the address */
  pin(numbers, { from, byKey, keep = false }) {
    if (this.pinned && from === this.from && !keep) {
      this.close();
      return;
    }
    this.pinned = true;
    this.from = from;
    this.marks.light("lit", numbers);
    this.marks.light("pinned", numbers);
    this.show(numbers);
    // What the address asks for is there at once, and does not slide in.
    this.element.classList.toggle("at-once", keep);
    this.open();
    const count = numbers.reduce((sum, one) => sum + (this.claims.all.get(one)?.count ?? 0), 0);
    const said = count === 1 ? this.words.one : this.words.many.replace("{n}", count);
    this.announce.textContent = this.words.pinned.replace("{n}", said);
    if (byKey) this.element.focus({ preventScroll: true });
    if (!keep) this.address(`#${this.claims.all.get(numbers[0]).id}`);
    if (from && getComputedStyle(this.element).position === "fixed") {
      // The sheet takes the lower part of the screen, now or after it has moved in.
      const free = innerHeight - this.element.offsetHeight;
      const { top, bottom } = from.getBoundingClientRect();
      if (bottom > free || top < 0) scrollBy({ top: (top + Math.min(bottom, top + free)) / 2 - free / 2 });
    }
  }

  /** @param {number[]} numbers */
  show(numbers) {
    const same = numbers.join() === this.shown.join();
    if (!this.claims.ready || (same && !this.element.classList.contains("listing"))) return;
    this.shown = numbers;
    this.element.classList.remove("listing");
    this.title.textContent = this.name;
    this.body.replaceChildren(...this.cards(numbers));
    this.element.scrollTop = 0;
  }

  /** @param {number[]} numbers */
  cards(numbers) {
    const cards = numbers.slice(0, MOST).map((number) => this.claims.copy(number));
    if (numbers.length > MOST) {
      const more = document.createElement("a");
      more.href = this.words.notes;
      more.textContent = `… ${this.words.many.replace("{n}", numbers.length)}`;
      cards.push(more);
    }
    return cards;
  }

  open() {
    this.element.classList.add("open");
    document.body.classList.add("has-sheet");
    this.button.hidden = false;
  }

  close() {
    const inside = this.element.contains(document.activeElement);
    const from = this.from;
    this.pinned = false;
    this.from = null;
    this.marks.light("lit", []);
    this.marks.light("pinned", []);
    this.rest();
    this.element.classList.remove("open");
    document.body.classList.remove("has-sheet");
    this.button.hidden = true;
    this.announce.textContent = "";
    if (inside) from?.focus({ preventScroll: true });
    if (location.hash.startsWith("#claim-")) this.address("");
  }

  /** @param {string} hash */
  address(hash) {
    history.replaceState(null, "", location.pathname + location.search + hash);
  }
}
