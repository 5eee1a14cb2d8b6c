// The claims of the article: the cards of notes.html, fetched once.

/** @typedef {{number: number, id: string, count: number, tokens: Set<string>, card: HTMLElement}} Claim */

export class Claims {
  /** @param {string} address of notes.html, relative to the page */
  constructor(address) {
    this.address = address;
    this.ready = false;
    /** @type {Map<number, Claim>} */
    this.all = new Map();
    /** @type {Map<string, number>} */
    this.ids = new Map();
    /** @type {HTMLTemplateElement | null} */
    this.facets = null;
  }

  /** Read the cards; where they cannot be had, the links of the page still lead to them. */
  async load() {
    const text = await fetch(this.address)
      .then((answer) => (answer.ok ? answer.text() : null))
      .catch(() => null);
    if (text === null) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    this.facets = page.getElementById("facets");
    for (const card of page.querySelectorAll("article[data-c]")) {
      const number = Number(card.dataset.c);
      this.ids.set(card.id, number);
      for (const one of card.querySelectorAll("[id]")) this.ids.set(one.id, number);
      this.all.set(number, {
        number,
        id: card.id,
        count: Number(card.dataset.k),
        tokens: new Set(card.dataset.f.split(" ")),
        card,
      });
    }
    this.ready = true;
  }

  /** @param {string} id of a claim @returns {number | undefined} */
  numberOf(id) {
    return this.ids.get(id);
  }

  /** A card for the panel: ids stay with the page that it came from.
   * @param {number} number */
  copy(number) {
    const copy = document.importNode(this.all.get(number).card, true);
    for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id");
    // The page of a further version of the text lies in another folder than notes.html.
    if (this.address.includes("/")) {
      const notes = new URL(this.address, document.baseURI);
      for (const link of copy.querySelectorAll("a[href]")) {
        link.href = new URL(link.getAttribute("href"), notes).href;
      }
    }
    return copy;
  }

  /** Put the sentences where printing shows them.
   * @param {HTMLElement} place */
  print(place) {
    if (!this.ready) return;
    const list = document.createElement("ol");
    for (const { number, card } of this.all.values()) {
      const item = document.createElement("li");
      item.value = number;
      const sentences = [...card.querySelectorAll(".sentence a")].map((one) => one.textContent);
      item.textContent = sentences.join(" ");
      item.dir = "auto";
      list.append(item);
    }
    place.append(list);
  }
}
