import type { AlertsCardFragment } from "../../api/generated/graphql";
import { coded } from "../../ui/words";
import type { Kind, Stand } from "./kind";
import { even } from "./same";

export type Alert = NonNullable<AlertsCardFragment["entries"]>[number];

export function past(a: Alert): boolean {
  return Boolean(a.status) && a.status !== "active";
}

export function when(a: Alert): string | null {
  return a.date ?? a.period?.start ?? null;
}

/** http://terminology.hl7.org/CodeSystem/flag-category, and what sources write for it; not named lies between. */
const categories = ["safety", "safeguarding", "behavioral", "drug", "clinical", "lab", "", "diet", "contact", "social", "admin", "other"];

function category(a: Alert): number {
  const said = [...(a.category?.codings ?? []).map((k) => k.code), a.category?.label].map((word) => categories.indexOf(word?.toLowerCase() ?? ""));
  const known = said.filter((at) => at >= 0 && categories[at] !== "");
  return known.length > 0 ? Math.min(...known) : categories.indexOf("");
}

function stand(a: Alert): Stand | null {
  if (a.status === "active") return { holds: "on", word: "active", since: null };
  return past(a) ? { holds: "over", word: coded(a.status ?? ""), since: a.period?.end ?? null } : null;
}

export const alertKind: Kind<Alert> = {
  // What an alert is about stands in its words, and they are for people: only the same words are the same alert.
  apart: (a, b) => words(a) !== words(b),
  detail: words,
  past,
  danger: (a) => [category(a)],
  when,
  stand,
  fields: [{ label: "Category", of: (a) => a.category?.label }],
};

function words(a: Alert): string {
  return [a.code?.label, a.note].map((text) => even(text ?? "")).join(" | ");
}
