/* When something was, in numbers: for the order of a table and the place on a time axis. */

const day = 86_400_000;

/** How exactly a date is known. */
export type Precision = "year" | "month" | "day" | "time" | "none";

export function precision(date: string | null): Precision {
  if (date === null) return "none";
  if (/^\d{4}$/.test(date)) return "year";
  if (/^\d{4}-\d\d$/.test(date)) return "month";
  if (/^\d{4}-\d\d-\d\d$/.test(date)) return "day";
  return /^\d{4}-\d\d-\d\dT/.test(date) && Number.isFinite(Date.parse(date)) ? "time" : "none";
}

/** The moment in milliseconds, a day at its noon and a month or year at its beginning: never later than it can have been by more than half a day. Null if unknown. */
export function moment(date: string | null): number | null {
  const known = precision(date);
  if (date === null || known === "none") return null;
  const begin = Date.parse(known === "year" ? `${date}-01-01` : known === "month" ? `${date}-01` : date);
  if (!Number.isFinite(begin)) return null;
  return known === "day" ? begin + day / 2 : begin;
}

/** The moment in seconds for a time axis; null unless the day is known, because a point says when. */
export function plotted(date: string | null): number | null {
  const known = precision(date);
  const at = known === "day" || known === "time" ? moment(date) : null;
  return at === null ? null : at / 1000;
}

/** Newest first; what has no date comes last. */
export function newestFirst(a: { readonly date: string | null }, b: { readonly date: string | null }): number {
  return (moment(b.date) ?? -Infinity) - (moment(a.date) ?? -Infinity) || 0;
}
