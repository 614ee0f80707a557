import type { Cell, CellEntry, CellPart, Column, Outcome } from "../../../api";
import { type Sentence, sentences, sourceName } from "../../../components/sentences";
import { found } from "../../../components/values";
import { sectionThings } from "../../../sections";
import { formatClock, formatDate, today } from "../../../ui/dates";
import type { MessageTone } from "../../../ui/Message";
import { list } from "../../../ui/words";

/*
 * What stands in a cell. A system that has not answered never reads as none (hazard
 * H-02): only a verdict to which every system has contributed says so.
 */

export interface CellWords {
  /** The number, the entry, or why there is none. */
  readonly main: string;
  /** When it was; "" where that goes without saying. */
  readonly when: string;
  /** `known` is what a system has said; everything else is said with its sign. */
  readonly tone: MessageTone | "known";
  /** Whose answers are missing, and how; "" if nobody's are. */
  readonly gap: string;
  /** How old the oldest answer is, where that is not the time of reading; "" for fresh. */
  readonly age: string;
  /** The section's own sentences, for whoever asks why. */
  readonly why: readonly Sentence[];
}

/** `cell` is undefined until it has been answered; `problem` says why it is not being asked any more. */
export function cellWords(column: Column, cell: Cell | undefined, problem: string | null, now: Date = new Date()): CellWords {
  if (cell === undefined) return { main: problem === null ? "Waiting" : "Unavailable", when: "", tone: problem === null ? "waiting" : "missing", gap: "", age: "", why: [] };
  const things = sectionThings(column.section);
  const said = shown(column, cell, things, now);
  return { ...said, gap: gapOf(cell), age: ageOf(cell, now), why: said.tone === "known" && cell.missing.length === 0 ? [] : sentences(cell, { things }) };
}

type Shown = Pick<CellWords, "main" | "when" | "tone">;

function shown(column: Column, cell: Cell, things: string, now: Date): Shown {
  switch (cell.verdict) {
    case "PENDING":
      return only("Waiting", "waiting");
    case "UNAVAILABLE":
      return only("Unavailable", "missing");
    case "WITHHELD":
      return only("Withheld from you", "withheld");
    case "NONE_KNOWN":
      return only(`No known ${things}`, "none");
    case "NOT_RECORDED":
      return only("Not recorded", "plain");
    case "CONFLICT":
      return column.show === "COUNT" ? { main: `${cell.total}, systems disagree`, when: "", tone: "conflict" } : { ...entryOf(column, cell, now), tone: "conflict" };
    case "KNOWN":
    case "KNOWN_INCOMPLETE":
      return column.show === "COUNT" ? counted(cell) : entryOf(column, cell, now);
  }
}

function only(main: string, tone: CellWords["tone"]): Shown {
  return { main, when: "", tone };
}

function counted(cell: Cell): Shown {
  if (cell.total === 0) return nothing(cell, "Not recorded");
  return only(cell.missing.length > 0 ? `At least ${cell.total}` : String(cell.total), "known");
}

/** Nothing to show of a section that has something: none only if every system has told all it holds. */
function nothing(cell: Cell, none: string): Shown {
  if (cell.missing.length === 0) return only(none, "plain");
  if (cell.missing.some((o) => o.status === "PENDING")) return only("Waiting", "waiting");
  return cell.missing.every((o) => o.status === "WITHHELD") ? only("Withheld from you", "withheld") : only("Unavailable", "missing");
}

function entryOf(column: Column, cell: Cell, now: Date): Shown {
  const entries = cell.entries ?? [];
  if (column.show === "NEXT") return nextOf(cell, entries, now);
  const entry = entries[0];
  if (entry === undefined) return cell.total > 0 ? only("Withheld from you", "withheld") : nothing(cell, "Not recorded");
  const part = partOf(column, entry);
  return { main: part ? measured(part, false) : entryWords(entry, !column.code), when: dateWords(part?.date ?? dateOf(entry)), tone: "known" };
}

const over = ["cancelled", "noshow", "entered-in-error", "fulfilled", "checked-out"];

function nextOf(cell: Cell, entries: readonly CellEntry[], now: Date): Shown {
  if (cell.withheldFields.includes("start")) return only("Withheld from you", "withheld");
  if (cell.total > entries.length) return only("Unavailable", "missing");
  const open = entries.filter((e) => !over.includes(e.status ?? ""));
  const next = open.filter((e) => isToCome(startOf(e), now)).sort((a, b) => moment(startOf(a)) - moment(startOf(b)))[0];
  if (next !== undefined) return { main: entryWords(next, true), when: dateWords(startOf(next)), tone: "known" };
  if (open.some((e) => startOf(e) === "")) return only("On a date not known", "plain");
  return nothing(cell, "None to come is recorded");
}

function startOf(entry: CellEntry): string {
  return entry.start ?? entry.date ?? "";
}

/** A day, month or year that is not over is still to come; a moment only if it is. */
function isToCome(start: string, now: Date): boolean {
  if (start === "") return false;
  return start.includes("T") ? moment(start) >= now.getTime() : start >= today(now).slice(0, start.length);
}

function moment(start: string): number {
  return Date.parse(start);
}

/** Of an entry found by the code of one of its parts, that part. */
function partOf(column: Column, entry: CellEntry): CellPart | null {
  if (!column.code) return null;
  if (entry.measurements && entry.measurements.length > 0) return entry.measurements[0] ?? null;
  const code = column.code.replace(/^.*\|/, "");
  return (entry.components ?? []).find((c) => c.code?.codings?.some((k) => k.code === code)) ?? null;
}

/** A measurement; with its name where the column does not say it. */
function measured(part: CellPart, named: boolean): string {
  const value = found(withoutAnnotation(part.value), part.absent);
  return [named ? part.code?.label : "", value].filter(Boolean).join(" ") || (part.code?.label ?? "Value not stated");
}

/** A unit in braces is a note of UCUM (§2.4) and none: it only says again what is counted. */
function withoutAnnotation(value: CellPart["value"]): Parameters<typeof found>[0] {
  if (!value) return null;
  const { quantity } = value;
  return { ...value, quantity: quantity && /^\{[^}]*\}$/.test(quantity.unit ?? "") ? { ...quantity, unit: null } : quantity } as Parameters<typeof found>[0];
}

function entryWords(entry: CellEntry, named: boolean): string {
  const flags = (entry.interpretation ?? []).map((c) => c.label).filter(Boolean);
  if (entry.value ?? entry.absent) return [measured(entry, named), ...flags].join(", ");
  if (!named && entry.conclusion) return entry.conclusion;
  const who = entry.name?.text ?? entry.professional ?? entry.team;
  const what = entry.title ?? entry.diagnoses?.map((d) => d.label).filter(Boolean).join(", ");
  const why = entry.reason?.label ?? entry.service?.label ?? entry.code?.label ?? entry.class?.display;
  const words = [who, what, why, entry.organisation?.name, entry.ward, entry.location].find(Boolean) ?? "Not stated";
  return flags.length > 0 ? `${words}, ${flags.join(", ")}` : words;
}

function dateOf(entry: CellEntry): string {
  return entry.date ?? entry.start ?? entry.period?.start ?? entry.performed?.start ?? "";
}

function dateWords(date: string): string {
  return date === "" ? "" : formatDate(date);
}

const ways: readonly [Outcome["status"][], (who: string, many: boolean) => string][] = [
  [["PENDING"], (who) => `Waiting for ${who}`],
  [["TIMED_OUT", "UNAVAILABLE", "UNKNOWN"], (who, many) => `${who} ${many ? "do" : "does"} not answer`],
  [["PARTIAL"], (who) => `Incomplete: ${who}`],
  [["MISMATCHED"], (who) => `Not shown: ${who}, not tied to this person`],
  [["WITHHELD"], (who) => `Withheld by ${who}`],
];

function gapOf(cell: Cell): string {
  const gaps = ways.flatMap(([statuses, words]) => {
    const names = cell.missing.filter((o) => statuses.includes(o.status)).map(sourceName);
    return names.length === 0 ? [] : [words(list(names), names.length > 1)];
  });
  // Where everything is withheld it has been said, whoever withholds it.
  return cell.verdict === "WITHHELD" && cell.missing.every((o) => o.status === "WITHHELD") ? "" : gaps.join(". ");
}

const stale = 600;

function ageOf(cell: Cell, now: Date): string {
  const old = cell.outcomes.filter((o) => o.asOf && (o.ageSeconds ?? 0) >= stale).sort((a, b) => (b.ageSeconds ?? 0) - (a.ageSeconds ?? 0));
  const oldest = old[0];
  return oldest?.asOf ? `${list(old.map(sourceName))} as of ${formatClock(oldest.asOf, now)}` : "";
}
