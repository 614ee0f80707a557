import { Fragment, type ReactNode, useMemo, useRef } from "react";
import type { Completeness, SectionName } from "../api";
import { Rows, type Statement } from "../components/EntryRow";
import { GroupRow } from "../components/GroupRow";
import { LateRows } from "../components/LateRows";
import { SectionCard } from "../components/SectionCard";
import { useEngaged } from "../components/useEngaged";
import { whose } from "./grouping/disagree";
import { grouped, type Row } from "./grouping/group";
import type { Definition } from "./section";
import { keysOf, useSteady } from "./useSteady";

interface SectionBodyProps<Name extends SectionName, Entry extends Statement> {
  readonly definition: Definition<Name, Entry>;
  readonly set: Completeness | undefined;
  readonly entries: readonly Entry[];
  readonly problem: string | null;
  readonly folded: boolean;
  readonly brief: boolean;
}

/** The rows of a card: grouped, in order, and steady under the reader's eyes. */
export function SectionBody<Name extends SectionName, Entry extends Statement>({ definition, set, entries, problem, folded, brief }: SectionBodyProps<Name, Entry>) {
  const { name, title, things } = definition;
  const show = (brief ? definition.brief : undefined) ?? definition.show ?? Infinity;
  const place = useRef<HTMLElement>(null);
  const engaged = useEngaged(place);
  const { shown, offered, show: showLate } = useSteady(entries, engaged);
  const stretches = useMemo(() => stretchesOf(definition, shown), [definition, shown]);
  const disputed = offered.length > 0 && disputes(definition, entries) > disputes(definition, shown);
  return (
    <SectionCard
      place={place}
      name={name}
      title={title}
      things={things}
      section={set}
      problem={problem}
      folded={folded}
      steady={engaged}
      late={
        offered.length > 0 ? (
          <LateRows
            count={offered.length}
            from={[...new Set(offered.map(whose))]}
            grave={offered.filter((e) => definition.grouping?.kind.grave?.(e)).length}
            disputed={disputed}
            things={things}
            onShow={() => {
              showLate();
              place.current?.querySelector("h2")?.focus();
            }}
          />
        ) : null
      }
    >
      {stretches.map(({ heading, rows }) => (
        <div key={heading} className="pw-group">
          {heading ? <h3 className="pw-group__title">{`${heading} (${rows.length})`}</h3> : null}
          <Rows
            things={heading ? `${things}, ${heading.toLowerCase()}` : things}
            show={brief && rows.every((r) => r.past) ? 0 : Math.max(show, rows.filter((r) => r.conflict !== null).length)}
            rows={keyed(rows).map(([key, row]) => (
              <Fragment key={key}>{rowOf(definition, row)}</Fragment>
            ))}
          />
        </div>
      ))}
    </SectionCard>
  );
}

interface Stretch<Entry extends Statement> {
  readonly heading: string;
  readonly rows: readonly Row<Entry>[];
}

function stretchesOf<Name extends SectionName, Entry extends Statement>({ groups, grouping }: Definition<Name, Entry>, entries: readonly Entry[]): readonly Stretch<Entry>[] {
  const stretches = (): readonly Stretch<Entry>[] => {
    if (grouping === undefined) return (groups?.(entries) ?? [{ heading: "", entries }]).map((g) => ({ heading: g.heading, rows: g.entries.map(alone) }));
    const rows = grouped(entries, grouping.kind);
    if (grouping.past === undefined) return [{ heading: "", rows }];
    return [
      { heading: "", rows: rows.filter((r) => !r.past) },
      { heading: grouping.past, rows: rows.filter((r) => r.past) },
    ];
  };
  return stretches().filter((s) => s.rows.length > 0);
}

/** A statement that is a row by itself. */
function alone<Entry extends Statement>(entry: Entry): Row<Entry> {
  return { originals: [entry], lead: entry, past: false, danger: [], when: null, conflict: null, differences: [], reasons: "", agreed: () => "" };
}

function rowOf<Name extends SectionName, Entry extends Statement>({ row, grouping }: Definition<Name, Entry>, of: Row<Entry>): ReactNode {
  if (grouping === undefined || of.originals.length === 1) return row(of.lead);
  return (
    <GroupRow row={of} head={grouping.head(of)}>
      {of.originals.map((o, i) => (
        <Fragment key={`${o.id ?? ""}#${i}`}>{row(o)}</Fragment>
      ))}
    </GroupRow>
  );
}

/** A row is known by its lead, so that what is open in it stays open when others come. */
function keyed<Entry extends Statement>(rows: readonly Row<Entry>[]): readonly (readonly [string, Row<Entry>])[] {
  const keys = keysOf(rows.map((row) => row.lead));
  return rows.map((row, i) => [keys[i] ?? String(i), row] as const);
}

function disputes<Name extends SectionName, Entry extends Statement>({ grouping }: Definition<Name, Entry>, entries: readonly Entry[]): number {
  return grouping === undefined ? 0 : grouped(entries, grouping.kind).filter((r) => r.conflict !== null).length;
}
