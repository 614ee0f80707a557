import type { AlertsCardFragment } from "../../api/generated/graphql";
import { byDanger, byIdentity, byNewest } from "./order";

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

/** What holds first; then risks to life, then what is clinical, then what is practical; the newest first. */
export function alertsInOrder(alerts: readonly Alert[]): readonly Alert[] {
  return [...alerts].sort(
    (a, b) => Number(past(a)) - Number(past(b)) || byDanger([category(a)], [category(b)]) || byNewest(when(a), when(b)) || byIdentity(a, b),
  );
}
