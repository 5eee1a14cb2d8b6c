/** The query page: the editor, the ready-made questions, and the engine that answers. */
import { makeEditor } from "./query_editor.js";
import { Engine, LoadError, Malformed, OutOfMemory, Stopped } from "./query_engine.js";
import { showResults } from "./query_results.js";
import { Names } from "./query_terms.js";
import { position, prologue, read } from "./query_text.js";

/** @type {(id: string) => any} */
const byId = (id) => document.getElementById(id);
const setup = JSON.parse(byId("query-setup").textContent);
const form = byId("query-form");
const status = byId("query-status");
const failure = byId("query-error");
const results = byId("query-results");
const checked = byId("query-check");
const run = byId("query-run");
const stop = byId("query-stop");
const language = document.documentElement.lang || undefined;
const numbers = new Intl.NumberFormat(language);
const names = new Names(setup.base, setup.prefixes, setup.terms);
const absolute = (asset) => ({ ...asset, address: new URL(asset.address, location.href).href });
const engine = new Engine(
  { engine: absolute(setup.engine), wasm: absolute(setup.wasm), data: new URL(setup.data, location.href).href },
  (stage) => (status.textContent = say(stage === "engine" ? "loading_engine" : "loading_data")),
);
/** @type {Map<HTMLButtonElement, string>} the ready-made questions */
const named = new Map();
let turn = 0;

/** Words of the interface with values filled in. */
function say(name, values = {}) {
  return setup.words[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

/** @param {number} milliseconds */
function duration(milliseconds) {
  const unit = milliseconds < 1000 ? "millisecond" : "second";
  const value = unit === "second" ? milliseconds / 1000 : milliseconds;
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

const editor = startEditor();

function startEditor() {
  form.hidden = false;
  return makeEditor(
    byId("query-editor"),
    { prefixes: setup.prefixes, terms: setup.terms, label: byId("query-label").textContent, hint: "query-hint" },
    {
      run: () => form.requestSubmit(),
      changed: () => warm(),
      expected: (line, what) => {
        checked.hidden = !line;
        checked.textContent = line ? say("expected", { line, what: what.slice(0, 8).join(" ") + (what.length > 8 ? " …" : "") }) : "";
      },
    },
  );
}

/** Load engine and data before they are asked for, once somebody begins to work here. */
function warm() {
  if (!engine.opened) engine.open().then(ready, () => undefined);
}

function ready({ size }) {
  if (run.disabled) return;
  status.textContent = say("ready", { count: numbers.format(size) });
}

async function ask() {
  const query = editor.get();
  if (!query.trim()) return;
  engineMustRest();
  const mine = ++turn;
  remember(query);
  tellNamed(query);
  const reading = read(query);
  failure.hidden = true;
  failure.replaceChildren();
  editor.clear();
  const refused = refusal(query, reading);
  if (refused) {
    show(refused);
    return;
  }
  busy(true);
  let late = false;
  let timer = 0;
  try {
    await engine.open();
    if (mine !== turn) return;
    status.textContent = say("running");
    timer = setTimeout(() => {
      late = true;
      engine.stop();
    }, setup.seconds * 1000);
    const result = await engine.ask({
      prologue: prologue(reading.missing, setup.prefixes),
      query,
      base: setup.base,
      form: reading.form,
      variables: reading.all ? reading.variables : null,
      rows: setup.rows,
    });
    if (mine !== turn) return;
    showResults(results, result, { names, say, count: (number) => numbers.format(number), download: (format) => engine.download(format) });
    status.textContent = summary(result);
    // The answer must not stand where nobody sees it.
    if (results.getBoundingClientRect().top > innerHeight * 0.7) byId("query-buttons").scrollIntoView({ block: "start" });
  } catch (error) {
    if (mine === turn) failed(error, late);
  } finally {
    clearTimeout(timer);
    if (mine === turn) busy(false);
  }
}

/** A query that runs must make room for the next one. */
function engineMustRest() {
  if (!stop.disabled) engine.stop();
}

function summary(result) {
  const time = duration(result.milliseconds);
  if (result.form === "ASK") return say("answer", { time });
  const kind = result.form === "SELECT" ? "rows" : "triples";
  return say(result.total === 1 ? `${kind}_one` : kind, { count: numbers.format(result.total), time });
}

/** What is never run here, or could not be. */
function refusal(query, reading) {
  if (reading.service >= 0) return { message: say("error_service"), ...position(query, reading.service) };
  if (reading.update) return { message: say("error_update", { word: reading.update }) };
  if (!reading.form) return { message: say("error_form") };
  return null;
}

function failed(error, late) {
  results.hidden = true;
  if (error instanceof Stopped) {
    status.textContent = say("stopped");
    if (late) show({ message: say("too_long", { seconds: setup.seconds }) });
  } else if (error instanceof OutOfMemory) show({ message: say("out_of_memory") });
  else if (error instanceof LoadError) {
    const why = location.protocol === "file:" ? say("from_file") : error.stage === "engine" && setup.engine.integrity ? say("refused") : "";
    show({ message: `${say(error.stage === "data" ? "data_failed" : "engine_failed")} ${why}`, detail: error.message });
  } else if (error instanceof Malformed) show({ ...error.diagnosis, message: malformed(error.diagnosis) });
  else show({ message: error.message });
}

/** What is wrong with the text of a query, in words. */
function malformed({ sentence, found, expected, signs }) {
  if (/^prefix not found/i.test(sentence)) return say("unknown_prefix", { found, prefix: found.split(":")[0] });
  if (sentence) return sentence.endsWith(".") ? sentence : `${sentence}.`;
  const words = signs.filter((one) => /^\w/.test(one));
  const others = signs.filter((one) => !words.includes(one)).join(" ");
  const what = [...expected.map((name) => say(`expected_${name}`)), ...words, ...(others ? [others] : [])];
  const list = new Intl.ListFormat(language, { type: "disjunction" }).format(what);
  const there = found ? say("found", { found }) : say("found_end");
  return what.length ? `${there} ${say("expected_here", { what: list })}` : there;
}

/** An error under the editor, with its place. */
function show({ message, line = 0, column = 0, detail = "" }) {
  status.textContent = "";
  results.hidden = true;
  const title = document.createElement("strong");
  title.textContent = line ? `${say("error")}. ${say("error_at", { line, column })}: ` : `${say("error")}: `;
  const text = document.createElement("span");
  text.textContent = message;
  failure.replaceChildren(title, text);
  if (detail) {
    const small = document.createElement("p");
    small.className = "note";
    small.textContent = detail;
    failure.append(small);
  }
  if (line) {
    editor.mark(line, column);
    const go = document.createElement("button");
    go.type = "button";
    go.textContent = say("go_to");
    go.addEventListener("click", () => editor.go(line, column));
    failure.append(" ", go);
  }
  failure.hidden = false;
}

/** @param {boolean} is */
function busy(is) {
  run.disabled = is;
  stop.disabled = !is;
  form.setAttribute("aria-busy", String(is));
}

/** The query in the address, so that it can be sent and comes back with the page. */
function remember(query) {
  const address = new URL(location.href);
  address.search = "";
  address.hash = "";
  address.searchParams.set("query", query);
  history.replaceState(null, "", address);
}

/** Tells which of the ready-made questions was asked, if it was one of them. */
function tellNamed(query) {
  for (const [button, text] of named) {
    if (text === query.trim()) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/** Makes buttons of the ready-made questions. */
function offerNamed() {
  const all = [...document.querySelectorAll(".query-one")];
  for (const one of all) {
    const text = one.querySelector("code").textContent;
    const heading = one.querySelector("h3");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "query-pick";
    button.textContent = heading.textContent;
    named.set(button, text.trim());
    button.addEventListener("click", () => {
      editor.set(text);
      ask();
      form.scrollIntoView({ block: "nearest" });
    });
    heading.replaceChildren(button);
    one.querySelector("details").remove();
  }
  return all.length ? document.querySelector(".query-pick") : null;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
form.addEventListener("focusin", warm, { once: true });
stop.addEventListener("click", () => {
  engine.stop();
  run.focus();
});
// Where the editor did not come, typing still works.
if (!(/** @type {any} */ (globalThis).Yasqe)) {
  status.textContent = setup.engine.integrity ? `${say("plain_editor")} ${say("refused")}` : say("plain_editor");
}
offerNamed();
const given = new URLSearchParams(location.search).get("query");
editor.set(given ?? 'SELECT ?claim ?statement\nWHERE {\n  ?claim a lod:Claim ; rdfs:label ?statement .\n}\nLIMIT 20\n');
if (given) ask();
