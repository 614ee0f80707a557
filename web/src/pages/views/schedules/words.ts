import type { ViewDifferences, ViewNotice, ViewSchedule } from "../../../api/views";
import type { Choice } from "../../../ui/SelectField";
import type { Tone } from "../../../ui/Tag";
import { formatInstant } from "../../../ui/dates";
import { coded, count, list, stop } from "../../../ui/words";

/** How often a view can be repeated. For other purposes than care not by the hour. */
export function everies(secondary: boolean): readonly Choice[] {
  const all = [
    { code: "HOURLY", words: "Every hour" },
    { code: "DAILY", words: "Every day" },
    { code: "WEEKLY", words: "Every week" },
  ];
  return secondary ? all.slice(1) : all;
}

export const days: readonly Choice[] = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"].map((code) => ({ code, words: coded(code) }));

export const hours: readonly Choice[] = Array.from({ length: 24 }, (_, hour) => ({ code: String(hour), words: hourWords(hour) }));

export const alerts: readonly Choice[] = [
  { code: "NEW", words: "When rows are new" },
  { code: "CHANGED", words: "When rows are new or say something else" },
  { code: "NONE", words: "Never" },
];

export function hourWords(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** "Every Monday at 06:00". */
export function whenWords({ every, hour, day }: Pick<ViewSchedule, "every" | "hour" | "day">): string {
  if (every === "HOURLY") return "Every hour";
  const at = `at ${hourWords(hour ?? 0)}`;
  return every === "DAILY" ? `Every day ${at}` : `Every ${coded(day ?? "MONDAY")} ${at}`;
}

const states: Readonly<Record<ViewSchedule["state"], readonly [words: string, tone: Tone]>> = {
  ACTIVE: ["Goes on", "good"],
  PAUSED: ["Paused", "warning"],
  OVER: ["Its time is over", "quiet"],
};

export function scheduleWords({ state }: Pick<ViewSchedule, "state">): string {
  return states[state][0];
}

export function scheduleTone({ state }: Pick<ViewSchedule, "state">): Tone {
  return states[state][1];
}

const rows = (n: number, what: string) => (n === 0 ? "" : `${count(n, "row")} ${n === 1 ? "is" : "are"} ${what}`);

/** What is other than at the run before, in sentences. That nothing is new is only said where all is known. */
export function differenceWords(d: ViewDifferences): readonly string[] {
  const since = d.since ? `Since ${formatInstant(d.since)}` : "Since the run before";
  const said = [rows(d.new, "new"), rows(d.changed, "changed"), rows(d.gone, "gone")].filter(Boolean);
  const people = [d.came === 0 ? "" : `${count(d.came, "person", "people")} came to the list`, d.left === 0 ? "" : `${count(d.left, "person", "people")} left it`].filter(Boolean);
  return [
    said.length > 0 ? stop(`${since} ${list(said)}`) : d.unknown > 0 ? `${since} nothing is known to be new, changed or gone.` : `${since} no row is new, changed or gone.`,
    people.length > 0 ? stop(list(people).replace(/^\d+ person left it/, (x) => x.replace("it", "the list")).replace(/^\d+ people left it/, (x) => x.replace("it", "the list"))) : "",
  ].filter(Boolean);
}

/** Of what it cannot be told, a sentence; "" where there is nothing. */
export function unknownWords(d: ViewDifferences): string {
  return d.unknown === 0 ? "" : `Of ${count(d.unknown, "row")} it cannot be told whether ${d.unknown === 1 ? "it is" : "they are"} new, changed or gone: a system did not answer then or now, or something is withheld from you.`;
}

/** What a notice says. */
export function noticeWords(n: ViewNotice): string {
  if (n.problem) return stop(n.problem);
  return stop(list([rows(n.new, "new"), rows(n.changed, "changed")].filter(Boolean)));
}

/** What the latest run of a schedule came to, in a line. */
export function lastWords({ lastRun }: ViewSchedule): string {
  if (!lastRun) return "not run yet";
  const at = lastRun.created ? formatInstant(lastRun.created) : "";
  if (lastRun.state === "QUEUED" || lastRun.state === "RUNNING") return `${at}: running`;
  if (lastRun.state !== "DONE" && lastRun.state !== "EXPIRED") return `${at}: ${lastRun.problem ?? coded(lastRun.state).toLowerCase()}`;
  const d = lastRun.differences;
  if (!d) return `${at}: ${count(lastRun.rows, "row")}`;
  return `${at}: ${d.new} new, ${d.changed} changed, ${d.gone} gone${d.unknown > 0 ? `, ${d.unknown} not known` : ""}`;
}
