/** The search page: asks the index while one types, and shows what it found. */
import { SearchIndex, questionTokens } from "./search_index.js";
import { marked } from "./search_marks.js";

const FEW = 5;
const PAGE = 20;
const root = new URL("..", import.meta.url);
const index = new SearchIndex(root);

/** @type {(id: string) => any} */
const byId = (id) => document.getElementById(id);
const form = /** @type {HTMLFormElement} */ (byId("search-form"));
const field = /** @type {HTMLInputElement} */ (byId("search-field"));
const kinds = /** @type {HTMLFieldSetElement} */ (byId("search-kinds"));
const status = byId("search-status");
const results = byId("search-results");
const names = byId("search-names");
/** @type {Record<string, string>} */
const words = JSON.parse(byId("search-words").textContent);
const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);

let asking = 0;
let timer = 0;
/** The question whose answer is shown, or on its way. */
let answered = "";
/** How many of the chosen kind are shown. */
let most = PAGE;

/** Words of the interface with values filled in. */
function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

function chosenKind() {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem("kind")).value;
}

/** @param {string} kind */
function choose(kind) {
  for (const radio of kinds.querySelectorAll("input")) radio.checked = radio.value === kind;
  if (!chosenKind()) /** @type {HTMLInputElement} */ (kinds.querySelector("input")).checked = true;
}

/** @returns {string} how many, in words */
function counted(total, more) {
  if (more) return say("found_more", { count: numbers.format(total) });
  return total === 1 ? words.found_one : say("found", { count: numbers.format(total) });
}

async function ask() {
  const query = field.value.trim();
  const question = JSON.stringify([query, chosenKind(), most]);
  if (question === answered) return; // what is shown keeps the focus
  const turn = ++asking;
  answered = question;
  remember(query);
  if (!questionTokens(query).length) {
    show([], [], query);
    return;
  }
  const waiting = setTimeout(() => turn === asking && (status.textContent = words.waiting), 400);
  try {
    const found = await index.find(query);
    const kind = chosenKind();
    const shown = kind ? found.filter((one) => one.kind === kind) : found;
    const entries = await Promise.all(shown.map((one) => one.take(kind ? most : FEW)));
    if (turn !== asking) return;
    show(found, shown.map((one, at) => ({ results: one, entries: entries[at] })), query);
  } catch (error) {
    if (turn !== asking) return;
    answered = "";
    results.replaceChildren();
    results.hidden = true;
    names.hidden = false;
    status.textContent = words.failed;
    console.warn(error);
  } finally {
    clearTimeout(waiting);
  }
}

/** The question in the address, so that it can be sent and comes back with the page. */
function remember(query) {
  const address = new URL(location.href);
  address.search = "";
  if (query) address.searchParams.set("q", query);
  if (query && chosenKind()) address.searchParams.set("kind", chosenKind());
  history.replaceState(null, "", address);
}

function show(found, groups, query) {
  const asked = questionTokens(query);
  const nothing = !asked.length;
  results.hidden = nothing;
  names.hidden = !nothing;
  kinds.hidden = nothing;
  for (const count of kinds.querySelectorAll("[data-count]")) {
    const of = found.filter((one) => !count.dataset.count || one.kind === count.dataset.count);
    const total = of.reduce((sum, one) => sum + one.total, 0);
    count.textContent = nothing ? "" : numbers.format(total) + (of.some((one) => one.more) ? "+" : "");
    count.closest("label").classList.toggle("search-empty", !total);
  }
  const total = groups.reduce((sum, one) => sum + one.results.total, 0);
  if (nothing) status.textContent = "";
  else if (!groups.some((one) => one.entries.length)) status.textContent = `${say("none", { query })} ${words.none_hint}`;
  else status.textContent = counted(total, groups.some((one) => one.results.more));
  const parts = groups.filter((one) => one.entries.length).map((group) => section(group, asked));
  keepFocus(() => results.replaceChildren(...parts));
}

/**
 * Who is in the results stays there when a later answer takes their place: on the same result, else on the one that
 * stands there now, else in the field.
 * @param {() => void} replace
 */
function keepFocus(replace) {
  const before = links();
  const at = before.findIndex((link) => link === document.activeElement);
  replace();
  if (at < 0) return;
  const after = links();
  (after.find((link) => link.href === before[at].href) ?? after[at] ?? field).focus();
}

/** One kind of results. */
function section({ results: of, entries }, asked) {
  const part = make("section", "search-group");
  const heading = make("h2");
  heading.append(words[`kind_${of.kind}`], " ", make("span", "search-count", numbers.format(of.total) + (of.more ? "+" : "")));
  const list = make("ol", "search-list");
  list.append(...entries.map((entry) => item(entry, asked)));
  part.append(heading, list);
  if (of.more || of.total > entries.length) {
    const chosen = chosenKind();
    const button = make("button", "search-more", chosen ? words.more : say("more_of", { kind: words[`kind_${of.kind}`] }));
    button.type = "button";
    button.addEventListener("click", async () => {
      if (chosen) most += PAGE;
      else choose(of.kind);
      const before = chosen ? entries.length : 0;
      await ask();
      links()[before]?.focus();
    });
    if (!chosen || entries.length >= most) part.append(button);
  }
  return part;
}

function item(entry, asked) {
  const row = make("li", `search-result search-${entry.kind}`);
  const link = make("a");
  link.href = new URL(address(entry.path), root).href;
  const title = make("bdi");
  if (entry.language) title.lang = entry.language;
  title.append(marked(entry.title, asked));
  link.append(title);
  row.append(link);
  if (entry.text) {
    const text = make(entry.kind === "claim" ? "q" : "span", "search-text");
    text.dir = "auto";
    text.append(marked(entry.text, asked));
    row.append(text);
  }
  const about = entry.kind === "item" && entry.count > 1 ? say("publications", { count: numbers.format(entry.count) }) : entry.publication;
  if (about && (index.manifest.kinds[0][1] > 1 || entry.count > 1)) {
    const from = make("span", "search-from");
    from.append(make("bdi", "", about));
    row.append(from);
  }
  return row;
}

/** A path as an address: what would begin a query or a fragment is escaped. */
function address(path) {
  return encodeURI(path).replace(/%25/g, "%").replace(/[?#]/g, encodeURIComponent);
}

/** @returns {any} */
function make(name, kind = "", text = "") {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}

/** @returns {HTMLAnchorElement[]} */
function links() {
  return [...results.querySelectorAll(".search-result a")];
}

/** Arrows go from the field to the results and through them; Escape goes back. */
function keys(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const inField = event.target === field;
  const all = links();
  const at = all.indexOf(/** @type {HTMLAnchorElement} */ (event.target));
  if (event.key === "/" && !/^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) field.focus();
  else if (event.key === "ArrowDown" && (inField || at >= 0) && all[at + 1]) all[at + 1].focus();
  else if (event.key === "ArrowUp" && at >= 0) (all[at - 1] ?? field).focus();
  else if (event.key === "Escape" && at >= 0) field.focus();
  else return;
  event.preventDefault();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  ask();
});
field.addEventListener("input", () => {
  most = PAGE;
  clearTimeout(timer);
  timer = setTimeout(ask, 120);
});
kinds.addEventListener("change", () => {
  most = PAGE;
  ask();
});
document.addEventListener("keydown", keys);

const given = new URLSearchParams(location.search);
field.value = given.get("q") ?? "";
choose(given.get("kind") ?? "");
if (field.value) ask();
