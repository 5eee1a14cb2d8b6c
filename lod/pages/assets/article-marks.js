// Everything in the page that belongs to claims: quotes, and parts of figures.

/** The numbers of the claims of an element, the most exact one first.
 * @param {HTMLElement | SVGElement} element @returns {number[]} */
export const numbersOf = (element) => element.dataset.c.split(" ").map(Number);

export class Marks {
  /** @param {HTMLElement} reading that holds the text and the figures */
  constructor(reading) {
    this.reading = reading;
    /** @type {Map<number, Element[]>} */
    this.byNumber = new Map();
    this.all = [...reading.querySelectorAll("[data-c]")];
    for (const element of this.all) {
      for (const number of numbersOf(element)) {
        if (!this.byNumber.has(number)) this.byNumber.set(number, []);
        this.byNumber.get(number).push(element);
      }
    }
  }

  /** The first words of a claim. @param {number} number */
  first(number) {
    const own = this.byNumber.get(number) ?? [];
    return own.find((one) => one.matches("a.q")) ?? own[0];
  }

  /** Give a class to all elements of some claims, and to no other.
   * @param {string} name of the class @param {number[]} numbers */
  light(name, numbers) {
    for (const old of this.reading.querySelectorAll(`.${name}`)) old.classList.remove(name);
    for (const number of numbers) {
      for (const element of this.byNumber.get(number) ?? []) element.classList.add(name);
    }
  }

  /** Fade what none of some claims has. @param {Set<number> | null} shown all where null */
  fade(shown) {
    for (const element of this.all) {
      const off = shown !== null && !numbersOf(element).some((number) => shown.has(number));
      element.classList.toggle("off", off);
    }
  }

  /** Say of each quote how many claims it carries. @param {DOMStringMap} words */
  describe(words) {
    const notes = document.createElement("div");
    notes.hidden = true;
    const known = new Set();
    for (const quote of this.reading.querySelectorAll("a.q")) {
      const count = numbersOf(quote).length;
      quote.setAttribute("aria-describedby", `carries-${count}`);
      if (known.has(count)) continue;
      known.add(count);
      const note = document.createElement("span");
      note.id = `carries-${count}`;
      note.textContent = count === 1 ? words.one : words.many.replace("{n}", count);
      notes.append(note);
    }
    document.body.append(notes);
  }

  /** Thin lines are hard to hit, so each gets a wide one that is not seen. */
  widenEdges() {
    for (const path of this.reading.querySelectorAll(".edge path")) {
      const wide = path.cloneNode();
      wide.setAttribute("class", "hit");
      path.before(wide);
    }
  }
}
