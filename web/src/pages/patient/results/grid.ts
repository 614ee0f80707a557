import { newestFirst } from "./moments";
import { type Row, rows } from "./same";
import type { Test } from "./series";

export interface GridLine {
  readonly test: Test;
  /** The unit of every value shown, where there is one only; null: each cell says its own. */
  readonly unit: string | null;
  /** The rows of each date, in the order of the dates. */
  readonly cells: readonly (readonly Row[])[];
}

export interface Grid {
  /** Every date on which something was measured, newest first. */
  readonly dates: readonly string[];
  /** Tests that have a value on one of the dates shown. */
  readonly lines: readonly GridLine[];
}

/** Tests against dates, as laboratories print cumulative reports; only `width` dates from `from` on. */
export function gridOf(tests: readonly Test[], from: number, width: number): Grid {
  const held = tests.map((test) => ({ test, rows: rows(test.readings) }));
  const all = [...new Set(held.flatMap((h) => h.rows.flatMap((r) => (r.shown.date === null ? [] : [r.shown.date]))))];
  const dates = all.sort((a, b) => newestFirst({ date: a }, { date: b }) || (a < b ? 1 : -1));
  const shown = dates.slice(from, from + width);
  const lines = held.flatMap(({ test, rows }) => {
    const cells = shown.map((date) => rows.filter((r) => r.shown.date === date));
    return cells.some((c) => c.length > 0) ? [{ test, unit: commonUnit(cells.flat()), cells }] : [];
  });
  return { dates, lines };
}

function commonUnit(all: readonly Row[]): string | null {
  const units = new Set(all.flatMap((r) => (r.shown.original.value?.quantity?.value ? [r.shown.original.value.quantity.unit ?? ""] : [])));
  return units.size === 1 ? ([...units][0] ?? "") : null;
}
