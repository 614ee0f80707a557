// @ts-check
// The chart, as SVG written by hand: points at their own time, no line between them, for
// nothing is known there. The newest are on the right.
import { months } from "./reading.js";
/** @typedef {import("./types").Series} Series */

const width = 860, height = 340;
const edge = { top: 28, right: 24, bottom: 40, left: 64 };
const inner = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom };

/** Marks differ by shape too: colour alone does not reach everybody. */
const marks = ["circle", "square", "triangle", "diamond", "cross"];

/** @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
function node(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Round numbers that hold the values between them. @param {number} low @param {number} high */
export function ticks(low, high) {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? power * 10;
  const first = Math.floor(low / step) * step;
  /** @type {number[]} */
  const all = [];
  for (let n = 0; first + (n - 1) * step < high || all.length < 2; n++) all.push(Number((first + n * step).toPrecision(12)));
  return all;
}

/** Beginnings of years or months between two times, at most about nine. @param {number} from @param {number} to */
export function days(from, to) {
  const least = Math.max(1, Math.ceil((to - from) / (30 * 864e5) / 8));
  const step = [1, 2, 3, 6].find((n) => n >= least) ?? Math.ceil(least / 12) * 12;
  const start = new Date(from);
  let at = new Date(start.getFullYear(), Math.floor(start.getMonth() / Math.min(step, 12)) * Math.min(step, 12), 1);
  /** @type {{time: number, label: string}[]} */
  const all = [];
  for (; at.getTime() <= to; at = new Date(at.getFullYear(), at.getMonth() + step, 1)) {
    if (at.getTime() >= from) all.push({ time: at.getTime(), label: step >= 12 ? String(at.getFullYear()) : `${months[at.getMonth()]} ${at.getFullYear()}` });
  }
  return all;
}

/** @param {string} mark @param {number} x @param {number} y @param {string} kind */
function markAt(mark, x, y, kind) {
  const r = 5;
  const paths = /** @type {Record<string, string>} */ ({
    circle: `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`,
    square: `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
    triangle: `M${x},${y - r - 1}l${r + 1},${2 * r}h${-2 * r - 2}z`,
    diamond: `M${x},${y - r - 1}l${r + 1},${r + 1}l${-r - 1},${r + 1}l${-r - 1},${-r - 1}z`,
    cross: `M${x - r},${y - r}l${2 * r},${2 * r}m0,${-2 * r}l${-2 * r},${2 * r}`,
  });
  return node("path", { d: paths[mark], class: `mark ${kind}` });
}

/** A source has the same mark in every chart: by its place among all of them. @param {Series} series @param {string[]} sources @param {(when: string) => string} shown */
export function chart(series, sources, shown) {
  const values = series.points.map((p) => p.value);
  const scale = ticks(Math.min(...values), Math.max(...values));
  const low = scale[0], high = scale[scale.length - 1];
  const times = series.points.map((p) => p.time);
  const room = (Math.max(...times) - Math.min(...times)) * 0.03 || 864e5;
  const from = Math.min(...times) - room, to = Math.max(...times) + room;
  const x = (/** @type {number} */ t) => Math.round((edge.left + ((t - from) / (to - from)) * inner.width) * 10) / 10;
  const y = (/** @type {number} */ v) => Math.round((edge.top + (1 - (v - low) / (high - low)) * inner.height) * 10) / 10;

  const svg = node("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${series.name} in ${series.unit || "no unit"}, ${series.points.length} points; the table has them all` });
  for (const value of scale) {
    svg.append(node("line", { x1: edge.left, x2: width - edge.right, y1: y(value), y2: y(value), class: "grid" }));
    svg.append(node("text", { x: edge.left - 8, y: y(value) + 4, "text-anchor": "end" }, String(value)));
  }
  for (const { time, label } of days(from, to)) {
    svg.append(node("line", { x1: x(time), x2: x(time), y1: height - edge.bottom, y2: height - edge.bottom + 5, class: "axis" }));
    svg.append(node("text", { x: x(time), y: height - edge.bottom + 20, "text-anchor": "middle" }, label));
  }
  svg.append(node("line", { x1: edge.left, x2: width - edge.right, y1: height - edge.bottom, y2: height - edge.bottom, class: "axis" }));
  svg.append(node("text", { x: 0, y: 14, class: "unit" }, series.unit || "no unit"));
  for (const p of series.points) {
    const mark = markAt(markOf(sources, p.source), x(p.time), y(p.value), `s${sources.indexOf(p.source) % marks.length}${p.comparator ? " bound" : ""}`);
    mark.append(node("title", {}, `${shown(p.when)}: ${p.comparator}${p.value} ${p.unit}, ${p.source}`));
    svg.append(mark);
  }
  return svg;
}

/** @param {string[]} sources @param {string} source */
const markOf = (sources, source) => marks[sources.indexOf(source) % marks.length];

/** The legend: which mark is whose, and how many. @param {Series} series @param {string[]} sources */
export function legend(series, sources) {
  const list = document.createElement("ul");
  sources.forEach((source, i) => {
    const n = series.points.filter((p) => p.source === source).length;
    if (n === 0) return;
    const item = document.createElement("li");
    const svg = node("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" });
    svg.append(markAt(markOf(sources, source), 8, 8, `s${i % marks.length}`));
    item.append(svg, ` ${source}: ${n} ${n === 1 ? "point" : "points"}, in ${series.unit || "no unit"}`);
    list.append(item);
  });
  return list;
}
