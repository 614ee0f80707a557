import type { Statement } from "../../components/EntryRow";

/* Most dangerous, then newest: a total order, so that the same record always reads the same. */

/** Compares place by place; what is missing is the least dangerous. */
export function byDanger(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? Infinity) - (b[i] ?? Infinity);
    if (difference < 0 || difference > 0) return difference;
  }
  return 0;
}

/** The most dangerous of each place: never milder than any. */
export function worst(all: readonly (readonly number[])[]): readonly number[] {
  const places = Math.max(0, ...all.map((d) => d.length));
  return Array.from({ length: places }, (_, i) => Math.min(...all.map((d) => d[i] ?? Infinity)));
}

/** The newest first; what has no readable date last. */
export function byNewest(a: string | null, b: string | null): number {
  const [one, other] = [moment(a), moment(b)];
  return one === other ? 0 : other > one ? 1 : -1;
}

/** `1956`, `1956-03`, `1956-03-12` or a date-time as a number; a day begins at its midnight. */
export function moment(date: string | null): number {
  if (date === null || !/^\d{4}(-\d\d(-\d\d(T.+)?)?)?$/.test(date)) return -Infinity;
  const at = Date.parse(date);
  return Number.isNaN(at) ? -Infinity : at;
}

/** What tells two statements apart when nothing clinical does. */
export function identity(entry: Statement): string {
  return [entry.provenance?.source?.id, entry.provenance?.localId, entry.id, entry.code?.label].map((part) => part ?? "").join("\u0000");
}

export function byIdentity(a: Statement, b: Statement): number {
  const [one, other] = [identity(a), identity(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}
