import type { ReactElement, ReactNode } from "react";
import type { SectionName, Sections } from "../api";
import type { Statement } from "../components/EntryRow";
import type { Head } from "../components/GroupRow";
import type { Row } from "./grouping/group";
import type { Kind } from "./grouping/kind";
import { SectionBody } from "./SectionBody";

/** A stretch of rows under a heading of its own; "" for the first. */
export interface Group<Entry> {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

/** How the same thing from several systems becomes one row. */
export interface Grouping<Entry extends Statement> {
  readonly kind: Kind<Entry>;
  /** Over what is past, as in "Stopped or completed"; left out, it stands among the others. */
  readonly past?: string;
  readonly head: (row: Row<Entry>) => Head;
}

export interface Definition<Name extends SectionName, Entry extends Statement> {
  readonly name: Name;
  readonly title: string;
  /** As in "No known allergies". */
  readonly things: string;
  /** How many rows stand before "Show more"; left out, all do. What is past, or disputed, is counted apart. */
  readonly show?: number;
  readonly row: (entry: Entry) => ReactElement;
  /** Current before past; left out, one group in the server's order. */
  readonly groups?: (entries: readonly Entry[]) => readonly Group<Entry>[];
  /** How many rows stand in a summary, where there is less room; left out, as many as elsewhere. */
  readonly brief?: number;
  /** Left out, every statement is a row. */
  readonly grouping?: Grouping<Entry>;
}

type EntryOf<Name extends SectionName> = NonNullable<NonNullable<Sections[Name]>["entries"]>[number];

/** How a card stands on its page. */
export interface Placing {
  /** Its heading and what must be told; the rows when they are wanted. */
  readonly folded?: boolean;
  /** It stands among many: fewer rows before one asks for more, and of what is past only how many. */
  readonly brief?: boolean;
}

/** A section as the page knows it. */
export interface SectionView<Name extends SectionName = SectionName> {
  readonly name: Name;
  readonly title: string;
  /** As in "No known allergies". */
  readonly things: string;
  readonly card: (sections: Sections, problem: string | null, placing?: Placing) => ReactNode;
}

/** Makes a card of a section's rows; everything else is SectionCard's. */
export function section<Name extends SectionName>(definition: Definition<Name, EntryOf<Name> & Statement>): SectionView<Name> {
  const { name, title, things } = definition;
  return {
    name,
    title,
    things,
    card: (sections, problem, placing) => {
      const set = sections[name];
      // Every section's entries are Statements; the compiler cannot see it through the name.
      const entries = (set?.entries ?? []) as readonly (EntryOf<Name> & Statement)[];
      return <SectionBody key={name} definition={definition} set={set} entries={entries} problem={problem} folded={placing?.folded ?? false} brief={placing?.brief ?? false} />;
    },
  };
}

/** Splits current from past, keeping the order of each. */
export function currentAndPast<Entry>(past: (entry: Entry) => boolean, heading: string): (entries: readonly Entry[]) => readonly Group<Entry>[] {
  return (entries) => [
    { heading: "", entries: entries.filter((e) => !past(e)) },
    { heading, entries: entries.filter(past) },
  ];
}
