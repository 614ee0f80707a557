/*
 * Dates as the NHS Common User Interface writes them: DD-Mmm-YYYY, and only as exact as
 * the source knew. Times are shown on the clock of the United Kingdom.
 */

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "numeric",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** Shows `1956`, `1956-03`, `1956-03-12` or a date-time; what cannot be read is shown as it came. */
export function formatDate(date: string): string {
  const [, year, month, day, rest] = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(T.+)?)?)?$/.exec(date) ?? [];
  if (year === undefined) return date;
  if (rest !== undefined) return formatInstant(date);
  const name = month === undefined ? undefined : months[Number(month) - 1];
  if (month !== undefined && name === undefined) return date;
  return [day, name, year].filter((part) => part !== undefined).join("-");
}

/** Shows the day alone, whatever else is known. */
export function formatDay(date: string): string {
  return date.includes("T") ? (formatInstant(date).split(" ")[0] ?? date) : formatDate(date);
}

/** Shows a moment as DD-Mmm-YYYY HH:MM. */
export function formatInstant(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const part = Object.fromEntries(clock.formatToParts(at).map((p) => [p.type, p.value]));
  const month = months[Number(part.month) - 1] ?? "";
  return `${part.day ?? ""}-${month}-${part.year ?? ""} ${part.hour ?? ""}:${part.minute ?? ""}`;
}

/** Shows a moment as HH:MM if it is on the day of `now`, else with its day. */
export function formatClock(instant: string, now: Date = new Date()): string {
  const full = formatInstant(instant);
  const [day, time] = full.split(" ");
  return time !== undefined && day === formatInstant(now.toISOString()).split(" ")[0] ? time : full;
}

/** Shows a stretch of time; no end is left open, because it may only be unknown. */
export function formatPeriod(start: string | null | undefined, end: string | null | undefined): string {
  if (start && end) {
    const from = formatDate(start);
    const to = formatDate(end);
    return from === to ? from : `${from} to ${to}`;
  }
  if (start) return `from ${formatDate(start)}`;
  return end ? `to ${formatDate(end)}` : "";
}

/**
 * Age as the NHS CUI patient banner words it: days under 4 weeks, weeks and days under a
 * year, months and days under two, years and months under 18, then years. Empty where
 * the birth date is not known to the day or lies after `on`.
 */
export function age(birthDate: string, on: string): string {
  const born = dayOf(birthDate);
  const then = dayOf(on);
  if (born === null || then === null || then < born) {
    return yearsApart(birthDate, on) ?? "";
  }
  const days = Math.round((then.getTime() - born.getTime()) / 86_400_000);
  if (days < 28) return `${days}d`;
  let monthCount = (then.getUTCFullYear() - born.getUTCFullYear()) * 12 + then.getUTCMonth() - born.getUTCMonth();
  if (then.getUTCDate() < born.getUTCDate()) monthCount--;
  if (monthCount < 12) return joined(Math.floor(days / 7), "w", days % 7, "d");
  if (monthCount < 24) return joined(monthCount, "m", daysAfter(born, monthCount, then), "d");
  if (monthCount < 216) return joined(Math.floor(monthCount / 12), "y", monthCount % 12, "m");
  return `${Math.floor(monthCount / 12)}y`;
}

/**
 * How long before (or after) the day `on` something was, in the coarsest unit that says
 * enough, and no more exactly than the date is known. Empty where it cannot be read.
 */
export function howLongAgo(date: string, on: string): string {
  const known = date.includes("T") ? dayAt(date) : date;
  const [year, month] = /^(\d{4})(?:-(\d\d))?/.exec(known) ?? [];
  const then = dayOf(on);
  if (year === undefined || then === null) return "";
  const day = dayOf(known);
  if (day !== null) return spoken(Math.round((then.getTime() - day.getTime()) / 86_400_000), monthsBetween(day, then));
  const months = (then.getUTCFullYear() - Number(year)) * 12 + then.getUTCMonth() - (Number(month ?? 1) - 1);
  if (month !== undefined) return months === 0 ? "this month" : spoken(months > 0 ? Infinity : -Infinity, months);
  const years = then.getUTCFullYear() - Number(year);
  return years === 0 ? "this year" : Math.abs(years) === 1 ? (years > 0 ? "last year" : "next year") : years > 0 ? `about ${years} years ago` : `in about ${-years} years`;
}

/** Whole months from one day to another; negative if it lies after. */
function monthsBetween(from: Date, to: Date): number {
  if (to < from) return -monthsBetween(to, from);
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return to.getUTCDate() < from.getUTCDate() ? months - 1 : months;
}

function spoken(days: number, months: number): string {
  if (days === 0) return "today";
  if (days === 1) return "yesterday";
  if (days === -1) return "tomorrow";
  const [n, unit] = Math.abs(days) < 14 ? [Math.abs(days), "day"] : Math.abs(months) < 2 && Number.isFinite(days) ? [Math.floor(Math.abs(days) / 7), "week"] : Math.abs(months) < 24 ? [Math.abs(months), "month"] : [Math.floor(Math.abs(months) / 12), "year"];
  const length = `${n} ${unit}${n === 1 ? "" : "s"}`;
  return days > 0 ? `${length} ago` : `in ${length}`;
}

/** The day of a moment on the clock of the United Kingdom, as YYYY-MM-DD; what cannot be read as it came. */
function dayAt(instant: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : today(at);
}

function joined(a: number, unitA: string, b: number, unitB: string): string {
  return b === 0 ? `${a}${unitA}` : `${a}${unitA} ${b}${unitB}`;
}

function daysAfter(born: Date, monthCount: number, then: Date): number {
  const anniversary = Date.UTC(born.getUTCFullYear(), born.getUTCMonth() + monthCount, born.getUTCDate());
  return Math.max(0, Math.round((then.getTime() - anniversary) / 86_400_000));
}

/** With only the year of birth known, an age is one of two numbers. */
function yearsApart(birthDate: string, on: string): string | null {
  const born = /^(\d{4})(-\d\d)?$/.exec(birthDate);
  const then = /^(\d{4})/.exec(on);
  if (!born || !then) return null;
  const years = Number(then[1]) - Number(born[1]);
  if (years < 1) return null;
  return `${years - 1}y or ${years}y`;
}

function dayOf(date: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(date);
  return match ? new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))) : null;
}

/** Today on the clock of the United Kingdom, as YYYY-MM-DD. */
export function today(now: Date = new Date()): string {
  const part = Object.fromEntries(clock.formatToParts(now).map((p) => [p.type, p.value]));
  return `${part.year ?? ""}-${(part.month ?? "").padStart(2, "0")}-${part.day ?? ""}`;
}
