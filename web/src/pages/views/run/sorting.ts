import type { Cells, ViewHeading } from "../../../api/views";

/** By which column rows stand, and which way; null is the list's own order. */
export interface Order {
  readonly at: number;
  readonly down: boolean;
}

const collator = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

/** The next order when a column's heading is pressed: up, down, and then the list's own. */
export function nextOrder(order: Order | null, at: number): Order | null {
  if (order?.at !== at) return { at, down: false };
  return order.down ? null : { at, down: true };
}

/** The rows of one order; rows without a value stand last either way, for they are not the least. */
export function sorted(rows: readonly Cells[], headings: readonly ViewHeading[], order: Order | null): readonly Cells[] {
  if (order === null) return rows;
  const { at, down } = order;
  const kind = headings[at]?.kind ?? "string";
  const compare = comparing(kind);
  return [...rows].sort((a, b) => {
    const one = a[at] ?? null;
    const other = b[at] ?? null;
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return down ? compare(other, one) : compare(one, other);
  });
}

function comparing(kind: string): (a: string, b: string) => number {
  if (kind === "integer" || kind === "decimal") return (a, b) => Number(a) - Number(b) || collator.compare(a, b);
  // As they are written, dates stand in their order, however exactly they are known.
  if (kind === "date") return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  if (kind === "dateTime") return (a, b) => Date.parse(a) - Date.parse(b) || collator.compare(a, b);
  return (a, b) => collator.compare(a, b);
}

/** The rows in which every word stands somewhere. */
export function filtered(rows: readonly Cells[], headings: readonly ViewHeading[], text: string): readonly Cells[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  const shown = headings.flatMap((h, i) => (h.coverage ? [] : [i]));
  return rows.filter((cells) => {
    const said = shown.map((i) => cells[i] ?? "").join("\n").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
