/** The editor: YASQE where it could be loaded, else the plain field of the page. */
import { read } from "./query_text.js";

/**
 * @typedef {object} Editor
 * @property {() => string} get
 * @property {(text: string) => void} set
 * @property {(line: number, column: number) => void} mark shows where an error is
 * @property {(line: number, column: number) => void} go puts the cursor there
 * @property {() => void} clear takes the marks away
 * @property {() => void} focus
 */

/** The grammar of YASQE, to which the known prefixes are as good as declared. */
const MODE = "sparql11-lod";

/**
 * @param {HTMLElement} place where the plain field stands
 * @param {{ prefixes: Record<string, string>, terms: [string, string, string][], label: string, hint: string }} setup
 * @param {{ run: () => void, expected: (line: number, what: string[]) => void, changed: () => void }} tell
 * @returns {Editor}
 */
export function makeEditor(place, setup, tell) {
  const field = /** @type {HTMLTextAreaElement} */ (place.querySelector("textarea"));
  const Yasqe = /** @type {any} */ (globalThis).Yasqe;
  if (!Yasqe) return plainEditor(field, tell);
  const text = field.value;
  register(Yasqe, setup);
  field.remove();
  const editor = new Yasqe(place, {
    value: text,
    mode: MODE,
    // Nothing is stored, shared or asked elsewhere.
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    // Its own marks put style attributes into the page, which the policy forbids: see check().
    syntaxErrorCheck: false,
    autocompleters: ["variables", "lod-prefixes", "lod-terms"],
    screenReaderLabel: setup.label,
    highlightSelectionMatches: false,
    viewportMargin: Infinity,
  });
  editor.setOption("extraKeys", {
    ...editor.getOption("extraKeys"),
    // Tab leaves the editor, so that the keyboard is not caught in it.
    Tab: false,
    "Shift-Tab": false,
    "Ctrl-S": false,
    "Ctrl-Enter": tell.run,
    "Cmd-Enter": tell.run,
  });
  const input = editor.getInputField();
  input.setAttribute("aria-label", setup.label);
  input.setAttribute("aria-describedby", setup.hint);
  input.id = "query-text";
  /** @type {any[]} */
  let marked = [];
  const clear = () => {
    for (const line of marked) editor.removeLineClass(line, "background", "query-bad-line");
    marked = [];
  };
  const go = (line, column) => {
    editor.focus();
    editor.setCursor({ line: line - 1, ch: column - 1 });
  };
  let timer = 0;
  editor.on("change", (_, change) => {
    clear();
    tell.changed();
    clearTimeout(timer);
    timer = setTimeout(() => check(editor, tell.expected), 500);
    if (change.origin === "complete") declare(editor, change.text.join(""), setup.prefixes);
  });
  return {
    get: () => editor.getValue(),
    set: (value) => {
      editor.setValue(value);
      editor.setCursor({ line: 0, ch: 0 });
      editor.refresh();
    },
    mark: (line) => {
      clear();
      const bad = editor.getLineHandle(Math.min(line, editor.lineCount()) - 1);
      if (bad) marked = [editor.addLineClass(bad, "background", "query-bad-line")];
    },
    go,
    clear,
    focus: () => editor.focus(),
  };
}

/** @returns {Editor} */
function plainEditor(field, tell) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      tell.run();
    }
  });
  field.addEventListener("input", tell.changed);
  const go = (line, column) => {
    const lines = field.value.split("\n");
    const at = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + column - 1;
    field.focus();
    field.setSelectionRange(at, at);
  };
  return {
    get: () => field.value,
    set: (value) => {
      field.value = value;
    },
    mark: () => field.setAttribute("aria-invalid", "true"),
    go,
    clear: () => field.removeAttribute("aria-invalid"),
    focus: () => field.focus(),
  };
}

/** Says what the grammar expects on the first line that does not follow it. */
function check(editor, expected) {
  for (let line = 0; line < editor.lineCount(); line++) {
    const { state } = editor.getTokenAt({ line, ch: editor.getLine(line).length }, true);
    if (state.OK === false) {
      expected(line + 1, [...new Set(state.possibleCurrent ?? [])]);
      return;
    }
  }
  expected(0, []);
}

/** A completed name whose prefix the query does not declare gets its declaration. */
function declare(editor, text, prefixes) {
  const prefix = /^([\w-]+):/.exec(text)?.[1];
  if (prefix && Object.hasOwn(prefixes, prefix) && read(editor.getValue()).missing.includes(prefix)) {
    editor.replaceRange(`PREFIX ${prefix}: <${prefixes[prefix]}>\n`, { line: 0, ch: 0 });
  }
}

/** What the editor completes: prefixes, and the terms that the data uses, by name or label. */
function register(Yasqe, { prefixes, terms }) {
  Yasqe.defineMode(MODE, (options) => {
    const mode = Yasqe.getMode(options, "sparql11");
    return { ...mode, startState: () => ({ ...mode.startState(), prefixes: { ...prefixes } }) };
  });
  const labels = new Map(terms.map(([name, label, kind]) => [name, { label, kind }]));
  Yasqe.registerAutocompleter(
    {
      name: "lod-prefixes",
      bulk: false,
      autoShow: true,
      isValidCompletionPosition: (editor) => editor.getPreviousNonWsToken(editor.getCursor().line, editor.getCompleteToken()).string.toUpperCase() === "PREFIX",
      get: (_, token) => Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`).filter((one) => one.startsWith(token?.string.trim() ?? "")),
    },
    false,
  );
  Yasqe.registerAutocompleter(
    {
      name: "lod-terms",
      bulk: false,
      autoShow: false,
      isValidCompletionPosition: (editor) => {
        const token = editor.getCompleteToken();
        return !/^[?$<"'#]/.test(token.string) && editor.getPreviousNonWsToken(editor.getCursor().line, token).string.toUpperCase() !== "PREFIX";
      },
      get: (_, token) => {
        const typed = (token?.string ?? "").trim().toLowerCase();
        const starts = (name) => name.toLowerCase().startsWith(typed);
        const found = terms.filter(([name, label]) => name.toLowerCase().includes(typed) || label.toLowerCase().includes(typed));
        return found.sort(([a], [b]) => Number(starts(b)) - Number(starts(a))).map(([name]) => name);
      },
      postprocessHints: (_, hints) =>
        hints.map((hint) => {
          const { label, kind } = labels.get(hint.text) ?? { label: "", kind: "" };
          return { ...hint, displayText: [hint.text, label, kind].filter(Boolean).join(" · ") };
        }),
    },
    false,
  );
}
