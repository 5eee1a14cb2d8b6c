/** Shows what a query gave: a table, a chart, an answer, and files to download. */
import { barChart, chartColumns } from "./query_chart.js";
import { isNumber } from "./query_terms.js";

const STEP = 200;

/**
 * @param {HTMLElement} place
 * @param {any} result as the worker gives it
 * @param {{ names: import("./query_terms.js").Names, say: (name: string, values?: object) => string, count: (number: number) => string, download: (format: string) => Promise<Blob> }} tools
 */
export function showResults(place, result, tools) {
  const { say } = tools;
  place.replaceChildren();
  place.hidden = false;
  const bar = make("div", "query-bar-of-tools");
  place.append(bar);
  if (result.form === "ASK") {
    place.append(make("p", "query-answer", result.boolean ? say("yes") : say("no")));
  } else if (!result.rows.length) {
    place.append(make("p", "note", say("no_rows")));
  } else {
    const table = tableOf(result, tools);
    const columns = result.form === "SELECT" ? chartColumns(result.variables, result.rows) : null;
    if (columns) bar.append(switcher(place, table, result, columns, tools));
    place.append(table);
  }
  const formats = { SELECT: ["csv", "json"], ASK: ["csv", "json"] }[result.form] ?? ["ttl", "nt"];
  const names = { csv: "as_csv", json: "as_json", ttl: "as_turtle", nt: "as_ntriples" };
  for (const format of formats) {
    const button = make("button", "query-download", say(names[format]));
    button.type = "button";
    button.addEventListener("click", async () => save(await tools.download(format), `result.${format}`));
    bar.append(button);
  }
}

/** Buttons that change between table and chart. */
function switcher(place, table, result, columns, tools) {
  const { say } = tools;
  const group = make("div", "query-switch");
  group.setAttribute("role", "group");
  const figure = make("figure", "query-figure");
  figure.hidden = true;
  let number = columns.numbers[0];
  const redraw = () => {
    const title = say("chart_label", { number: result.variables[number], label: result.variables[columns.label] });
    const name = (term) => (term ? (term.type === "uri" ? tools.names.short(term.value) : term.value) : "");
    const { chart, shown, of } = barChart(result.rows, columns.label, number, name, title, figure.clientWidth || 600);
    figure.replaceChildren(...(columns.numbers.length > 1 ? [choice] : []), chart);
    if (shown < of) figure.append(make("figcaption", "note", say("chart_some", { count: tools.count(shown) })));
  };
  const choice = make("label", "query-choice", `${say("chart_of")} `);
  const select = make("select");
  for (const column of columns.numbers) select.append(new Option(result.variables[column], String(column)));
  select.addEventListener("change", () => {
    number = Number(select.value);
    redraw();
    select.focus();
  });
  choice.append(select);
  const buttons = [
    [say("table"), false],
    [say("chart"), true],
  ].map(([text, charts]) => {
    const button = make("button", "", String(text));
    button.type = "button";
    button.setAttribute("aria-pressed", String(!charts));
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      figure.hidden = !charts;
      table.hidden = Boolean(charts);
      if (charts) redraw();
    });
    return button;
  });
  // A new width needs a new drawing.
  let width = 0;
  new ResizeObserver(() => {
    if (!figure.hidden && figure.clientWidth !== width) {
      width = figure.clientWidth;
      redraw();
    }
  }).observe(figure);
  group.append(...buttons);
  place.append(figure);
  return group;
}

function tableOf(result, tools) {
  const { names, say, count } = tools;
  const whole = make("div", "query-table");
  const scroll = make("div", "scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", say("table"));
  const table = make("table");
  const head = table.createTHead().insertRow();
  for (const name of result.variables) {
    const cell = make("th", "", name);
    cell.scope = "col";
    head.append(cell);
  }
  const numeric = result.variables.map((_, at) => result.rows.every((row) => row[at] === null || isNumber(row[at])));
  const body = table.createTBody();
  let shown = 0;
  const note = make("p", "note");
  const more = make("button", "", say("more_rows"));
  more.type = "button";
  const grow = () => {
    for (const row of result.rows.slice(shown, shown + STEP)) {
      const line = body.insertRow();
      row.forEach((term, at) => {
        const cell = line.insertCell();
        if (numeric[at]) cell.className = "number";
        cell.append(names.cell(term));
      });
    }
    shown = Math.min(result.rows.length, shown + STEP);
    note.hidden = shown >= result.total;
    note.textContent = say("shown", { shown: count(shown), count: count(result.total) });
    more.hidden = shown >= result.rows.length;
  };
  more.addEventListener("click", grow);
  grow();
  scroll.append(table);
  whole.append(scroll, note, more);
  return whole;
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @returns {any} */
function make(name, kind = "", text = "") {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}
