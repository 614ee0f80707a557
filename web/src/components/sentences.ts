import type { Completeness, Outcome } from "../api";
import { formatDay, formatInstant } from "../ui/dates";
import { isolated } from "../ui/direction";
import type { MessageTone } from "../ui/Message";
import { fieldWords, list, stop } from "../ui/words";

/** What a section calls its own emptiness. */
export interface Wording {
  /** As in "No known allergies". */
  readonly things: string;
}

export interface Sentence {
  readonly tone: MessageTone;
  readonly text: string;
}

export function sourceName(outcome: Pick<Outcome, "source">): string {
  return isolated(outcome.source?.name ?? outcome.source?.id ?? "A system");
}

/**
 * Everything a reader must be told about a section beside its rows: a different sentence
 * for pending, partial, withheld, unavailable, conflict, none known and not recorded.
 * "None" is only ever said when the server's verdict says it (hazard H-02).
 */
export function sentences(section: Completeness, { things }: Wording): Sentence[] {
  const said = verdictSentence(section, things);
  const gaps = gapSentences(section, things);
  const asserted = section.verdict === "UNAVAILABLE" || section.verdict === "PENDING" || section.verdict === "WITHHELD" ? assertions(section, things) : [];
  return [...said, ...gaps, ...asserted, ...withheldFields(section)];
}

function verdictSentence(section: Completeness, things: string): Sentence[] {
  switch (section.verdict) {
    case "KNOWN":
    case "KNOWN_INCOMPLETE":
      return [];
    case "CONFLICT":
      return [{ tone: "conflict", text: `Systems disagree. ${statedNone(section, things)}, and the statements below say otherwise.` }];
    case "NONE_KNOWN":
      return [{ tone: "none", text: `No known ${things}. ${statedNone(section, things)}.` }];
    case "NOT_RECORDED":
      return [
        {
          tone: "plain",
          text: `Not recorded. ${list(named(section, ["EMPTY", "ANSWERED"]))} answered and ${
            named(section, ["EMPTY", "ANSWERED"]).length === 1 ? "holds" : "hold"
          } no ${things}; nobody has stated that there are none.`,
        },
      ];
    case "WITHHELD": {
      const why = commonReason(section);
      return [{ tone: "withheld", text: `Withheld from you.${why ? ` ${stop(why)}` : ""} There may be ${things} that you are not shown.` }];
    }
    case "PENDING":
      return [{ tone: "waiting", text: `Still waiting. Nothing has arrived yet; this does not mean that there are no ${things}.` }];
    case "UNAVAILABLE":
      return [{ tone: "missing", text: `Unavailable. ${nobodyAsked(section) ? "No system could be asked for" : "Not every system answered about"} ${things}; this does not mean that there are none.` }];
  }
}

/** The one reason for which every system's answer is withheld; "" if there are several or others are missing. */
function commonReason(section: Completeness): string {
  const reasons = new Set(section.missing.map((o) => (o.status === "WITHHELD" ? (o.reason ?? "") : "")));
  return section.verdict === "WITHHELD" && reasons.size === 1 ? ([...reasons][0] ?? "") : "";
}

function nobodyAsked(section: Completeness): boolean {
  return section.outcomes.every((o) => o.status === "NOT_OFFERED" || o.status === "NOT_REGISTERED");
}

/** One sentence for each kind of gap, naming the systems. */
function gapSentences(section: Completeness, things: string): Sentence[] {
  if (commonReason(section) !== "") return []; // said already, and each system is named in the card's foot
  const some = section.total > 0;
  const groups = new Map<string, { first: Outcome; names: string[] }>();
  for (const outcome of section.missing) {
    const key = `${outcome.status}|${outcome.reason ?? ""}|${outcome.since ?? ""}`;
    const group = groups.get(key) ?? { first: outcome, names: [] };
    group.names.push(sourceName(outcome));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, names }) => gapSentence(first, names, things, some));
}

function gapSentence(outcome: Outcome, names: readonly string[], things: string, some: boolean): Sentence {
  const who = list(names);
  const more = some ? `more ${things}` : things;
  const why = outcome.reason ? ` ${isolated(stop(outcome.reason))}` : "";
  switch (outcome.status) {
    case "PENDING":
      return { tone: "waiting", text: `Waiting for ${who}. ${some ? `There may be ${more}.` : ""}`.trim() };
    case "TIMED_OUT":
      return { tone: "missing", text: `${who} did not answer in time. There may be ${more}.` };
    case "PARTIAL":
      return { tone: "missing", text: `Partial. ${who} answered, and something is missing from the answer.${why}` };
    case "WITHHELD":
      return { tone: "withheld", text: `Withheld by ${who}.${why}` };
    case "MISMATCHED":
      return { tone: "missing", text: `${who}: what it holds could not be tied to this person and is not shown.${why}` };
    default: {
      const since = outcome.since ? ` Since ${formatInstant(outcome.since)}.` : "";
      return { tone: "missing", text: `${who} could not be read.${why}${since} There may be ${more}.` };
    }
  }
}

/** A statement of none that does not carry the section, because somebody else is silent. */
function assertions(section: Completeness, things: string): Sentence[] {
  const stated = statedNone(section, things);
  return stated === "" ? [] : [{ tone: "plain", text: `${stated}; that is one system's word, not the whole answer.` }];
}

function statedNone(section: Completeness, things: string): string {
  const statements = section.outcomes.flatMap((outcome) =>
    (outcome.asserted ?? []).map((a) => {
      const by = a.by?.name ? ` by ${isolated(a.by.name)}` : "";
      const on = a.date ? ` on ${formatDay(a.date)}` : "";
      return `${sourceName(outcome)} holds “${isolated(a.code?.label ?? `no known ${things}`)}”, stated${by}${on}`.replace(/, stated$/, "");
    }),
  );
  return list(statements);
}

function withheldFields(section: Completeness): Sentence[] {
  if (section.withheldFields.length === 0) return [];
  const fields = section.withheldFields.map(fieldWords);
  return [{ tone: "withheld", text: `Details withheld from you: ${list(fields)}.` }];
}

function named(section: Completeness, statuses: readonly Outcome["status"][]): string[] {
  return section.outcomes.filter((o) => statuses.includes(o.status)).map(sourceName);
}

/** One outcome in a few words, for the list of what each system answered. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome.status) {
    case "ANSWERED":
      return `answered with ${outcome.count}`;
    case "ASSERTED_NONE":
      return "states that there are none";
    case "EMPTY":
      return "answered, nothing recorded";
    case "PENDING":
      return "has not answered yet";
    case "TIMED_OUT":
      return "did not answer in time";
    case "UNAVAILABLE":
      return "could not be read";
    case "PARTIAL":
      return `answered with ${outcome.count}, something is missing`;
    case "WITHHELD":
      return "held back";
    case "MISMATCHED":
      return "not this person; not shown";
    case "NOT_REGISTERED":
      return "does not know this person";
    case "NOT_OFFERED":
      return "does not offer this section";
    case "UNKNOWN":
      return "not known";
  }
}
