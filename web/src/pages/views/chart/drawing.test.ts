// @vitest-environment node
import { expect, test } from "vitest";
import cases from "../../../../../views/testdata/charts.json";
import { isPart, judged, type Part } from "./check";
import { drawn } from "./drawing";
import { people } from "./data";
import { prepared } from "./prepare";

const around = { width: 640, crowded: false, beside: 0, dark: false, counts: false };
const rows = Array.from({ length: 40 }, (_, i) => ({ person: `p${i}`, criticality: i % 3 === 0 ? "HIGH" : i % 3 === 1 ? "LOW" : "Not known", n: i % 7 === 0 ? null : i % 7 }));

function specOf(chart: unknown): Part {
  const { spec, says } = judged(JSON.stringify(chart), ["person", "criticality", "n"], false);
  if (spec === null) throw new Error(says);
  return spec;
}

// Everything that may be kept can be drawn, and loads and links nothing.
test.each(cases.filter((c) => c.says === ""))("$name is drawn", async ({ chart, secondary }) => {
  const { spec } = judged(JSON.stringify(chart), ["person", "criticality", "n"], secondary);
  const { svg, numbers } = await drawn(prepared(spec ?? {}, { ...around, counts: secondary }), secondary ? [{ criticality: "HIGH", n: "1", [people]: 20 }, { criticality: "LOW", n: "2", [people]: null }] : rows);
  expect(svg).toMatch(/^<svg /);
  expect(svg).not.toMatch(/\bhref=|<image|<script|<a\b|\bon\w+=|style=/);
  expect(numbers.rows.length).toBeGreaterThan(0);
  expect(numbers.titles.length).toBeGreaterThan(0);
  for (const row of numbers.rows) expect(row).toHaveLength(numbers.titles.length);
});

test("the numbers are those of the drawing", async () => {
  const { numbers } = await drawn(prepared(specOf({ mark: "bar", encoding: { x: { field: "criticality" }, y: { aggregate: "count" } } }), around), rows);
  expect(numbers).toEqual({ titles: ["criticality", "Rows"], numeric: [false, true], rows: [["HIGH", "14"], ["LOW", "13"], ["Not known", "13"]], all: 3 });
});

test.each<[string, unknown, string[], string[]]>([
  ["bins", { mark: "bar", encoding: { x: { field: "n", bin: { maxbins: 3 } }, y: { aggregate: "count" } } }, ["n", "Rows"], ["0 to 2", "6"]],
  ["a mean", { mark: "line", encoding: { x: { field: "criticality" }, y: { field: "n", aggregate: "mean" } } }, ["criticality", "mean of n"], ["HIGH", "3.5"]],
  ["small charts", { mark: "bar", encoding: { x: { field: "criticality" }, y: { aggregate: "count" }, row: { field: "n", type: "ordinal" } } }, ["criticality", "Rows", "n"], ["HIGH", "2", ""]],
  ["a line in colours", { mark: "line", encoding: { x: { field: "n", type: "quantitative" }, y: { aggregate: "count" }, color: { field: "criticality" } } }, ["n", "Rows", "criticality"], ["1", "2", "HIGH"]],
])("the numbers of %s", async (_, chart, titles, row) => {
  const { numbers } = await drawn(prepared(specOf(chart), around), rows);
  expect(numbers.titles).toEqual(titles);
  expect(numbers.rows).toContainEqual(row);
});

test("what a count holds back is a gap and no zero", async () => {
  const { spec } = judged('{"mark":"bar","encoding":{"x":{"field":"criticality"},"y":{"aggregate":"count"}}}', ["criticality"], true);
  const { numbers, svg } = await drawn(prepared(spec ?? {}, { ...around, counts: true }), [{ criticality: "HIGH", [people]: 20 }, { criticality: "* LOW", [people]: null }]);
  expect(svg).toContain("* LOW"); // it keeps its place
  expect(svg.match(/<path[^>]*fill="var\(--chart-1\)"/g)).toHaveLength(1);
  expect(numbers.titles).toEqual(["criticality", "People"]);
  expect(numbers.rows).toEqual([["HIGH", "20"], ["* LOW", "fewer than can be told"]]);
});

test("words of the data are words, whatever they look like", async () => {
  const { svg } = await drawn(prepared(specOf({ mark: "bar", title: "<script>alert(1)</script>", encoding: { y: { field: "criticality", title: null }, x: { aggregate: "count" } } }), around), [{ criticality: '<image href="https://evil.example"/>' }]);
  expect(svg).not.toMatch(/<image|<script/);
});

// Judging is the first door; behind it nothing loads and nothing that is written runs.
test.each<[string, Part]>([
  ["data from elsewhere", { data: { url: "https://evil.example/x.json" }, mark: "bar", encoding: {} }],
  ["code in an expression", { mark: "bar", transform: [{ calculate: "(function(){return globalThis})()", as: "a" }], encoding: { x: { field: "a" } } }],
  ["the window by an expression", { mark: "bar", transform: [{ calculate: "constructor.constructor('return 1')()", as: "a" }], encoding: { x: { field: "a" } } }],
])("%s draws nothing even without judging", async (_, spec) => {
  const base = prepared(spec, around);
  const given = isPart(spec.data) ? { ...base, data: spec.data } : base;
  const svg = await drawn(given, rows).then((d) => d.svg, () => "");
  expect(svg).not.toContain("role-mark marks\"><path");
});

test("a drawing that is larger than anybody can read is none", async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => ({ person: `${i} ${"x".repeat(300)}`, n: i }));
  await expect(drawn(prepared(specOf({ mark: "text", encoding: { x: { field: "n", type: "quantitative" }, y: { field: "n", type: "quantitative" }, text: { field: "person" } } }), around), many)).rejects.toThrow("too much");
});
