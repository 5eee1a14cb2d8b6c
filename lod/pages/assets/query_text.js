/** Reads the text of a query as far as the page must: its form, its prefixes, what is refused. */

// An IRI, a string, a comment, a variable, a language tag, a prefixed name, a word.
const TOKENS =
  /<[^<>"{}|^`\\\x00-\x20]*>|"""[^]*?(?<!\\)"""|'''[^]*?(?<!\\)'''|"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*'|#[^\n\r]*|[?$][\p{L}\p{N}_]+|@[A-Za-z][\w-]*|(?<name>(?:\p{L}[\p{L}\p{N}_.-]*)?:[^\s<>"'{}()[\];,|^?$@/*+=!&#]*)|(?<word>\p{L}[\p{L}\p{N}_]*)/gu;
const SIGNS = /\S/gu;
const FORMS = new Set(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]);
const UPDATES = new Set(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH"]);

/**
 * The tokens of a query without its comments: starts and ends in UTF-16 units.
 * @param {string} text
 * @returns {{ start: number, end: number, text: string }[]}
 */
export function tokenize(text) {
  /** @type {{ start: number, end: number, text: string }[]} */
  const found = [];
  const signs = (from, to) => {
    for (const sign of text.slice(from, to).matchAll(SIGNS)) {
      found.push({ start: from + sign.index, end: from + sign.index + sign[0].length, text: sign[0] });
    }
  };
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    signs(at, match.index);
    at = match.index + match[0].length;
    if (match[0][0] !== "#") found.push({ start: match.index, end: at, text: match[0] });
  }
  signs(at, text.length);
  return found;
}

/**
 * @typedef {object} Reading
 * @property {string} form SELECT, ASK, CONSTRUCT, DESCRIBE, or "" where none comes
 * @property {string} update the word that changes data, or ""
 * @property {number} service where SERVICE stands, or -1
 * @property {string[]} missing prefixes that are used and not declared
 * @property {string[]} variables names in the order in which they first stand
 * @property {boolean} all whether it begins with SELECT *
 */

/**
 * @param {string} text
 * @returns {Reading}
 */
export function read(text) {
  const declared = new Set();
  const used = new Set();
  const variables = new Set();
  let form = "";
  let update = "";
  let service = -1;
  let afterPrefix = false;
  for (const match of text.matchAll(TOKENS)) {
    const { name, word } = match.groups ?? {};
    if (name !== undefined) {
      const prefix = name.slice(0, name.indexOf(":"));
      (afterPrefix ? declared : used).add(prefix);
    } else if (word !== undefined) {
      const upper = word.toUpperCase();
      if (!form && !update && FORMS.has(upper)) form = upper;
      else if (!form && !update && UPDATES.has(upper)) update = upper;
      if (upper === "SERVICE" && service < 0) service = match.index;
    } else if (/^[?$]/.test(match[0])) variables.add(match[0].slice(1));
    afterPrefix = word !== undefined && word.toUpperCase() === "PREFIX";
  }
  const missing = [...used].filter((prefix) => !declared.has(prefix));
  const all = /\bSELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?\*/i.test(text.replace(/#[^\n\r]*/g, ""));
  return { form, update, service, missing, variables: [...variables], all };
}

/**
 * Declarations of known prefixes that a query uses without declaring them; on one line, so that
 * the lines of the query keep their numbers.
 * @param {string[]} missing
 * @param {Record<string, string>} known
 */
export function prologue(missing, known) {
  return missing
    .filter((prefix) => Object.hasOwn(known, prefix))
    .map((prefix) => `PREFIX ${prefix}: <${known[prefix]}> `)
    .join("");
}

/**
 * Line and column of a place in a text, both counted from 1.
 * @param {string} text
 * @param {number} at in UTF-16 units
 */
export function position(text, at) {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: before[before.length - 1].length + 1 };
}
