/**
 * Reads the index of the search, as `lod/site/search/index.py` writes it: whole where it is small,
 * else the few shards and blocks that a question needs.
 */
import { tokens } from "./search_words.js";

/** The most shards that one word of a question fetches. */
const MOST_SHARDS = 8;
/** How many of a kind are looked at closely before they are shown. */
const RANKED = 30;
/** Digits of numbers in postings, and characters of a posting. */
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const DIGITS = Object.fromEntries([...LETTERS].map((letter, digit) => [letter, digit]));
const POSTING = 7;
/** A thing of a large site: four bits that are lower the more it is mentioned, then a hash of so many. */
const HASH = 2 ** 36;

/** @typedef {[string, string, string, string, string, number]} Row path, title, text, language, publication, count */
/** @typedef {{ number: number, kind: string, path: string, title: string, text: string, language: string, publication: string, count: number }} Entry */
/** @typedef {{ ids: Map<number, number>, cut: boolean, total: number, words: number }} Found numbers of entries of one kind with their ranks, lower is better */
/** @typedef {{ kind: string, total: number, more: boolean, take: (most: number) => Promise<Entry[]> }} Results */

/**
 * The tokens that a question asks for.
 * @param {string} query
 */
export function questionTokens(query) {
  const all = tokens(query);
  // The last character of an unspaced run is the end of the pair before it.
  const needed = all.filter(
    (token, at) => !([...token].length === 1 && [...(all[at - 1] ?? "")].length === 2 && /[^\x00-\u0dff]/.test(token) && all[at - 1].endsWith(token)),
  );
  return [...new Set(needed)].slice(0, 12);
}

export class SearchIndex {
  /** @param {URL} root the root of the site */
  constructor(root) {
    this.root = root;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
  }

  /** @param {string} path */
  read(path) {
    let file = this.files.get(path);
    if (!file) {
      file = fetch(new URL(path, this.root)).then((answer) => {
        if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
        return answer.json();
      });
      file.catch(() => this.files.delete(path)); // it may come the next time
      this.files.set(path, file);
    }
    return file;
  }

  async open() {
    if (this.manifest) return;
    this.manifest = await this.read("data/search.json");
    if (this.manifest.words) {
      this.sorted = Object.keys(this.manifest.words).sort();
    }
    this.firsts = this.manifest.shards?.map(([word]) => word);
    /** @type {{kind: string, groups?: [number, number][]}[]} */
    this.kinds = this.manifest.kinds.map(([kind, , groups]) => ({ kind, groups }));
  }

  /**
   * Everything that holds all words of a question, or words that begin so.
   * @param {string} query
   * @returns {Promise<Results[]>} what was found of each kind; kinds without any are left out
   */
  async find(query) {
    await this.open();
    const asked = questionTokens(query);
    if (!asked.length) return [];
    const found = await Promise.all(asked.map((token) => this.postings(token)));
    return this.kinds
      .map(({ kind }, number) => this.together(kind, found.map((one) => one[number]), asked, query))
      .filter((results) => results !== null);
  }

  /**
   * The entries that hold words with a beginning, by kind.
   * @param {string} beginning
   * @returns {Promise<Found[]>}
   */
  async postings(beginning) {
    const { rows, cut } = await this.rows(beginning);
    /** @type {Found[]} */
    const found = this.kinds.map(() => ({ ids: new Map(), cut, total: 0, words: cut ? 2 : 0 }));
    for (const [word, kinds] of rows) {
      const partly = word === beginning ? 0 : 1;
      for (const [kind, total, ...rest] of kinds) {
        const one = found[kind];
        const postings = typeof rest[0] === "string" ? postingsIn(rest[0]) : rest.map((posting) => [Math.floor(posting / 4), posting % 4]);
        one.words += 1;
        for (const [number, place] of postings) {
          const rank = place * 2 + partly;
          const known = one.ids.get(number);
          if (known === undefined || rank < known) one.ids.set(number, rank);
        }
        if (total > postings.length) one.cut = true;
        one.total = Math.max(one.total, total);
      }
    }
    for (const one of found) one.total = Math.max(one.total, one.ids.size);
    return found;
  }

  /**
   * The words with a beginning, and their postings.
   * @param {string} beginning
   * @returns {Promise<{rows: [string, any[][]][], cut: boolean}>}
   */
  async rows(beginning) {
    const { words, shards, wide } = this.manifest;
    const firsts = this.firsts;
    if (words) {
      const rows = [];
      for (let at = after(this.sorted, beginning, false); at < this.sorted.length && this.sorted[at].startsWith(beginning); at++) {
        rows.push([this.sorted[at], words[this.sorted[at]]]);
      }
      return { rows, cut: false };
    }
    const from = Math.max(0, after(firsts, beginning, true) - 1);
    /** @param {number} at */
    const shard = (at) => this.read(`data/search/${shards[at][1]}`);
    if (Object.hasOwn(wide, beginning)) {
      const [own, all] = await Promise.all([shard(from), this.read(`data/search/${wide[beginning]}`)]);
      const whole = Object.hasOwn(own, beginning) ? [[beginning, own[beginning]]] : [];
      return { rows: [...whole, [`${beginning}…`, all[beginning]]], cut: true };
    }
    let to = from + 1;
    while (to < firsts.length && firsts[to].startsWith(beginning)) to++;
    const read = [];
    for (let at = from; at < Math.min(to, from + MOST_SHARDS); at++) read.push(shard(at));
    const rows = (await Promise.all(read)).flatMap((shard) => Object.entries(shard).filter(([word]) => word.startsWith(beginning)));
    return { rows, cut: to - from > MOST_SHARDS };
  }

  /**
   * What holds all words, of one kind.
   * @param {string} kind
   * @param {Found[]} found for each word
   * @param {string[]} asked the words
   * @param {string} query
   * @returns {Results | null}
   */
  together(kind, found, asked, query) {
    const size = (one) => (one.cut ? 1e9 : 0) + one.ids.size;
    const [first, ...others] = [...found].sort((a, b) => size(a) - size(b));
    /** @type {[number, number, boolean][]} */
    const candidates = [];
    for (const [number, rank] of first.ids) {
      let sum = rank;
      let sure = true;
      let fits = true;
      for (const other of others) {
        const more = other.ids.get(number);
        if (more !== undefined) sum += more;
        else if (other.cut) {
          sum += 7; // a common word: whether it is there, the entry itself tells
          sure = false;
        } else {
          fits = false;
          break;
        }
      }
      if (fits) candidates.push([number, sum, sure]);
    }
    if (!candidates.length) return null;
    candidates.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    const exact = found.length === 1;
    // Of one word alone the total is known, even where not all postings are kept.
    const more = first.cut && !(exact && first.words === 1);
    const unsure = candidates.filter((one) => !one[2]).length;
    /** @type {Results} */
    const results = { kind, total: exact ? first.total : candidates.length - unsure, more: more || unsure > 0, take: async () => [] };
    let ranked = /** @type {Entry[] | null} */ (null);
    let next = 0;
    results.take = async (most) => {
      ranked ??= [];
      while (ranked.length < most && next < candidates.length) {
        const batch = candidates.slice(next, next + RANKED);
        next += RANKED;
        const entries = await Promise.all(batch.map(([number]) => this.entries(kind, number)));
        const fitting = entries.flatMap((some, at) => some.filter((entry) => batch[at][2] || holds(entry, asked)));
        const score = new Map(batch.map(([number, sum]) => [number, sum]));
        const whole = tokens(query).join(" ");
        fitting.sort((a, b) => (score.get(a.number) ?? 0) - closeness(a, whole) - (score.get(b.number) ?? 0) + closeness(b, whole) || a.title.length - b.title.length || b.count - a.count || (a.path < b.path ? -1 : 1));
        ranked.push(...fitting);
      }
      if (next >= candidates.length && unsure) {
        results.total = ranked.length;
        results.more = more;
      }
      return ranked.slice(0, most);
    };
    return results;
  }

  /**
   * The entries of a number: one, and hardly ever two in a large site.
   * @param {string} kind
   * @param {number} number
   * @returns {Promise<Entry[]>}
   */
  async entries(kind, number) {
    const { entries } = this.manifest;
    const rows = /** @type {Row[]} */ (entries ? [entries[number]] : await this.rowsOf(kind, number));
    return rows.map(([path, title, text, language, publication, count]) => ({ number, kind, path, title, text, language, publication, count }));
  }

  /**
   * The rows of a thing of a large site. The files of a kind are in groups: `[lowest, bits]`, how often its things are
   * mentioned at least, and how many bits of the hash say in which file they are.
   * @param {string} kind
   * @param {number} number
   * @returns {Promise<Row[]>}
   */
  async rowsOf(kind, number) {
    const at = this.kinds.findIndex((one) => one.kind === kind);
    const mentioned = 15 - Math.floor(number / HASH);
    const [lowest, bits] = this.kinds[at].groups.find((group) => group[0] <= mentioned);
    const part = HASH / 2 ** bits;
    const file = await this.read(`data/search/entries-${at}-${lowest}-${Math.floor((number % HASH) / part).toString(16)}.json`);
    return file[(bits ? number % part : number).toString(16)];
  }
}

/**
 * Postings that are text: six characters of the hash, and one of the place and of how often the thing is mentioned.
 * @param {string} text
 * @returns {[number, number][]} number and place of each
 */
function postingsIn(text) {
  /** @type {[number, number][]} */
  const postings = [];
  for (let at = 0; at < text.length; at += POSTING) {
    let hash = 0;
    for (let digit = 0; digit < POSTING - 1; digit++) hash = hash * 64 + DIGITS[text[at + digit]];
    const last = DIGITS[text[at + POSTING - 1]];
    postings.push([(last & 15) * HASH + hash, last >> 4]);
  }
  return postings;
}

/** What an entry gains when its title is what was asked for, or begins so: less than a whole word. */
function closeness(entry, whole) {
  const title = tokens(entry.title).join(" ");
  if (title === whole) return 20;
  return title.startsWith(whole) ? 0.5 : 0;
}

/** Whether an entry shows all words, or words that begin so. */
function holds(entry, asked) {
  const there = tokens(`${entry.title} ${entry.text}`);
  return asked.every((token) => there.some((word) => word.startsWith(token)));
}

/**
 * The first place in a sorted list that is not before a word, or that is after it.
 * @param {string[]} sorted
 * @param {string} word
 * @param {boolean} beyond
 */
function after(sorted, word, beyond) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < word || (beyond && sorted[middle] === word)) low = middle + 1;
    else high = middle;
  }
  return low;
}
