import { ask, type Row } from "../../../api";
import { NeighboursDocument } from "../../../api/generated/graphql";
import type { Step } from "./RowActions";

/** A page of a list, as far as the order is concerned. */
export interface Place {
  readonly id: string;
  readonly rows: readonly Pick<Row, "patient">[];
  /** The cursor of the next page; null at the end. */
  readonly next: string | null;
  /** The ids of the last people of the page before; none on the first page. */
  readonly above: readonly string[];
}

/** Which way a row can go. */
export function stepsOf({ rows, next, above }: Omit<Place, "id">, index: number): Step[] {
  const first = index === 0 && above.length === 0;
  const last = index === rows.length - 1 && next === null;
  return [...(first ? [] : (["up"] as const)), ...(last ? [] : (["down"] as const)), ...(first ? [] : (["top"] as const))];
}

/** After whom a row comes to stand; null for the top. Who comes first on the next page is asked for. */
export async function afterWhom({ id, rows, next, above }: Place, index: number, step: Step): Promise<string | null> {
  const all = [...above, ...rows.map((row) => row.patient.id)];
  const at = above.length + index;
  switch (step) {
    case "top":
      return null;
    case "up":
      return all[at - 2] ?? null;
    case "down":
      if (at + 1 < all.length) return all[at + 1] ?? null;
      return ask(NeighboursDocument, { id, first: 1, after: next }, (data) => data.list?.people.people[0]?.patient.id);
  }
}
