import type { AmountFragment, CodedFragment, FoundFragment, PlaceFragment, ReachFragment, UsualFragment } from "../api/generated/graphql";
import { isolated, joined } from "../ui/direction";
import { coded } from "../ui/words";

/* The source's values in words. Nothing is rounded, translated or left out. */

type Maybe<T> = T | null | undefined;

export function label(concept: Maybe<CodedFragment>): string {
  return concept?.label ?? "";
}

export function labels(concepts: Maybe<readonly CodedFragment[]>): string {
  return joined((concepts ?? []).map(label), ", ");
}

/** Joins what is known of a line. */
export function line(...parts: Maybe<string>[]): string {
  return joined(parts, " · ");
}

/** The number in the source's own digits, its sign before and its unit after it. */
export function amount(quantity: Maybe<AmountFragment>): string {
  if (!quantity?.value) return "";
  return `${quantity.comparator ?? ""}${quantity.value}${quantity.unit ? ` ${isolated(quantity.unit)}` : ""}`;
}

/** What was found, or why nothing was. */
export function found(value: Maybe<FoundFragment>, absent: Maybe<{ label?: Maybe<string> }>): string {
  return [amount(value?.quantity), label(value?.concept), value?.text, absent?.label && `No value (${isolated(absent.label)})`].find(Boolean) ?? "";
}

export function usual(ranges: Maybe<readonly UsualFragment[]>): string {
  const words = (ranges ?? [])
    .map((r) => r.text ?? ([amount(r.low), amount(r.high)].every(Boolean) ? `${r.low?.value ?? ""} to ${amount(r.high)}` : r.low ? `from ${amount(r.low)}` : `up to ${amount(r.high)}`))
    .filter((text) => text !== "up to ");
  return joined(words, "; ");
}

export function reach(telecoms: Maybe<readonly ReachFragment[]>): string {
  const words = (telecoms ?? []).filter((t) => t.value).map((t) => (t.use ? `${isolated(t.value ?? "")} (${isolated(t.use)})` : (t.value ?? "")));
  return joined(words, " · ");
}

export function place(address: Maybe<PlaceFragment>): string {
  return joined([...(address?.lines ?? []), address?.postcode], ", ");
}

/** A status word as a tag, unless it goes without saying. */
export function statusTag(status: Maybe<string>, silent: readonly string[] = []): { text: string; tone: "neutral" } | null {
  return !status || silent.includes(status) ? null : { text: coded(status), tone: "neutral" };
}
