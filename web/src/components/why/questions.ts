import type { Completeness, Outcome } from "../../api";
import { fieldWords, list } from "../../ui/words";
import { sourceName } from "../sentences";

/** One "why?" for the server, and what it is about in words. */
export interface Question {
  /** A section (`allergies`) or one of its fields (`allergies.reactions`). */
  readonly resource: string;
  /** The system whose data is meant; null for none in particular. */
  readonly source: string | null;
  /** The security label of the entries that are meant; null for entries without one. */
  readonly label: string | null;
  readonly about: string;
}

/** The labels that may be spoken of; what is marked sensitive is concealed where the law says so. */
const labels = ["restricted", "very-restricted", "safeguarding"];

/** More fields than these are explained by the section as a whole. */
const most = 6;

/**
 * What may be asked about a section of which something is held back: once for every reason,
 * about the first system that gives it, because a section is decided for every system on its own.
 */
export function questions(name: string, section: Completeness): Question[] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of section.missing) {
    if (outcome.status !== "WITHHELD") continue;
    const key = `${outcome.code ?? ""}|${outcome.reason ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  const held = [...groups.values()].flatMap((outcomes) =>
    outcomes
      .slice(0, 1)
      .flatMap((first) => labelsOf(first).map((label) => ({ resource: name, source: first.source?.id ?? null, label, about: list(outcomes.map(sourceName)) }))),
  );
  const speaking = section.outcomes.find((o) => o.status === "ANSWERED" || o.status === "PARTIAL");
  const fields = section.withheldFields.slice(0, most).map((field) => ({ resource: `${name}.${field}`, source: speaking?.source?.id ?? null, label: null, about: fieldWords(field) }));
  return [...held, ...fields];
}

/**
 * The labels that may have held entries back: those that the outcome names, or, because it
 * need not say which entries there are, each that could have.
 */
function labelsOf({ code, reason }: Outcome): readonly (string | null)[] {
  if (!code?.startsWith("label")) return [null];
  const said = `${code} ${reason ?? ""}`.toLowerCase().replace("very restricted", "very-restricted");
  const words = new Set(said.split(/[^a-z-]+/));
  const named = labels.filter((l) => words.has(l));
  return named.length > 0 ? named : labels;
}
