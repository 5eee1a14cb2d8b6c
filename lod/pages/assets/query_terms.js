/** Terms of results as people read them: IRIs short, and linked where a page may link to them. */

const SAFE = /^https?:\/\/[^\x00-\x20\x7f-\x9f<>"\\`{}|^]+$/i;
// What is only a part of a claim stands in the page of its claim.
const PART = /^(claim\/[^/]+)\/(anchor\/\d+|(?:value|share|change|comparedWith|period|with)\b)(.*)$/;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const INTEGERS =
  "integer long int short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte";
const NUMBERS = new Set([...INTEGERS.split(" "), "decimal", "double", "float"].map((name) => XSD + name));

/** @typedef {import("./query_worker.js").Term} Term */

/** @param {Term | null} term */
export function isNumber(term) {
  return term?.datatype !== undefined && NUMBERS.has(term.datatype) && Number.isFinite(Number(term.value));
}

export class Names {
  /** @param {string} base @param {Record<string, string>} prefixes @param {[string, string, string, string][]} terms */
  constructor(base, prefixes, terms) {
    this.base = base;
    /** Short name of each term that has a page in the site, to the address of that. */
    this.terms = new Map(terms.filter(([, , , page]) => page).map(([name, , , page]) => [name, page]));
    // The longest namespace that fits wins.
    this.namespaces = Object.entries(prefixes).sort(([, a], [, b]) => b.length - a.length);
  }

  /** @param {string} iri */
  short(iri) {
    for (const [prefix, namespace] of this.namespaces) {
      if (iri.length > namespace.length && iri.startsWith(namespace) && !/[/#]/.test(iri.slice(namespace.length))) {
        return `${prefix}:${iri.slice(namespace.length)}`;
      }
    }
    return iri.startsWith(this.base) && iri !== this.base ? iri.slice(this.base.length) : iri;
  }

  /**
   * The address of the page about an IRI in this site; null for what is elsewhere.
   * @param {string} iri
   */
  page(iri) {
    const term = this.terms.get(this.short(iri));
    if (term) return term;
    if (!iri.startsWith(this.base) || iri === this.base) return null;
    const local = iri.slice(this.base.length);
    if (/[?#]/.test(local)) return null;
    const part = PART.exec(local);
    const path = part ? `${part[1]}.html#${part[2].replaceAll("/", "-")}` : `${local}.html`;
    return `./${encodeURI(path).replace(/%25/g, "%")}`;
  }

  /**
   * What a cell shows.
   * @param {Term | null} term
   * @returns {Node}
   */
  cell(term) {
    const nodes = document.createDocumentFragment();
    if (!term) return nodes;
    if (term.type === "uri") {
      const text = document.createElement("bdi");
      text.textContent = this.short(term.value);
      text.className = "query-iri";
      const page = this.page(term.value);
      if (page || SAFE.test(term.value)) {
        const link = document.createElement("a");
        link.href = page ?? term.value;
        link.title = term.value;
        if (!page) {
          link.rel = "noopener noreferrer";
          link.target = "_blank";
          link.className = "query-outside";
        }
        link.append(text);
        nodes.append(link);
      } else nodes.append(text);
      return nodes;
    }
    const text = document.createElement("bdi");
    text.textContent = term.type === "bnode" ? `_:${term.value}` : term.value;
    const language = term["xml:lang"];
    if (language) text.lang = language;
    nodes.append(text);
    const note = language ?? (term.datatype && term.datatype !== `${XSD}string` && !isNumber(term) ? this.short(term.datatype) : "");
    if (note) {
      const small = document.createElement("small");
      small.className = "query-note";
      small.textContent = language ? `@${note}` : note;
      nodes.append(" ", small);
    }
    return nodes;
  }
}
