import { Fragment, type ReactElement, type ReactNode } from "react";
import type { SectionName, Sections } from "../api";
import { Rows, type Statement } from "../components/EntryRow";
import { SectionCard } from "../components/SectionCard";

/** A stretch of rows under a heading of its own; "" for the first. */
export interface Group<Entry> {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

interface Definition<Name extends SectionName, Entry> {
  readonly name: Name;
  readonly title: string;
  /** As in "No known allergies". */
  readonly things: string;
  /** How many rows stand before "Show more"; left out, all do. */
  readonly show?: number;
  readonly row: (entry: Entry) => ReactElement;
  /** Current before past; left out, one group in the server's order. */
  readonly groups?: (entries: readonly Entry[]) => readonly Group<Entry>[];
}

type EntryOf<Name extends SectionName> = NonNullable<NonNullable<Sections[Name]>["entries"]>[number];

/** A section as the page knows it. */
export interface SectionView<Name extends SectionName = SectionName> {
  readonly name: Name;
  readonly title: string;
  /** As in "No known allergies". */
  readonly things: string;
  readonly card: (sections: Sections, problem: string | null) => ReactNode;
}

/** Makes a card of a section's rows; everything else is SectionCard's. */
export function section<Name extends SectionName>(definition: Definition<Name, EntryOf<Name> & Statement>): SectionView<Name> {
  const { name, title, things, show = Infinity, row, groups = oneGroup } = definition;
  return {
    name,
    title,
    things,
    card: (sections, problem) => {
      const set = sections[name];
      // Every section's entries are Statements; the compiler cannot see it through the name.
      const entries = (set?.entries ?? []) as readonly (EntryOf<Name> & Statement)[];
      const sorted: readonly Group<EntryOf<Name> & Statement>[] = entries.length === 0 ? [] : groups(entries);
      return (
        <SectionCard key={name} name={name} title={title} things={things} section={set} problem={problem}>
          {sorted
            .filter((g) => g.entries.length > 0)
            .map((g) => (
              <div key={g.heading} className="pw-group">
                {g.heading ? <h3 className="pw-group__title">{`${g.heading} (${g.entries.length})`}</h3> : null}
                <Rows things={g.heading ? `${things}, ${g.heading.toLowerCase()}` : things} show={show} rows={g.entries.map((e, i) => (
                  <Fragment key={`${e.id ?? ""}#${i}`}>{row(e)}</Fragment>
                ))} />
              </div>
            ))}
        </SectionCard>
      );
    },
  };
}

function oneGroup<Entry>(entries: readonly Entry[]): readonly Group<Entry>[] {
  return [{ heading: "", entries }];
}

/** Splits current from past, keeping the order of each. */
export function currentAndPast<Entry>(past: (entry: Entry) => boolean, heading: string): (entries: readonly Entry[]) => readonly Group<Entry>[] {
  return (entries) => [
    { heading: "", entries: entries.filter((e) => !past(e)) },
    { heading, entries: entries.filter(past) },
  ];
}
