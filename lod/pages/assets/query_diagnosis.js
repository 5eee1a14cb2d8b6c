/**
 * Where and why a query is malformed. The engine counts the words that it tried, so that its place
 * may be some words too far: so the query is cut after ever more tokens, and the token with which
 * the beginning is no beginning of a query any more is the one at fault. `lod query` does the same.
 */
import { position, tokenize } from "./query_text.js";

// Longer than any word of the grammar: a word that is tried before the end cannot reach it.
const PADDING = " ".repeat(24);
const MESSAGE = /^error at (\d+):(\d+): expected (?:one of )?([^]*)$/;
const PART = /\s*(?:"((?:[^"\\]|\\.)*)"|\[('[^\]]*|_)\]|([^,"]+))(?:, |$)/g;
const SENTENCE = /^[A-Z]\w* [A-Za-z*]/;
/** @type {[string, string[]][]} what may stand at a place, by the signs with which it may begin */
const NAMES = [
  ["variable", ["?", "$"]],
  ["iri", ["<", ":"]],
  ["text", ["'", '"', "'''", '"""', '\\"', '\\"\\"\\"']],
  ["blank", ["_:", "["]],
  ["operator", ["=", "!=", ">", "<=", ">=", "&&", "||", "*", "/"]],
];
const BRACKETS = ["(", ")", "{", "}", "]", ".", ";", ","];
const WORDS =
  "AS ASC ASK BASE BIND BY CONSTRUCT DESC DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP HAVING IN LIMIT MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT UNDEF UNION VALUES WHERE".split(
    " ",
  );
const MOST_WORDS = 6;

/** @typedef {{ sentence: string, line: number, column: number, found: string, expected: string[], signs: string[] }} Diagnosis */

/**
 * @param {string} prologue what stands before the query, on its first line
 * @param {string} query
 * @param {string} message what the engine says of it
 * @param {(text: string) => string | null} probe the engine's message about another text, or null
 * @returns {Diagnosis | null} null where the message is of another kind
 */
export function diagnose(prologue, query, message, probe) {
  if (!MESSAGE.test(message)) return null;
  const tokens = tokenize(query);
  const beginning = (count) => (count ? `${prologue}${query.slice(0, tokens[count - 1].end)}\n${PADDING}` : PADDING);
  let low = 0;
  let high = tokens.length;
  if (isBeginning(beginning(high), probe)) low = high;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isBeginning(beginning(middle), probe)) low = middle;
    else high = middle;
  }
  const token = tokens[low];
  const start = beginning(low);
  const messages = [message, probe(start), probe(start.trimEnd())];
  const sentence = messages.flatMap((one) => parts(one).rest).find((one) => SENTENCE.test(one)) ?? "";
  const place = position(query, token ? token.start : query.trimEnd().length);
  return { sentence, ...place, found: token?.text ?? "", ...expected(start, probe) };
}

/** What the engine expects: signs, and the rest. */
function parts(message) {
  const signs = new Set();
  const rest = [];
  for (const [, sign, characters, other] of (MESSAGE.exec(message ?? "")?.[3] ?? "").matchAll(PART)) {
    if (sign) signs.add(sign);
    else rest.push(characters ?? other?.trim() ?? "");
  }
  return { signs, rest };
}

/** Whether a text can go on to be a query: the parser came to its end. */
function isBeginning(text, probe) {
  const message = probe(text);
  if (message === null) return true;
  const match = MESSAGE.exec(message);
  return match !== null && Number(match[1]) > text.split("\n").length - 1 && Number(match[2]) > PADDING.length;
}

/** What may follow the beginning of a query: names of kinds, and signs and words as they are. */
function expected(beginning, probe) {
  const { signs, rest } = parts(probe(beginning));
  const kinds = NAMES.filter(([, begins]) => begins.some((sign) => signs.has(sign))).map(([name]) => name);
  if (rest.some((one) => one.includes("'0'") && one.includes("'9'"))) {
    kinds.push("number");
    if (!signs.has(";") && !signs.has("}")) signs.delete("."); // it begins the number
  }
  for (const [, begins] of NAMES) for (const sign of begins) signs.delete(sign);
  const words = WORDS.filter((word) => isBeginning(`${beginning.trimEnd()} ${word}\n${PADDING}`, probe));
  const many = words.length > MOST_WORDS;
  if (many) kinds.push("keyword");
  if (probe(beginning) === null) kinds.push("end");
  return { expected: kinds, signs: [...BRACKETS.filter((sign) => signs.has(sign)), ...(many ? [] : words)] };
}
