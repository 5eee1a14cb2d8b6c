/** Reads the text of a query as far as the page must: its form, its prefixes, what is refused. */

// An IRI, a string, a comment, a variable, a language tag, a prefixed name, a word.
const TOKENS =
  /<[^<>"{}|^`\\\x00-\x20]*>|"""[^]*?(?<!\\)"""|'''[^]*?(?<!\\)'''|"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*'|#[^\n\r]*|[?$][\p{L}\p{N}_]+|@[A-Za-z][\w-]*|(?<name>(?:\p{L}[\p{L}\p{N}_.-]*)?:[^\s<>"'{}()[\];,|^?$@/*+=!&#]*)|(?<word>\p{L}[\p{L}\p{N}_]*)/gu;
const FORMS = new Set(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]);
const UPDATES = new Set(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH"]);

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
 * The place that a message of the engine names, in the query as it was written.
 * @param {string} message
 * @param {number} shift length of what was put before the first line
 * @returns {{message: string, line: number, column: number} | null} both counted from 1
 */
export function place(message, shift) {
  const match = /^error at (\d+):(\d+):\s*/.exec(message);
  if (!match) return null;
  const line = Number(match[1]);
  const column = Number(match[2]) - (line === 1 ? shift : 0);
  return { message: message.slice(match[0].length), line, column: Math.max(1, column) };
}

/**
 * What the engine expected, as people can read it: no lists of characters, and not too many.
 * @param {string} message as `place` gives it
 * @returns {string} "" where the message says something else
 */
export function expected(message) {
  const match = /^expected (?:one of )?([^]*)$/.exec(message);
  if (!match) return "";
  // Characters stand in brackets, signs in quotation marks, words as they are.
  const list = match[1].replace(/\['[^]*?'\]|\[_\]/g, "");
  const parts = [...list.matchAll(/"((?:\\.|[^"\\])+)"|([A-Za-z][\w ]*)/g)];
  const all = [...new Set(parts.map(([, sign, word]) => word ?? sign.replace(/\\(.)/g, "$1")))];
  return all.length > 12 ? `${all.slice(0, 12).join("  ")}  …` : all.join("  ");
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
