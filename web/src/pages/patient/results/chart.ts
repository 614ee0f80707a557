import type { AmountFragment } from "../../../api/generated/graphql";
import { plotted } from "./moments";
import { computed, numberOf, type Sign, signOf } from "./numbers";
import { isProvisional, isWithdrawn, type Reading } from "./readings";
import { type Row, rows } from "./same";
import type { Test } from "./series";
import { signatureOf } from "./signature";
import type { Units } from "./ucum";
import { apart, onto, type Unit, unitOf } from "./units";

/** One drawn value. */
export interface Point {
  readonly row: Row;
  /** Seconds. */
  readonly at: number;
  /** In the unit of the axis. */
  readonly y: number;
  readonly sign: Sign;
  /** May still change: drawn hollow, and no line leads to it. */
  readonly provisional: boolean;
  /** As "12.3 g/dL, converted from 123 g/L"; the source's words where nothing was converted. */
  readonly words: string;
  readonly converted: boolean;
  /** The laboratory's range for this very value, in the unit of the axis. */
  readonly low: number | null;
  readonly high: number | null;
}

/** A line may lead to it. */
export function joins(point: Point): boolean {
  return point.sign === "exact" && !point.provisional;
}

/** The stretches of a run that a line joins. */
export function stretches(run: Run): Point[][] {
  const all: Point[][] = [[]];
  for (const p of run.points) {
    if (joins(p)) all.at(-1)?.push(p);
    else all.push([]);
  }
  return all.filter((s) => s.length > 0);
}

/** Values of one laboratory, by one code and in one unit: only between these a line is drawn. */
export interface Run {
  readonly key: string;
  readonly lab: string;
  readonly unit: string;
  /** Oldest first. */
  readonly points: readonly Point[];
}

/** What shares one axis. */
export interface Axis {
  readonly key: string;
  readonly test: string;
  /** The unit at the axis; always shown. "no unit" if the source gave none. */
  readonly unit: string;
  readonly runs: readonly Run[];
  /** What a reader must know of it: converted, apart. */
  readonly notes: readonly string[];
}

export interface Chart {
  readonly axes: readonly Axis[];
  /** What is in the table and not drawn, and why, in words. */
  readonly undrawn: readonly string[];
}

interface Drawable {
  readonly row: Row;
  readonly amount: AmountFragment;
  readonly value: number;
  readonly at: number;
  readonly sign: Sign;
  readonly unit: Unit;
}

/** Lays a test out for drawing: one axis for what can be compared, further ones for what cannot. */
export function chartOf(test: Test, units: Units): Chart {
  const undrawn = new Map<string, number>();
  const drawable: Drawable[] = [];
  for (const row of rows(test.readings)) {
    const found = drawing(row, units);
    if (typeof found === "string") undrawn.set(found, (undrawn.get(found) ?? 0) + 1);
    else drawable.push(found);
  }
  const axes = axesOf(test, drawable, units);
  return { axes, undrawn: [...undrawn].map(([why, n]) => `${n === 1 ? "1 result is" : `${n} results are`} in the table and not in the chart: ${why}.`) };
}

/** What can be drawn of a row, or why it cannot. */
function drawing(row: Row, units: Units): Drawable | string {
  const reading = row.shown;
  if (isWithdrawn(reading)) return "entered in error or cancelled";
  const amount = reading.original.value?.quantity;
  if (!amount?.value) return reading.original.value ? "in words" : "without a value";
  const value = numberOf(amount.value);
  const sign = signOf(amount);
  if (value === null || sign === null) return "not plainly a number";
  const at = plotted(reading.date);
  if (at === null) return "without a date known to the day";
  return { row, amount, value, at, sign, unit: unitOf(amount, units) };
}

function axesOf(test: Test, drawable: readonly Drawable[], units: Units): Axis[] {
  const axes: { unit: Unit; held: Drawable[] }[] = [];
  // Newest first: the newest value's unit is that of the first axis.
  for (const d of drawable) {
    const home = axes.find((a) => onto(d.unit, a.unit, units) !== null);
    if (home === undefined) axes.push({ unit: d.unit, held: [d] });
    else home.held.push(d);
  }
  return axes.map(({ unit, held }, i) => {
    const first = axes[0]?.unit ?? unit;
    const points = held.map((d) => ({ drawable: d, point: pointOf(d, unit, units) })).filter((p) => Number.isFinite(p.point.y));
    return {
      key: `${test.key} ${unit.key}`,
      test: test.name,
      unit: unit.shown === "" ? "no unit" : unit.shown,
      runs: runsOf(points),
      notes: [...(i === 0 ? [] : [apart(unit, first)]), ...conversions(points, unit)],
    };
  });
}

function pointOf(d: Drawable, axis: Unit, units: Units): Point {
  const take = onto(d.unit, axis, units) ?? (() => NaN);
  const converted = d.unit.key !== axis.key;
  const sign = d.amount.comparator ?? "";
  const own = `${sign}${d.amount.value ?? ""}${d.unit.shown === "" ? "" : ` ${d.unit.shown}`}`;
  const y = take(d.value);
  const limits = rangeOf(d, axis, units);
  return {
    row: d.row,
    at: d.at,
    y,
    sign: d.sign,
    provisional: isProvisional(d.row.shown),
    words: converted ? `${sign}${computed(y)} ${axis.shown}, converted from ${own}` : own,
    converted,
    ...limits,
  };
}

/** The range that came with the value; none where several did, or where it is of a unit that cannot be compared. */
function rangeOf(d: Drawable, axis: Unit, units: Units): { readonly low: number | null; readonly high: number | null } {
  const ranges = d.row.shown.original.ranges ?? [];
  const range = ranges.length === 1 ? ranges[0] : undefined;
  const limit = (of: AmountFragment | null | undefined): number | null => {
    const n = of && !of.comparator ? numberOf(of.value) : null;
    if (!of || n === null) return null;
    const y = onto(unitOf(of, units), axis, units)?.(n);
    return y !== undefined && Number.isFinite(y) ? y : null;
  };
  return { low: limit(range?.low), high: limit(range?.high) };
}

/** Oldest first within each run; the runs by when they last measured. */
function runsOf(points: readonly { readonly drawable: Drawable; readonly point: Point }[]): Run[] {
  const runs = new Map<string, { lab: string; unit: string; points: Point[] }>();
  for (const { drawable, point } of points) {
    const reading = drawable.row.shown;
    const lab = labOf(reading);
    // The code says the method as far as anything does: eGFR by MDRD and by CKD-EPI have different ones.
    const key = JSON.stringify([lab, signatureOf(reading).codes, drawable.unit.key]);
    const run = runs.get(key) ?? { lab, unit: drawable.unit.shown, points: [] };
    run.points.push(point);
    runs.set(key, run);
  }
  return [...runs].map(([key, run]) => ({ key, ...run, points: [...run.points].sort((a, b) => a.at - b.at) }));
}

function conversions(points: readonly { readonly drawable: Drawable; readonly point: Point }[], axis: Unit): string[] {
  const from = [...new Set(points.filter((p) => p.point.converted).map((p) => p.drawable.unit.shown))];
  return from.map((unit) => `Values in ${unit} are converted to ${axis.shown} for this chart only; the table shows them as reported.`);
}

/** Who measured: the performing organisation, else the one whose record it is, else the system. */
export function labOf(reading: Reading): string {
  const { author, provenance } = reading.entry;
  return author?.organisation?.name ?? provenance?.organisation?.name ?? provenance?.source?.name ?? "Source withheld";
}

/** A chart in one sentence, for those who do not see it. */
export function described(axis: Axis, when: (at: number) => string): string {
  const points = axis.runs.flatMap((r) => r.points).sort((a, b) => a.at - b.at);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return `${axis.test}: nothing to draw.`;
  const exact = points.filter((p) => p.sign === "exact").sort((a, b) => a.y - b.y);
  const [low, high] = [exact[0], exact.at(-1)];
  const extent = low !== undefined && high !== undefined && low.y < high.y ? ` Lowest ${low.words} on ${when(low.at)}, highest ${high.words} on ${when(high.at)}.` : "";
  const span = points.length === 1 ? `1 value, ${last.words} on ${when(last.at)}` : `${points.length} values from ${when(first.at)} to ${when(last.at)}; the newest is ${last.words}`;
  return `${axis.test} in ${axis.unit}: ${span}.${extent} Every value is in the table below.`;
}
