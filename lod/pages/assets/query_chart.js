/** A bar chart of results that have a label and a number. */
import { isNumber } from "./query_terms.js";

/** @typedef {import("./query_worker.js").Term} Term */

const SVG = "http://www.w3.org/2000/svg";
const MOST = 40;
const BAR = 18;
const ROW = 46;
const LONGEST = 90;

/**
 * The columns that a chart can show.
 * @param {string[]} variables
 * @param {(Term | null)[][]} rows
 * @returns {{ label: number, numbers: number[] } | null} null where there is no label or no number
 */
export function chartColumns(variables, rows) {
  const columns = variables.map((_, at) => rows.map((row) => row[at]).filter((term) => term !== null));
  const numbers = columns.flatMap((column, at) => (column.length && column.every(isNumber) ? [at] : []));
  const label = columns.findIndex((column, at) => column.length > 0 && !numbers.includes(at));
  return label < 0 || !numbers.length ? null : { label, numbers };
}

/**
 * @param {(Term | null)[][]} rows
 * @param {number} label column
 * @param {number} number column
 * @param {(term: Term | null) => string} name of a label
 * @param {string} title of the chart, for those who cannot see it
 * @param {number} width in pixels
 * @returns {{ chart: SVGElement, shown: number, of: number }}
 */
export function barChart(rows, label, number, name, title, width) {
  const bars = rows.filter((row) => row[number] !== null).map((row) => ({ name: name(row[label]), text: row[number]?.value ?? "", value: Number(row[number]?.value) }));
  const shown = bars.slice(0, MOST);
  const low = Math.min(0, ...shown.map((bar) => bar.value));
  const high = Math.max(0, ...shown.map((bar) => bar.value));
  const span = high - low || 1;
  const room = Math.max(60, width - 110);
  const x = (value) => ((value - low) / span) * room;
  const chart = draw("svg", { viewBox: `0 0 ${width} ${shown.length * ROW + 8}`, width, height: shown.length * ROW + 8, role: "img", "aria-label": title, class: "query-chart" });
  const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined, { maximumSignificantDigits: 15 });
  chart.append(draw("line", { x1: x(0), x2: x(0), y1: 0, y2: shown.length * ROW, class: "query-axis" }));
  const longest = Math.min(LONGEST, Math.max(12, Math.floor(width / 7.2)));
  shown.forEach((bar, at) => {
    const group = draw("g", { transform: `translate(0 ${at * ROW})` });
    const tip = draw("title", {});
    tip.textContent = `${bar.name}: ${bar.text}`;
    const text = draw("text", { x: 0, y: 16, class: "query-bar-label" });
    text.textContent = [...bar.name].length > longest ? `${[...bar.name].slice(0, longest - 1).join("")}…` : bar.name;
    const from = x(Math.min(0, bar.value));
    const length = Math.max(1, Math.abs(x(bar.value) - x(0)));
    const value = draw("text", { x: from + length + 6, y: 22 + BAR - 5, class: "query-bar-value" });
    value.textContent = numbers.format(bar.value);
    group.append(tip, text, draw("rect", { x: from, y: 22, width: length, height: BAR, rx: 2, class: "query-bar" }), value);
    chart.append(group);
  });
  return { chart, shown: shown.length, of: bars.length };
}

/** @returns {SVGElement} */
function draw(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
