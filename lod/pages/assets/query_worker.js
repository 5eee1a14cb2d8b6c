/** Runs queries beside the page, so that it never freezes and can be stopped at any moment. */

import { diagnose } from "./query_diagnosis.js";

/** @typedef {{ type: "uri" | "literal" | "bnode", value: string, datatype?: string, "xml:lang"?: string }} Term */

/** @type {any} */
let store;
/** @type {any} */
let engine;
/** @type {any} a store without data */
let nothing;
/** What the last query gave, for the downloads. */
let last = { kind: "", text: "", query: "", options: {}, parsed: /** @type {any} */ (null) };

onmessage = async ({ data }) => {
  const { id, action } = data;
  try {
    if (action === "open") postMessage({ id, ...(await open(data)) });
    else if (action === "ask") postMessage({ id, ...ask(data) });
    else postMessage({ id, ...download(data.format) });
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    const diagnosis = action === "ask" && store ? diagnose(data.prologue, data.query, failed, probe) : null;
    postMessage({ id, failed, diagnosis, name: error instanceof Error ? error.name : "", stage: error?.stage });
  }
};

/** An error that says at which stage of the loading it came. */
function staged(stage, error) {
  return Object.assign(new Error(error instanceof Error ? error.message : String(error)), { stage });
}

async function open({ engine: script, wasm, data }) {
  let size;
  try {
    const [module, code] = await Promise.all([load(script), fetched(wasm)]);
    // Compiled from bytes, so that the media type that the host gives does not matter.
    await module.default({ module_or_path: await WebAssembly.compile(await code.arrayBuffer()) });
    engine = module;
  } catch (error) {
    throw staged("engine", error);
  }
  postMessage({ stage: "data" });
  try {
    const answer = await fetch(data);
    if (!answer.ok) throw new Error(`${answer.status} ${data}`);
    store = new engine.Store();
    store.load(new Uint8Array(await answer.arrayBuffer()), { format: "application/trig", no_transaction: true, lenient: true });
    size = store.size;
    // The default graph is the union of all graphs: a set, which the engine's own view of them is not.
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }");
  } catch (error) {
    throw staged("data", error);
  }
  return { size };
}

/** The bytes of an asset; with a hash, the browser hands them over only if they have it. */
async function fetched({ address, integrity }) {
  const answer = await fetch(address, integrity ? { integrity, mode: "cors", credentials: "omit", referrerPolicy: "no-referrer" } : {});
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer;
}

/** A module; from elsewhere only after its hash was checked, and then the very bytes that were. */
async function load(script) {
  if (!script.integrity) return import(script.address);
  const code = await (await fetched(script)).text();
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** What the engine says of another text, asked of no data; null where it is well. */
function probe(text) {
  try {
    nothing ??= new engine.Store();
    nothing.query(text, last.options);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function ask({ prologue, query: asked, base, form, variables, rows }) {
  const query = prologue + asked;
  const options = { base_iri: base };
  last = { ...last, options };
  const started = performance.now();
  if (form === "CONSTRUCT" || form === "DESCRIBE") {
    const quads = [...new Set(store.query(query, { ...options, results_format: "application/n-triples" }).split("\n"))].filter(Boolean).sort();
    const milliseconds = performance.now() - started;
    last = { kind: "graph", text: quads.map((line) => `${line}\n`).join(""), query, options, parsed: null };
    const shown = engine.parse(quads.slice(0, rows).join("\n"), { format: "application/n-triples" });
    const names = ["subject", "predicate", "object"];
    return {
      form,
      milliseconds,
      total: quads.length,
      variables: names,
      rows: shown.map((quad) => names.map((name) => plain(quad[name]))),
    };
  }
  const text = store.query(query, { ...options, results_format: "application/sparql-results+json" });
  const milliseconds = performance.now() - started;
  const parsed = JSON.parse(text);
  last = { kind: "table", text, query, options, parsed };
  if (form === "ASK") return { form, milliseconds, boolean: parsed.boolean };
  if (variables) {
    // The columns of SELECT * in the order in which the query names them, not by alphabet.
    const order = (name) => variables.indexOf(name);
    parsed.head.vars.sort((a, b) => order(a) - order(b));
  }
  const names = parsed.head.vars;
  return {
    form,
    milliseconds,
    total: parsed.results.bindings.length,
    variables: names,
    rows: parsed.results.bindings.slice(0, rows).map((row) => names.map((name) => row[name] ?? null)),
  };
}

/** @returns {Term} a term of RDF/JS as the results in JSON have it */
function plain(term) {
  if (term.termType === "NamedNode") return { type: "uri", value: term.value };
  if (term.termType !== "Literal") return { type: "bnode", value: term.value };
  const { value, language, datatype } = term;
  return language ? { type: "literal", value, "xml:lang": language } : { type: "literal", value, datatype: datatype.value };
}

/** Everything that the last query gave, as a file. */
function download(format) {
  const { kind, text, query, options, parsed } = last;
  if (format === "json") return { blob: new Blob([text], { type: "application/sparql-results+json" }) };
  if (format === "nt") return { blob: new Blob([text], { type: "application/n-triples" }) };
  if (format === "ttl" && kind === "graph") {
    const turtle = store.query(query, { ...options, results_format: "text/turtle" });
    return { blob: new Blob([turtle], { type: "text/turtle" }) };
  }
  return { blob: new Blob([csv(parsed)], { type: "text/csv;charset=utf-8" }) };
}

/** SPARQL 1.1 Query Results CSV (section 3): values alone, quoted where they must be. */
function csv({ head, results, boolean }) {
  if (boolean !== undefined) return `boolean\r\n${boolean}\r\n`;
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const value = (term) => (term ? cell(term.type === "bnode" ? `_:${term.value}` : term.value) : "");
  const lines = [head.vars.map(cell), ...results.bindings.map((row) => head.vars.map((name) => value(row[name])))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}
