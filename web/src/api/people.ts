import { ApiError, wasAborted } from "./errors";
import { type ListFactsFragment, PeopleDocument, type PeopleQuery, type PeopleQueryVariables } from "./generated/graphql";
import type { Answer } from "./graphql";
import type { Completeness, Outcome } from "./record";

export type ListFacts = ListFactsFragment;
export type Column = ListFacts["columns"][number];

type List = NonNullable<PeopleQuery["list"]>;
type Person = List["people"]["people"][number];
type Answered = Person["patient"];
type Uncoded = Exclude<keyof PeopleQueryVariables, "id" | "first" | "after" | "wait" | `${string}Code`>;

/** What can be asked of each person: a section, the appointments to come, or one of the numbered places for columns by code. */
export type CellField = Extract<keyof Answered, Uncoded>;
/** What a section says for one cell; which fields its entries have depends on the section. */
export interface Cell extends Completeness {
  readonly entries?: readonly CellEntry[] | null;
}
type Maybe<T> = T | null | undefined;
interface Labelled {
  readonly label?: Maybe<string>;
}
interface Valued {
  readonly quantity?: Maybe<{ readonly value?: Maybe<string>; readonly comparator?: Maybe<string>; readonly unit?: Maybe<string> }>;
  readonly concept?: Maybe<Labelled>;
  readonly text?: Maybe<string>;
}
export interface CellPart {
  readonly code?: Maybe<Labelled & { readonly codings?: Maybe<readonly { readonly system?: Maybe<string>; readonly code?: Maybe<string> }[]> }>;
  readonly value?: Maybe<Valued>;
  readonly absent?: Maybe<Labelled>;
  readonly date?: Maybe<string>;
}
/** Every field that some section's entries have in a cell. */
export interface CellEntry extends CellPart {
  readonly id?: Maybe<string>;
  readonly status?: Maybe<string>;
  readonly clinicalStatus?: Maybe<string>;
  readonly name?: Maybe<{ readonly text?: Maybe<string> }>;
  readonly professional?: Maybe<string>;
  readonly team?: Maybe<string>;
  readonly organisation?: Maybe<{ readonly name?: Maybe<string> }>;
  readonly title?: Maybe<string>;
  readonly diagnoses?: Maybe<readonly Labelled[]>;
  readonly reason?: Maybe<Labelled>;
  readonly service?: Maybe<Labelled>;
  readonly class?: Maybe<{ readonly display?: Maybe<string> }>;
  readonly start?: Maybe<string>;
  readonly location?: Maybe<string>;
  readonly ward?: Maybe<string>;
  readonly period?: Maybe<{ readonly start?: Maybe<string> }>;
  readonly performed?: Maybe<{ readonly start?: Maybe<string> }>;
  readonly interpretation?: Maybe<readonly Labelled[]>;
  readonly conclusion?: Maybe<string>;
  readonly measurements?: Maybe<readonly CellPart[]>;
  readonly components?: Maybe<readonly CellPart[]>;
}

/** One person of a list; the cells are theirs and nobody else's. */
export interface Row extends Pick<Person, "added" | "addedBy" | "new"> {
  readonly patient: Pick<Answered, "id" | "nhsNumber" | "birthDate" | "person" | "registrations">;
  readonly cells: Readonly<Partial<Record<CellField, Cell>>>;
}

/** What is asked of each person: which fields are switched on, and with which codes. */
export type Wanted = Pick<PeopleQueryVariables, CellField | Extract<keyof PeopleQueryVariables, `${string}Code`>>;

export interface PeopleState {
  readonly list: ListFacts | null;
  readonly rows: readonly Row[];
  /** How many people of this page the reader may not see. */
  readonly hidden: number;
  /** For a team list: how many of this page cannot be told for certain who they are; nothing of them is shown. */
  readonly unidentified: number;
  readonly next: string | null;
  /** For a team list: what its system answered. */
  readonly outcome: Outcome | null;
  /** `asking`: the first answer is outstanding. `waiting`: some systems are. `settled`: nobody is. `paused`: some are, and we stopped asking. */
  readonly phase: "asking" | "waiting" | "settled" | "paused";
  /** Why the last request came to nothing; what was shown stays unless the list may not be read any more. */
  readonly problem: ApiError | null;
  /** When the cells were read last, in milliseconds. */
  readonly read: number;
}

export const unreadPeople: PeopleState = { list: null, rows: [], hidden: 0, unidentified: 0, next: null, outcome: null, phase: "asking", problem: null, read: 0 };

export interface FollowPeople {
  readonly id: string;
  readonly first: number;
  readonly after: string | null;
  readonly from: PeopleState;
  /** The switches of these columns, or of those of the fields given. */
  readonly wanted: (columns: readonly Column[], only?: ReadonlySet<CellField>) => Wanted;
  /** Nobody asked for it just now: somebody else has changed the list. */
  readonly passive: boolean;
  readonly ask: (operation: typeof PeopleDocument, variables: PeopleQueryVariables, signal: AbortSignal, passive?: "passive") => Promise<Answer<PeopleQuery>>;
  readonly signal: AbortSignal;
  readonly publish: (state: PeopleState) => void;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

/** Who is on a list is shown before any slow system has answered about them. */
const firstWait = 200;
const laterWait = 2000;
const patience = 60_000;
const pauses = [0, 500, 1000, 2000, 4000, 8000];
const lost: readonly string[] = ["LIST_NOT_FOUND", "FORBIDDEN"];

/**
 * Reads a page of a list and goes on asking for the cells that a system has still to
 * answer. The list says itself which columns it has: the first time they are asked for
 * when it has.
 */
export async function followPeople({ id, first, after, from, wanted, passive, ask, signal, publish, pause, now }: FollowPeople): Promise<void> {
  const began = now();
  const superseded = () => signal.aborted;
  let state = from;
  let asked = wanted(state.list?.columns ?? []);
  let wait = firstWait;
  for (let round = 0; ; round++) {
    try {
      const answer = await ask(PeopleDocument, { id, first, after, wait, ...asked }, signal, passive || round > 0 ? "passive" : undefined);
      if (superseded()) return;
      state = merge(state, answer, now());
    } catch (error) {
      if (superseded() || wasAborted(error)) return;
      state = { ...state, phase: "paused", problem: error instanceof ApiError ? error : new ApiError("Something went wrong on this page", "VIEWER") };
    }
    const list = state.list;
    const columns = wanted(list?.columns ?? []);
    // Columns that were not known, or that somebody has chosen meanwhile.
    if (state.problem === null && round < 5 && JSON.stringify(columns) !== JSON.stringify(asked) && unasked(state, columns)) {
      publish({ ...state, phase: "waiting" });
      asked = columns;
      continue;
    }
    const waiting = pending(state);
    const namesAwaited = state.rows.some((row) => row.patient.registrations.some((r) => r.state === "PENDING"));
    const settled = state.problem !== null || (waiting.size === 0 && !namesAwaited);
    const over = !settled && now() - began > patience;
    publish({ ...state, phase: state.problem !== null || over ? "paused" : settled ? "settled" : "waiting" });
    if (settled || over) return;
    asked = wanted(list?.columns ?? [], waiting);
    wait = laterWait;
    await pause(pauses[Math.min(round, pauses.length - 1)] ?? 0, signal);
    if (superseded()) return;
  }
}

/** Whether a column has not been asked for somebody. */
function unasked(state: PeopleState, columns: Wanted): boolean {
  const fields = switchedOn(columns);
  return state.rows.some((row) => fields.some((field) => row.cells[field] === undefined));
}

export function switchedOn(columns: Wanted): CellField[] {
  return (Object.keys(columns) as (keyof Wanted)[]).filter((key): key is CellField => columns[key] === true);
}

/** The fields for which a system is still being waited for, for anybody. */
function pending(state: PeopleState): Set<CellField> {
  const fields = switchedOn(state.rows.reduce<Partial<Record<CellField, boolean>>>((all, row) => ({ ...all, ...Object.fromEntries(Object.keys(row.cells).map((k) => [k, true])) }), {}) as Wanted);
  return new Set(fields.filter((field) => state.rows.some((row) => row.cells[field]?.outcomes.some((o) => o.status === "PENDING"))));
}

function merge(state: PeopleState, answer: Answer<PeopleQuery>, now: number): PeopleState {
  const list = answer.data?.list;
  if (!list) {
    const said = answer.problems[0];
    const problem = new ApiError(said?.message ?? "Nothing came back", said?.code ?? "UNREADABLE", said?.requestId ?? answer.requestId);
    // Whoever may read it no longer keeps nothing of it on the page (hazard H-07).
    return lost.includes(problem.code) ? { ...unreadPeople, problem, phase: "paused" } : { ...state, problem, phase: "paused" };
  }
  const { people, ...facts } = list;
  const before = new Map(state.rows.map((row) => [row.patient.id, row.cells]));
  const rows = people.people.map((person): Row => {
    const { id, nhsNumber, birthDate, person: who, registrations, ...cells } = person.patient;
    return {
      patient: { id, nhsNumber: nhsNumber ?? null, birthDate: birthDate ?? null, person: who ?? null, registrations },
      added: person.added ?? null,
      addedBy: person.addedBy ?? null,
      new: person.new,
      cells: { ...before.get(id), ...(cells as Row["cells"]) },
    };
  });
  return { list: facts, rows, hidden: people.hidden, unidentified: people.unidentified, next: people.next ?? null, outcome: people.outcome ?? null, phase: "settled", problem: null, read: now };
}
