/**
 * The words of a text, as the search compares them. The same steps as `lod/site/search/entries.py`,
 * which says why; a table of cases runs in both.
 */

const MAX_WORD = 40;
const MARKS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad]/g;
/** @type {Record<string, string>} */
const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ŧ: "t", ς: "σ", æ: "ae", œ: "oe", þ: "th" };
for (const start of [0x660, 0x6f0, 0x966]) {
  for (let digit = 0; digit < 10; digit++) LETTERS[String.fromCodePoint(start + digit)] = String(digit);
}
const IN_LETTERS = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
const UNSPACED =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005\\u3007\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const UNSPACED_RUN = new RegExp(`[${UNSPACED}]`, "u");
const WORDS = /[\p{L}\p{N}\p{M}]+/gu;

/**
 * The text without what does not matter to a search.
 * @param {string} text
 */
export function fold(text) {
  const lower = text.normalize("NFKD").toUpperCase().toLowerCase();
  return lower
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(IN_LETTERS, (letter) => LETTERS[letter])
    .normalize("NFC");
}

/**
 * The tokens of a text, in their order; each as often as it stands there.
 * @param {string} text
 * @returns {string[]}
 */
export function tokens(text) {
  return (fold(text).match(WORDS) ?? []).flatMap(ofWord);
}

/** @param {string} word */
function ofWord(word) {
  if (!UNSPACED_RUN.test(word)) return [cut(word)];
  return (word.match(RUNS) ?? []).flatMap((run) => {
    if (!UNSPACED_RUN.test(run)) return [cut(run)];
    const characters = [...run];
    return characters.map((character, at) => character + (characters[at + 1] ?? ""));
  });
}

/** @param {string} word */
function cut(word) {
  return word.length <= MAX_WORD ? word : [...word].slice(0, MAX_WORD).join("");
}
