import type { Statement } from "../../components/EntryRow";

/** How one original says that the thing stands; an original that does not say has none. */
export interface Stand {
  /** `on`: it holds. `held`: it is paused. `over`: it was stopped, refuted or resolved. */
  readonly holds: "on" | "held" | "over";
  /** As in "Stopped at Royal Westmarch Infirmary". */
  readonly word: string;
  /** The day from which it stands so, in the source's exactness. */
  readonly since: string | null;
  /** It ended by itself, as a course does: no contradiction of what began after it. */
  readonly ran?: boolean;
}

/** A field of which a row says whether its originals agree. */
export interface Field<Entry> {
  /** As in "Dose differs". */
  readonly label: string;
  /** "" or null where the original does not say. */
  readonly of: (entry: Entry) => string | null | undefined;
  /** Said even of what is over: how grave something was, whoever says so. */
  readonly always?: boolean;
}

/** What grouping must know of a section's entries: pure, and nothing about how they look. */
export interface Kind<Entry extends Statement> {
  /** Two that are never one row, whatever their codes say: another strength, side, day. */
  readonly apart: (a: Entry, b: Entry) => boolean;
  readonly past: (entry: Entry) => boolean;
  /** How dangerous, the weightiest first; in each place 0 is the most dangerous. */
  readonly danger: (entry: Entry) => readonly number[];
  /** So dangerous that it is said even of what is only offered. */
  readonly grave?: (entry: Entry) => boolean;
  /** When it is clinically about. */
  readonly when: (entry: Entry) => string | null;
  readonly stand: (entry: Entry) => Stand | null;
  readonly fields: readonly Field<Entry>[];
}
