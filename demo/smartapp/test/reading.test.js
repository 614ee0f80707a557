import assert from "node:assert/strict";
import test from "node:test";
import { days, ticks } from "../app/chart.js";
import { read, shown } from "../app/reading.js";

const quantity = (value, unit, more = {}) => ({ valueQuantity: { value, unit, ...more } });
const code = (text, number) => ({ code: { text, coding: [{ system: "http://loinc.org", code: number }] } });
let n = 0;
const observation = (more) => ({
  resourceType: "Observation", id: `o${++n}`, status: "final", subject: { reference: "Patient/p" },
  effectiveDateTime: "2026-01-02", meta: { source: "urn:patchwork:source:gp#Observation/1" }, ...more,
});

test("a panel and a single value of one code are one series, and another unit is another", () => {
  const { series } = read([
    observation({ ...code("Panel", "p"), component: [{ ...code("HbA1c", "59261-8"), ...quantity(48, "mmol/mol") }], effectiveDateTime: "2026-03-01T10:00:00Z" }),
    observation({ ...code("HbA1c", "59261-8"), ...quantity(51, "mmol/mol"), effectiveDateTime: "2025-03-01" }),
    observation({ ...code("HbA1c", "59261-8"), ...quantity(6.5, "%") }),
  ], "p", { gp: "A practice" });
  assert.deepEqual(series.map((s) => [s.name, s.unit, s.points.map((p) => p.value)]), [["HbA1c", "mmol/mol", [51, 48]], ["HbA1c", "%", [6.5]]]);
  assert.equal(series[0].points[0].source, "A practice");
});

test("somebody else's are dropped and told, what was in error is not shown, what has no number is counted", () => {
  const reading = read([
    observation({ ...quantity(1, "kg"), subject: { reference: "Patient/other" } }),
    observation({ ...quantity(1, "kg"), subject: undefined }),
    observation({ ...quantity(1, "kg"), status: "entered-in-error" }),
    observation({ valueString: "words" }),
    observation({ ...quantity(1, "kg"), effectiveDateTime: undefined }),
  ], "p", {});
  assert.deepEqual([reading.foreign, reading.wordy, reading.series], [2, 2, []]);
});

test("the same resource on two pages is one point, and what is missing is told once", () => {
  const o = observation(quantity(80, "kg"));
  const outcome = { resourceType: "OperationOutcome", issue: [{ code: "transient", diagnostics: "Observations: A practice — It is down" }, { code: "timeout" }] };
  const reading = read([o, outcome, o, outcome], "p", {});
  assert.deepEqual([reading.series[0].points.length, reading.missing], [1, ["Observations: A practice — It is down", "timeout"]]);
});

test("whose a value is, its bound, its range and its notes", () => {
  const point = (more) => read([observation({ ...quantity(5, "mg/L", { comparator: "<" }), ...more })], "p", {}).series[0].points[0];
  assert.equal(point({ performer: [{ display: "Dr Who" }, { type: "Organization", display: "The laboratory" }] }).source, "The laboratory");
  assert.equal(point({}).source, "gp");
  assert.equal(point({ meta: {} }).source, "Not said");
  const p = point({ status: "preliminary", interpretation: [{ coding: [{ code: "H" }] }], referenceRange: [{ low: { value: 1 }, high: { value: 4 } }] });
  assert.deepEqual([p.comparator, p.range, p.notes], ["<", "1 to 4", "high, preliminary"]);
  assert.equal(point({ referenceRange: [{ high: { value: 4 } }] }).range, "4 or less");
  assert.equal(point({ referenceRange: [{ low: { value: 4 } }] }).range, "4 or more");
});

test("the kind with most values is first, and sources are named once", () => {
  const reading = read([
    observation(quantity(1, "kg")),
    observation({ ...quantity(2, "cm"), meta: { source: "urn:patchwork:source:hospital#1" } }), observation(quantity(3, "cm")),
  ], "p", {});
  assert.deepEqual([reading.series.map((s) => s.unit), reading.sources], [["cm", "kg"], ["gp", "hospital"]]);
});

test("dates are said as the NHS says them, no more exactly than the source did", () => {
  assert.deepEqual(["2026", "2026-02", "2026-02-03", "2026-02-03T04:05:00"].map(shown), ["2026", "Feb-2026", "03-Feb-2026", "03-Feb-2026 04:05"]);
});

test("the scale holds all values between round numbers", () => {
  for (const [low, high] of [[0, 1], [114, 153], [5, 5], [0, 0], [-3, 12], [0.02, 0.09], [36.1, 38.9], [1000, 250000]]) {
    const scale = ticks(low, high);
    assert.ok(scale[0] <= low && scale.at(-1) >= high && scale.length >= 2 && scale.length <= 9, `${low} to ${high}: ${scale}`);
  }
});

test("the axis of time has few marks, inside it", () => {
  for (const years of [0.1, 0.5, 1, 3, 10, 40]) {
    const to = Date.UTC(2026, 5, 15), from = to - years * 365 * 864e5;
    const all = days(from, to);
    assert.ok(all.length >= 1 && all.length <= 10 && all.every((d) => d.time >= from && d.time <= to), `${years} years: ${all.map((d) => d.label)}`);
  }
});
