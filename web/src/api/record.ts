import { ApiError, wasAborted } from "./errors";
import {
  type AccessFactsFragment,
  type CompletenessFragment,
  type OutcomeFactsFragment,
  RecordDocument,
  type RecordQuery,
  type RecordQueryVariables,
  type RegistrationFactsFragment,
} from "./generated/graphql";
import type { Answer } from "./graphql";

export type Outcome = OutcomeFactsFragment;
export type Registration = RegistrationFactsFragment;
/** What stands between the reader and the person: relationships, a broken glass, objections. */
export type Access = AccessFactsFragment;
/** What any section tells beside its entries. */
export type Completeness = Pick<CompletenessFragment, keyof CompletenessFragment>;

type Answered = NonNullable<RecordQuery["patient"]>;
type Required<T> = { [K in keyof T]-?: NonNullable<T[K]> };

/** A section by its field name of Patient. */
export type SectionName = Exclude<keyof RecordQueryVariables, "id" | "wait">;
/** The sections that have been answered so far. */
export type Sections = Partial<Required<Pick<Answered, SectionName>>>;
/** Who the person is and who knows them. */
export type Identity = Omit<Answered, SectionName>;

// A record, so that a section added to the operation cannot be forgotten here.
const named: Record<SectionName, true> = {
  allergies: true,
  alerts: true,
  endOfLife: true,
  medications: true,
  problems: true,
  observations: true,
  results: true,
  procedures: true,
  vaccinations: true,
  documents: true,
  demographics: true,
  practice: true,
  aboutMe: true,
  appointments: true,
  admissions: true,
  discharges: true,
  contacts: true,
  personalContacts: true,
  professionalContacts: true,
  consents: true,
  carePlans: true,
};
export const sectionNames = Object.keys(named) as SectionName[];

export interface RecordState {
  /** Whose record this is; nothing of anybody else is ever in it. */
  readonly id: string;
  readonly identity: Identity | null;
  readonly sections: Sections;
  /** `asking`: the first answer is outstanding. `waiting`: some systems are. `settled`: nobody is. `paused`: some are, and we stopped asking. */
  readonly phase: "asking" | "waiting" | "settled" | "paused";
  /** When the oldest of what is shown was asked for, in milliseconds since 1970; null before anything is shown. */
  readonly read: number | null;
  /** Why the last request came to nothing; what was shown before stays. */
  readonly problem: ApiError | null;
  /** What arrived last, in words for a screen reader. */
  readonly news: string;
}

export function unread(id: string): RecordState {
  return { id, identity: null, sections: {}, phase: "asking", read: null, problem: null, news: "" };
}

export type Ask = (
  operation: typeof RecordDocument,
  variables: RecordQueryVariables,
  signal: AbortSignal,
  passive?: "passive",
) => Promise<Answer<RecordQuery>>;

export interface Follow {
  readonly from: RecordState;
  readonly sections: readonly SectionName[];
  /** Nobody asked for it: the time of something was over. What is asked after the first answer nobody ever asks for. */
  readonly passive?: boolean;
  readonly ask: Ask;
  readonly signal: AbortSignal;
  readonly publish: (state: RecordState) => void;
  /** Waits between two questions; ends early with the signal. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

/** Long enough for systems that are quick, short enough that nobody waits for the others. */
const firstWait = 250;
const secondWait = 600;
const laterWait = 2000;
const patience = 60_000;
const pauses = [0, 0, 500, 1000, 2000, 4000, 8000];

/**
 * Reads the record and goes on asking for what is still awaited, until every system has
 * settled, a minute is over or the signal says that another patient is open. An answer
 * that is not about the patient asked for is dropped (hazard H-01).
 */
export async function follow({ from, sections, passive, ask, signal, publish, pause, now }: Follow): Promise<void> {
  const began = now();
  const asked = Date.now();
  // What is read piece by piece is as old as its oldest piece.
  const whole = sections.length === sectionNames.length;
  const superseded = () => signal.aborted;
  let state = from;
  const show = (next: RecordState) => {
    if (superseded()) return;
    state = next;
    publish(state);
  };
  let wanted = sections;
  for (let round = 0; ; round++) {
    const first = round === 0;
    try {
      const answer = await ask(RecordDocument, variables(state.id, [firstWait, secondWait][round] ?? laterWait, wanted), signal, passive || !first ? "passive" : undefined);
      if (superseded()) return;
      show(merge(state, answer, whole ? asked : (state.read ?? asked)));
    } catch (error) {
      if (superseded() || wasAborted(error)) return;
      const problem = error instanceof ApiError ? error : new ApiError("Something went wrong on this page", "VIEWER");
      show({ ...state, problem, phase: "paused", news: problem.message });
      return;
    }
    wanted = awaited(state);
    if (state.problem !== null || state.phase === "settled") return;
    if (now() - began > patience) {
      show({ ...state, phase: "paused", news: "Some systems have still not answered. You can ask again" });
      return;
    }
    await pause(pauses[Math.min(round, pauses.length - 1)] ?? 0, signal);
    if (superseded()) return;
  }
}

/** The sections for which a system is still being waited for. */
export function awaited(state: RecordState): SectionName[] {
  return sectionNames.filter((name) => state.sections[name]?.outcomes.some((o) => o.status === "PENDING"));
}

/** The sections that are not complete for a reason that asking again may change. */
export function incomplete(state: RecordState): SectionName[] {
  return sectionNames.filter((name) => {
    const section = state.sections[name];
    return section === undefined || section.missing.some((o) => o.status !== "WITHHELD");
  });
}

/** What the first question about a person asks. */
export function firstVariables(id: string): RecordQueryVariables {
  return variables(id, firstWait, sectionNames);
}

function variables(id: string, wait: number, wanted: readonly SectionName[]): RecordQueryVariables {
  const chosen = Object.fromEntries(sectionNames.map((name) => [name, wanted.includes(name)])) as Record<SectionName, boolean>;
  return { id, wait, ...chosen };
}

function merge(state: RecordState, answer: Answer<RecordQuery>, began: number): RecordState {
  const patient = answer.data?.patient;
  if (!patient) {
    const said = answer.problems[0];
    const problem = new ApiError(said?.message ?? "Nothing came back", said?.code ?? "UNREADABLE", said?.requestId ?? answer.requestId);
    return { ...state, problem, phase: "paused", news: problem.message };
  }
  if (patient.id !== state.id) {
    const problem = new ApiError("The answer was about another person and was dropped", "WRONG_PATIENT", answer.requestId);
    return { ...unread(state.id), problem, phase: "paused", news: problem.message };
  }
  const { id, nhsNumber, birthDate, person, registrations, access, conflicts, ...answered } = patient;
  const sections: Sections = { ...state.sections, ...answered };
  const next: RecordState = {
    id: state.id,
    identity: { id, nhsNumber, birthDate, person, registrations, access, conflicts } as Identity,
    sections,
    phase: "settled",
    read: began,
    problem: null,
    news: "",
  };
  const waiting = awaited(next).length > 0 || registrations.some((r) => r.state === "PENDING");
  return { ...next, phase: waiting ? "waiting" : "settled", news: news(state, next) };
}

/** Says which systems' answers arrived with this step and who is still awaited. */
function news(before: RecordState, after: RecordState): string {
  const arrived = new Map<string, string[]>();
  const waiting = new Set<string>();
  for (const name of sectionNames) {
    const section = after.sections[name];
    if (section === undefined) continue;
    for (const outcome of section.outcomes) {
      const source = outcome.source?.name ?? "A system";
      if (outcome.status === "PENDING") {
        waiting.add(source);
        continue;
      }
      const was = before.sections[name]?.outcomes.find((o) => o.source?.id === outcome.source?.id);
      if (was?.status !== "PENDING") continue;
      const word = outcome.status === "ANSWERED" || outcome.status === "PARTIAL" ? `${section.title} (${outcome.count})` : section.title;
      arrived.set(source, [...(arrived.get(source) ?? []), word]);
    }
  }
  const parts = [...arrived].map(([source, titles]) =>
    titles.length > 4 ? `${source} answered for ${titles.length} sections.` : `${source} answered: ${titles.join(", ")}.`,
  );
  if (before.identity === null) parts.unshift("The record is shown.");
  if (waiting.size > 0) parts.push(`Still waiting for ${[...waiting].join(", ")}.`);
  else if (before.phase !== "settled") parts.push("No system is being waited for any more.");
  return parts.join(" ");
}
