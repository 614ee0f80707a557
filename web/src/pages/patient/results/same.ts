import { numberOf } from "./numbers";
import { moment, precision } from "./moments";
import { isWithdrawn, type Reading } from "./readings";

/** One row: a reading, with the copies that other systems hold of it. */
export interface Row {
  /** The original that is shown: the laboratory's own before a copy, the more exact date before the less exact. */
  readonly shown: Reading;
  /** All originals, the shown one first. */
  readonly originals: readonly Reading[];
}

/**
 * Folds what two systems hold of one measurement, as a practice holds the laboratory's result: the
 * same test (given), another source, the same moment, and the same value in the same unit. Both
 * originals stay and can be opened. What is withdrawn is folded with nothing: a copy that its
 * holder has not withdrawn must be seen beside it.
 */
export function rows(readings: readonly Reading[]): Row[] {
  const byValue = new Map<string, Reading[]>();
  for (const reading of readings) {
    const key = valueKey(reading) ?? `alone ${reading.key}`;
    byValue.set(key, [...(byValue.get(key) ?? []), reading]);
  }
  const rowOf = new Map<Reading, Row>();
  for (const alike of byValue.values()) {
    for (const originals of alike.length > 1 ? folded(alike) : [alike]) {
      const sorted = [...originals].sort(best);
      const shown = sorted[0];
      if (shown !== undefined) originals.forEach((r) => rowOf.set(r, { shown, originals: sorted }));
    }
  }
  return distinctRows(readings, rowOf);
}

/** In the order of the readings, each row where its shown original stands. */
function distinctRows(readings: readonly Reading[], rowOf: ReadonlyMap<Reading, Row>): Row[] {
  return readings.flatMap((r) => {
    const row = rowOf.get(r);
    return row?.shown === r ? [row] : [];
  });
}

/** Those at one moment, if each is of another source; otherwise nobody can say which is whose copy, and all stand alone. */
function folded(alike: readonly Reading[]): Reading[][] {
  const groups = new Map<string, Reading[]>();
  for (const r of alike) {
    const key = `${precision(r.date)} ${moment(r.date) ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), r]);
  }
  return [...groups.values()].flatMap((group) => {
    const sources = group.map((r) => r.entry.provenance?.source?.id ?? null);
    const distinct = !sources.includes(null) && new Set(sources).size === group.length;
    return distinct ? [group] : group.map((r) => [r]);
  });
}

/** Equal for readings that state the same; null for one that states nothing that could be compared. */
function valueKey(r: Reading): string | null {
  if (isWithdrawn(r) || !["day", "time"].includes(precision(r.date))) return null;
  const value = r.original.value;
  const amount = value?.quantity;
  if (amount?.value) {
    const n = numberOf(amount.value);
    // 7.10 and 7.1 are one value; a unit is the same only if its code and its words are.
    return n === null ? null : JSON.stringify(["number", amount.comparator ?? "", n, amount.code ?? "", amount.unit ?? "", r.date?.slice(0, 10)]);
  }
  const words = value?.concept?.label ?? value?.text;
  return words ? JSON.stringify(["words", words, r.date?.slice(0, 10)]) : null;
}

/** A report before an observation, one with a range before one without; then by the source's id, so that the order of answering decides nothing. */
function best(a: Reading, b: Reading): number {
  const weight = (r: Reading) => (["gp", "primary-care"].includes(r.entry.provenance?.source?.careSetting ?? "") ? 4 : 0) + (r.from === "report" ? 0 : 2) + ((r.original.ranges ?? []).length > 0 ? 0 : 1);
  return weight(a) - weight(b) || ((a.entry.provenance?.source?.id ?? "") < (b.entry.provenance?.source?.id ?? "") ? -1 : 1);
}
