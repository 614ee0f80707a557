import type { ViewColumn, ViewFacts, ViewRunFacts } from "../../api/views";
import type { Choice } from "../../ui/SelectField";
import type { Tone } from "../../ui/Tag";
import { formatDay, formatInstant } from "../../ui/dates";
import { coded, count, fieldWords, sentence } from "../../ui/words";

/** What a view is for, in words: the codes of HL7 are the server's. */
export const purposes: readonly { readonly code: string; readonly words: string; readonly hint: string; readonly secondary: boolean }[] = [
  { code: "TREAT", words: "Care of these people", hint: "What you need to treat or care for the people on your list", secondary: false },
  { code: "CAREMGT", words: "Managing care", hint: "Who is due for what, and who is waiting, among the people you look after", secondary: false },
  { code: "HOPERAT", words: "Service planning", hint: "Numbers about a service. Whoever opted out is left out, and nobody is named", secondary: true },
  { code: "HRESCH", words: "Research", hint: "An approved study. Whoever opted out is left out, and nobody is named", secondary: true },
];

export function purposeWords(code: string): string {
  return purposes.find((p) => p.code === code)?.words ?? coded(code);
}

/** Whether it is for another purpose than the care of the people themselves. */
export function isSecondary(code: string): boolean {
  return purposes.find((p) => p.code === code)?.secondary ?? false;
}

/** The purposes that a role works for. */
export function purposesOf(role: string): typeof purposes {
  return purposes.filter((p) => p.secondary === (role === "analyst"));
}

/** What a column shows of a section with several entries. */
export const takes: readonly Choice[] = [
  { code: "EACH", words: "A row for each entry" },
  { code: "LATEST", words: "The newest entry" },
  { code: "ALL", words: "All entries in one cell" },
  { code: "COUNT", words: "How many there are" },
];

const states: Readonly<Record<ViewFacts["state"], readonly [words: string, tone: Tone]>> = {
  DRAFT: ["Draft", "quiet"],
  SUBMITTED: ["Waits for approval", "warning"],
  APPROVED: ["Approved", "good"],
  REJECTED: ["Rejected", "danger"],
  WITHDRAWN: ["Withdrawn", "quiet"],
};

export function stateWords(view: Pick<ViewFacts, "state">): string {
  return states[view.state][0];
}

export function stateTone(view: Pick<ViewFacts, "state">): Tone {
  return states[view.state][1];
}

const runStates: Readonly<Record<ViewRunFacts["state"], string>> = {
  QUEUED: "Waits for its turn",
  RUNNING: "Running",
  DONE: "Done",
  FAILED: "Failed",
  REFUSED: "Refused",
  CANCELLED: "Cancelled",
  EXPIRED: "Its rows are gone",
};

export function runWords(run: Pick<ViewRunFacts, "state">): string {
  return runStates[run.state];
}

/** What a run has come to, in a line. */
export function runLine(run: ViewRunFacts): string {
  return [
    run.created ? formatInstant(run.created) : "",
    `version ${run.version}`,
    run.state === "DONE" ? `${count(run.people, "person", "people")}, ${count(run.rows, "row")}` : runWords(run).toLowerCase(),
    run.state === "DONE" && run.waiting > 0 ? `${count(run.waiting, "answer")} missing` : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The words for a field by its path: `dose.text` is "Dose", `birthDate` "Birth date". What an entry is coded as, in words, is what it is. */
export function pathWords(path: string): string {
  if (path === "code.text") return "What it is";
  const parts = path.split(".");
  const said = parts.length > 1 && parts.at(-1) === "text" ? parts.slice(0, -1) : parts;
  return sentence(
    said
      .map((part) => fieldWords(part.replaceAll("NHS", "Nhs")))
      .join(", ")
      .replace(/\bnhs\b/g, "NHS")
      .replace(/\bgp\b/g, "GP"),
  );
}

/** The same within a sentence. */
export function pathInside(path: string): string {
  const words = pathWords(path);
  return /^(NHS|GP)\b/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}

/** Who may run it, in words. */
export function audienceWords(view: Pick<ViewFacts, "roles" | "organisations">): string {
  const who = view.roles.length === 0 ? "Everybody who may use views" : view.roles.map((r) => coded(r)).join(", ");
  return view.organisations.length === 0 ? who : `${who}, at ${view.organisations.join(", ")}`;
}

/** What a column shows, in words. */
export function columnWords(column: ViewColumn, title: (section: string) => string): string {
  const of = title(column.section);
  if (column.take === "COUNT") return `${of}: how many there are`;
  const take = column.take ? takes.find((t) => t.code === column.take)?.words.toLowerCase() : undefined;
  return `${of}: ${pathInside(column.field ?? "")}${take === undefined ? "" : ` (${take})`}`;
}

/** The last day of an approval, which ends with that day. */
export function lastDay(until: string): string {
  const end = Date.parse(until);
  return Number.isNaN(end) ? until : formatDay(new Date(end - 1).toISOString());
}
