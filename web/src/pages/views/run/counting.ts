import type { ViewCount } from "../../../api/views";
import { list } from "../../../ui/words";

/** One bar: how many people have a value. Null people is a number that is too small to be told. */
export interface Bar {
  readonly label: string;
  readonly people: number | null;
}

export interface Counted {
  readonly bars: readonly Bar[];
  /** All people together; undefined if that was not said, null if it may not be told. */
  readonly total: number | null | undefined;
}

/** What stands for a count that is held back. */
export const suppressed = "fewer than can be told";

/** The counts of one column, the most people first; those without a value stand last, for that is no value. */
export function counted(counts: readonly ViewCount[], someIncomplete: boolean): Counted {
  const total = counts.find((c) => c.total.length > 0);
  const bars = counts
    .filter((c) => c.total.length === 0)
    .map((c) => ({ none: (c.values[0] ?? null) === null, label: c.values[0] ?? (someIncomplete ? "No value, or not answered" : "Nothing recorded"), people: c.people ?? null }))
    .sort((a, b) => Number(a.none) - Number(b.none) || (b.people ?? -1) - (a.people ?? -1) || a.label.localeCompare(b.label, "en-GB", { numeric: true }));
  return { bars: bars.map(({ label, people }) => ({ label, people })), total: total === undefined ? undefined : (total.people ?? null) };
}

/** A count in words. */
export function peopleWords(people: number | null): string {
  return people === null ? suppressed : String(people);
}

/** What a chart shows, for those who do not see it; the table beside it has every number. */
export function chartWords(column: string, bars: readonly Bar[]): string {
  const first = bars.slice(0, 3).map((b) => `${b.label}, ${peopleWords(b.people)}`);
  return `People by ${column}: ${first.length === 0 ? "nobody" : list(first)}${bars.length > 3 ? `; ${bars.length - 3} more in the table` : ""}`;
}
