import type { AmountFragment } from "../../../api/generated/graphql";

/** A number as a source writes one: ASCII digits, at most one point, perhaps an exponent. */
const decimal = /^[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?$/;

/** The number for drawing; null for whatever is not plainly one. The digits that are shown are always the source's. */
export function numberOf(digits: string | null | undefined): number | null {
  if (digits === null || digits === undefined || !decimal.test(digits)) return null;
  const n = Number(digits);
  return Number.isFinite(n) ? n : null;
}

/** How an amount relates to its number. */
export type Sign = "exact" | "below" | "above";

/** Null for a comparator that this page does not know: then nothing is drawn. */
export function signOf(amount: Pick<AmountFragment, "comparator">): Sign | null {
  switch (amount.comparator ?? "") {
    case "":
      return "exact";
    case "<":
    case "<=":
      return "below";
    case ">":
    case ">=":
      return "above";
    default:
      return null;
  }
}

/** A computed number for the reader: enough digits, and none that arithmetic made up. */
export function computed(n: number): string {
  return String(Number(n.toPrecision(6)));
}
