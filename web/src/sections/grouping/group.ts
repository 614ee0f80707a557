import type { Statement } from "../../components/EntryRow";
import { agreed, conflict, type Difference, difference } from "./disagree";
import type { Kind } from "./kind";
import { byDanger, byIdentity, byNewest, worst } from "./order";
import { partition } from "./partition";
import { reasons } from "./reasons";

/** The same thing as one or several systems state it. */
export interface Row<Entry extends Statement> {
  /** Every original, itself and unaltered: the most dangerous first, then the newest. */
  readonly originals: readonly Entry[];
  /** The original by whose words the row is called. */
  readonly lead: Entry;
  /** All of them are over. */
  readonly past: boolean;
  /** In every place as dangerous as the most dangerous original. */
  readonly danger: readonly number[];
  /** The newest date of the lead's kind: of what holds, if anything does. */
  readonly when: string | null;
  /** Who says what against whom; null where the systems agree. */
  readonly conflict: string | null;
  readonly differences: readonly Difference[];
  /** Why they are one row, as "the same SNOMED CT code"; "" of one alone. */
  readonly reasons: string;
  /** What all agree on who say it, by the field's label; "" where they do not. */
  readonly agreed: (label: string) => string;
}

/** Groups entries and orders the rows: what holds, what is dangerous, what is disputed, what is new. */
export function grouped<Entry extends Statement>(entries: readonly Entry[], kind: Kind<Entry>): readonly Row<Entry>[] {
  return partition(entries, kind)
    .map((part) => row(part, kind))
    .sort(byRow);
}

function byRow(a: Row<Statement>, b: Row<Statement>): number {
  return (
    Number(a.past) - Number(b.past) ||
    byDanger(a.danger, b.danger) ||
    Number(a.conflict === null) - Number(b.conflict === null) ||
    byNewest(a.when, b.when) ||
    byIdentity(a.lead, b.lead)
  );
}

function row<Entry extends Statement>(part: readonly Entry[], kind: Kind<Entry>): Row<Entry> {
  const originals = [...part].sort(
    (a, b) => Number(kind.past(a)) - Number(kind.past(b)) || byDanger(kind.danger(a), kind.danger(b)) || byNewest(kind.when(a), kind.when(b)) || byIdentity(a, b),
  );
  const [lead] = originals;
  if (lead === undefined) throw new Error("a part of nothing");
  const past = originals.every(kind.past);
  const holding = past ? originals : originals.filter((e) => !kind.past(e));
  const of = (always: boolean | undefined) => (always ? originals : holding);
  return {
    originals,
    lead,
    past,
    danger: worst(originals.map(kind.danger)),
    when: holding.map(kind.when).sort(byNewest)[0] ?? null,
    conflict: conflict(originals, kind),
    differences: kind.fields.flatMap((field) => difference(of(field.always), field) ?? []),
    reasons: reasons(originals),
    agreed: (label) => {
      const field = kind.fields.find((f) => f.label === label);
      return field === undefined ? "" : agreed(of(field.always), field.of);
    },
  };
}
