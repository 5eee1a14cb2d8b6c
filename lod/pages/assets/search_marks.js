/** Marks the words of a text that a question asked for. */
import { fold, tokens } from "./search_words.js";

const WORDS = /[\p{L}\p{N}\p{M}\u00ad\u0640\u200c\u200d]+/gu;

/**
 * The stretches of a text that match.
 * @param {string} text
 * @param {string[]} asked tokens
 * @returns {[number, number][]} starts and ends in UTF-16 units, sorted, apart from each other
 */
export function stretches(text, asked) {
  /** @type {[number, number][]} */
  const found = [];
  for (const match of text.matchAll(WORDS)) {
    const parts = tokens(match[0]);
    const whole = parts.length === 1 ? parts[0] : "";
    for (const token of asked) {
      if (whole) {
        if (whole.startsWith(token)) found.push([match.index, match.index + upTo(match[0], token)]);
      } else if (parts.some((part) => part.startsWith(token))) {
        found.push(...inside(match[0], token).map(([from, to]) => /** @type {[number, number]} */ ([match.index + from, match.index + to])));
      }
    }
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  /** @type {[number, number][]} */
  const apart = [];
  for (const [from, to] of found) {
    const last = apart.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
}

/** How much of a word a token takes up, in UTF-16 units, with the marks that follow. */
function upTo(word, token) {
  const characters = [...word];
  let length = 0;
  for (let at = 0; at < characters.length; at++) {
    length += characters[at].length;
    if (fold(word.slice(0, length)).length >= token.length) {
      while (at + 1 < characters.length && /\p{M}/u.test(characters[at + 1])) length += characters[++at].length;
      return length;
    }
  }
  return word.length;
}

/** Where a token stands in a word without spaces. */
function inside(word, token) {
  const folded = [...word].map(fold);
  const text = folded.join("");
  /** @type {[number, number][]} */
  const found = [];
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
    found.push([unfolded(word, folded, at), unfolded(word, folded, at + token.length)]);
  }
  return found;
}

/** The place in a word for a place in the word with each character folded. */
function unfolded(word, folded, place) {
  let length = 0;
  let at = 0;
  for (const character of word) {
    if (length >= place) break;
    length += folded[at].length;
    at += 1;
  }
  return [...word].slice(0, at).join("").length;
}

/**
 * A text with marks, as nodes; nothing of it is read as HTML.
 * @param {string} text
 * @param {string[]} asked
 * @returns {DocumentFragment}
 */
export function marked(text, asked) {
  const nodes = document.createDocumentFragment();
  let at = 0;
  for (const [from, to] of stretches(text, asked)) {
    nodes.append(text.slice(at, from));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to);
    nodes.append(mark);
    at = to;
  }
  nodes.append(text.slice(at));
  return nodes;
}
