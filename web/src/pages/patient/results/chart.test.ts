import { expect, test } from "vitest";
import { chartOf, described, stretches } from "./chart";
import { gridOf } from "./grid";
import { tests } from "./series";
import { amount, loincSystem, type Made, reading } from "./testing";
import { loadUnits } from "./ucum";
import { flagsOf } from "./flags";
import { numberOf } from "./numbers";
import { moved, within, zoomed } from "./span";

const units = await loadUnits();

function chart(made: readonly Made[]) {
  const [only, ...more] = tests(made.map((m) => reading({ codes: [[loincSystem, "718-7"]], ...m })));
  if (only === undefined || more.length > 0) throw new Error("one test is wanted");
  return chartOf(only, units);
}

test.each(["=5mg", "<140", "1e999", "NaN", "７", "Infinity", "0x10", "1,5", "", " 5", "5 ", "\u202e5", "--5", "5.", ".5", "1e9999", "9".repeat(400)])("%s is no number to draw", (digits) => {
  expect(numberOf(digits)).toBeNull();
  const { axes, undrawn } = chart([{ amount: amount(digits) }]);
  expect(axes).toEqual([]);
  expect(undrawn.length).toBe(1);
});

test.each([["7.10", 7.1], ["-0.5", -0.5], ["1e3", 1000], ["007", 7]])("%s is one", (digits, n) => {
  expect(numberOf(digits)).toBe(n);
});

test("a converted value says what it was, and the words of the others are the source's digits", () => {
  const { axes } = chart([
    { date: "2026-03-12", source: "a", amount: amount("118.0", "g/L"), more: { ranges: [{ low: amount("115", "g/L"), high: amount("165", "g/L"), text: null }] } },
    { date: "2026-01-12", source: "b", amount: amount("12.70", "g/dL"), more: { ranges: [{ low: amount("11.5", "g/dL"), high: amount("16", "g/dL"), text: null }] } },
  ]);
  expect(axes.length).toBe(1);
  const points = axes[0]?.runs.flatMap((r) => r.points) ?? [];
  expect(points.map((p) => p.words).sort()).toEqual(["118.0 g/L", "127 g/L, converted from 12.70 g/dL"]);
  expect(points.find((p) => p.converted)).toMatchObject({ low: 115, high: 160 });
  expect(axes[0]?.notes).toEqual(["Values in g/dL are converted to g/L for this chart only; the table shows them as reported."]);
  expect(axes[0]?.runs.length).toBe(2); // no line from one laboratory's values to the other's
});

test("what cannot be converted has an axis of its own, and says why", () => {
  const { axes } = chart([{ amount: amount("7.1", "mmol/L") }, { date: "2025-01-01", amount: amount("126", "mg/dL") }, { date: "2024-01-01", amount: amount("7", "mmol/L", null) }]);
  expect(axes.map((a) => a.unit)).toEqual(["mmol/L", "mg/dL", "mmol/L"]);
  expect(axes.map((a) => a.notes)).toEqual([
    [],
    ["Values in mg/dL stand on an axis of their own: they cannot be converted into mmol/L safely."],
    ["Values in mmol/L stand on an axis of their own: the source gives the unit in words only, without a code."],
  ]);
});

test.each<[string, Made, string]>([
  ["in error", { status: "entered-in-error" }, "entered in error or cancelled"],
  ["words", { amount: null, text: "Haemolysed" }, "in words"],
  ["nothing", { amount: null }, "without a value"],
  ["a year", { date: "2026" }, "without a date known to the day"],
  ["a comparator nobody knows", { amount: amount("5", "g/L", "g/L", "~") }, "not plainly a number"],
])("%s is in the table and not in the chart", (_, made, why) => {
  expect(chart([made])).toEqual({ axes: [], undrawn: [`1 result is in the table and not in the chart: ${why}.`] });
});

test("a value beyond a limit is never exact, and a provisional one is marked", () => {
  const { axes } = chart([{ amount: amount("5", "g/L", "g/L", "<") }, { date: "1899-12-30", amount: amount("90", "g/L", "g/L", ">"), status: "preliminary" }]);
  const points = axes[0]?.runs.flatMap((r) => r.points) ?? [];
  expect(points.map((p) => [p.sign, p.words, p.provisional])).toEqual([["above", ">90 g/L", true], ["below", "<5 g/L", false]]);
  expect(axes[0] && described(axes[0], String)).not.toContain("Lowest");
});

const range = (low: string | null, high: string | null, unit = "mmol/L") => [{ low: low === null ? null : amount(low, unit), high: high === null ? null : amount(high, unit), text: null }];
const interpretation = (code: string, words: string | null = null) => [{ label: words ?? code, text: null, codings: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", code, display: words }] }];

test.each<[string, Made, string[]]>([
  ["the source's flag in words", { more: { interpretation: interpretation("HH") } }, ["Critically high"]],
  ["with the source's own words", { more: { interpretation: interpretation("H", "Raised, repeat") } }, ["High (Raised, repeat)"]],
  ["nothing is computed beside it", { amount: amount("9"), more: { interpretation: interpretation("N"), ranges: range("3", "5") } }, ["Normal"]],
  ["above the range, said as computed", { amount: amount("5.4"), more: { ranges: range("3.5", "5.3") } }, ["Above the laboratory’s range"]],
  ["below it", { amount: amount("3"), more: { ranges: range("3.5", null) } }, ["Below the laboratory’s range"]],
  ["on the limit is inside", { amount: amount("5.3"), more: { ranges: range("3.5", "5.3") } }, []],
  ["a range of another unit says nothing", { amount: amount("54"), more: { ranges: range("3.5", "5.3", "mg/dL") } }, []],
  ["of two ranges none is chosen", { amount: amount("9"), more: { ranges: [...range("3", "5"), ...range("3", "12")] } }, []],
  ["<5 may be inside", { amount: amount("5", "mmol/L", "mmol/L", "<"), more: { ranges: range("3", "9") } }, []],
  ["<3 is below 3", { amount: amount("3", "mmol/L", "mmol/L", "<"), more: { ranges: range("3", "9") } }, ["Below the laboratory’s range"]],
  [">90 is above 80", { amount: amount("90", "mmol/L", "mmol/L", ">"), more: { ranges: range("3", "80") } }, ["Above the laboratory’s range"]],
  ["a hostile value has no flag", { amount: amount("1e999"), more: { ranges: range("3", "9") } }, []],
  ["words that are no code stay words", { more: { interpretation: [{ label: "See note", text: "See note", codings: null }] } }, ["See note"]],
  ["a code of somebody else's system is not read as ours", { more: { interpretation: [{ label: "Haemolysed", text: null, codings: [{ system: "urn:lab", code: "H", display: "Haemolysed" }] }] } }, ["Haemolysed"]],
])("flags: %s", (_, made, expected) => {
  expect(flagsOf(reading(made).original).map((f) => f.text)).toEqual(expected);
});

test("the grid has every date once, newest first, and the unit where it is one", () => {
  const all = tests([reading({ codes: [[loincSystem, "1"]], date: "2026-01-01" }), reading({ codes: [[loincSystem, "1"]], date: "2026-02-01" }), reading({ codes: [[loincSystem, "2"]], name: "B", date: "2025-01-01", amount: amount("1", "g/L") })]);
  const grid = gridOf(all, 0, 2);
  expect(grid.dates).toEqual(["2026-02-01", "2026-01-01", "2025-01-01"]);
  expect(grid.lines.map((l) => [l.unit, l.cells.map((c) => c.length)])).toEqual([["mmol/L", [1, 1]]]);
});

test("no line passes by a value that is not exact", () => {
  const { axes } = chart([{ date: "2026-01-01" }, { date: "2026-02-01" }, { date: "2026-03-01", amount: amount("5", "mmol/L", "mmol/L", "<") }, { date: "2026-04-01", status: "preliminary" }, { date: "2026-05-01" }]);
  expect(axes[0]?.runs.flatMap(stretches).map((s) => s.length)).toEqual([2, 1]);
});

test("zooming and moving never leave the whole", () => {
  const whole = [0, 1_000_000] as const;
  expect(zoomed([0, 1_000_000], 0.5, whole)).toEqual([250_000, 750_000]);
  expect(zoomed([0, 500_000], 4, whole)).toBeNull();
  expect(moved([0, 500_000], -1, whole)).toEqual([0, 500_000]);
  expect(moved([500_000, 900_000], 1, whole)).toEqual([600_000, 1_000_000]);
  expect(within([-5, 2_000_000], whole)).toBeNull();
});

test("400 tests on 50 dates are laid out in a moment", () => {
  const all = Array.from({ length: 400 }, (_, t) => Array.from({ length: 50 }, (_, d) => reading({ codes: [[loincSystem, `t${t}`]], name: `Test ${t}`, date: `20${String(10 + (d % 15)).padStart(2, "0")}-0${1 + (d % 9)}-1${d % 10}`, amount: amount(String(d), d % 2 ? "g/L" : "g/dL") }))).flat();
  const began = performance.now();
  const found = tests(all);
  for (const t of found) chartOf(t, units);
  expect(found.length).toBe(400);
  expect(performance.now() - began).toBeLessThan(10_000); // not quadratic, on a busy machine too
}, 30_000);
