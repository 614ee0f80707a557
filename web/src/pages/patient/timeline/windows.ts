/*
 * Stretches of time as the axis moves over them: whole days, both ends included, as
 * YYYY-MM-DD. Nothing here knows a clock: today is given.
 */

export interface Window {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;

function ms(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** How many days a window has. */
export function length(w: Window): number {
  return Math.round((ms(w.to) - ms(w.from)) / dayMs) + 1;
}

/** The days of a year, a month or a day. */
export function windowOf(bucket: string): Window {
  if (bucket.length === 4) return { from: `${bucket}-01-01`, to: `${bucket}-12-31` };
  if (bucket.length === 7) {
    const [year = 0, month = 1] = bucket.split("-").map(Number);
    return { from: `${bucket}-01`, to: dayOf(Date.UTC(year, month, 0)) };
  }
  return { from: bucket, to: bucket };
}

/** From the first day of one to the last of the other, in whatever order. */
export function across(a: string, b: string): Window {
  const [first, last] = a <= b ? [a, b] : [b, a];
  return { from: windowOf(first).from, to: windowOf(last).to };
}

/** Half as long around its middle, and never shorter than a week. */
export function zoomedIn(w: Window): Window {
  const days = length(w);
  const kept = Math.max(7, Math.round(days / 2));
  if (kept >= days) return w;
  const from = ms(w.from) + Math.floor((days - kept) / 2) * dayMs;
  return { from: dayOf(from), to: dayOf(from + (kept - 1) * dayMs) };
}

/** Twice as long; null, which is all of it, once it reaches over the whole span. */
export function zoomedOut(w: Window, span: Window): Window | null {
  const more = Math.ceil(length(w) / 2);
  const wide = { from: dayOf(ms(w.from) - more * dayMs), to: dayOf(ms(w.to) + more * dayMs) };
  return wide.from <= span.from && wide.to >= span.to ? null : within(wide, span);
}

/** As long, before or after; null if nothing lies there. */
export function moved(w: Window, by: -1 | 1, span: Window): Window | null {
  if (by < 0 ? w.from <= span.from : w.to >= span.to) return null;
  const step = by * length(w) * dayMs;
  return within({ from: dayOf(ms(w.from) + step), to: dayOf(ms(w.to) + step) }, span);
}

/** As long as it was, moved so that it does not reach beyond the span. */
function within(w: Window, span: Window): Window {
  const days = length(w);
  if (w.from < span.from) return { from: span.from, to: dayOf(ms(span.from) + (days - 1) * dayMs) };
  if (w.to > span.to) return { from: dayOf(ms(span.to) - (days - 1) * dayMs), to: span.to };
  return w;
}

/** The last so many months up to today and whatever lies ahead. */
export function lastMonths(months: number, today: string): string {
  const [year = 0, month = 1, day = 1] = today.split("-").map(Number);
  const target = new Date(Date.UTC(year, month - 1 - months, 1));
  const days = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(target.getUTCFullYear(), target.getUTCMonth(), Math.min(day, days)));
}

/** So many days before. */
export function daysBefore(today: string, days: number): string {
  return dayOf(ms(today) - days * dayMs);
}

/** The last Friday before today, where a weekend may lie between; on a Saturday it is yesterday. */
export function lastFriday(today: string): string {
  const weekday = new Date(ms(today)).getUTCDay(); // Sunday is 0
  return daysBefore(today, ((weekday + 1) % 7) + 1);
}

const london = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London", year: "numeric", month: "2-digit", day: "2-digit" });

/** Today on the clock of the United Kingdom. */
export function todayAt(now: Date): string {
  return london.format(now);
}

/** Every year, month or day of a window, oldest first: the places of an axis. */
export function places(w: Window, scale: "YEAR" | "MONTH" | "DAY"): string[] {
  const list: string[] = [];
  const [year = 0, month = 1, day = 1] = w.from.split("-").map(Number);
  const size = { YEAR: 4, MONTH: 7, DAY: 10 }[scale];
  for (let i = 0; i < 2000; i++) {
    const at = scale === "YEAR" ? Date.UTC(year + i, 0, 1) : scale === "MONTH" ? Date.UTC(year, month - 1 + i, 1) : Date.UTC(year, month - 1, day + i);
    const place = dayOf(at).slice(0, size);
    if (place > w.to.slice(0, size)) return list;
    list.push(place);
  }
  return list;
}
