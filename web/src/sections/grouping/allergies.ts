import type { AllergiesCardFragment } from "../../api/generated/graphql";
import { labels, line } from "../../components/values";
import { coded } from "../../ui/words";
import type { Kind, Stand } from "./kind";

export type Allergy = NonNullable<AllergiesCardFragment["entries"]>[number];

const notSo = ["refuted", "entered-in-error"];

/** Refuted, entered in error, resolved or inactive: must never look active. */
export function past(a: Allergy): boolean {
  return notSo.includes(a.verification ?? "") || ["resolved", "inactive"].includes(a.clinicalStatus ?? "");
}

/** Said to be of high risk, or of a severe reaction. */
export function grave(a: Allergy): boolean {
  return a.criticality === "high" || (a.reactions ?? []).some((r) => r.severity === "severe");
}

/** Not stated counts as more dangerous than stated to be low. */
function gravity(a: Allergy): number {
  if (grave(a)) return 0;
  return a.criticality === "low" || (a.reactions ?? []).some((r) => r.severity === "mild") ? 2 : 1;
}

function certainty(a: Allergy): number {
  return a.verification === "confirmed" ? 0 : a.verification ? 2 : 1;
}

function stand(a: Allergy): Stand | null {
  const since = a.ended ?? a.recorded ?? a.date ?? null;
  if (notSo.includes(a.verification ?? "")) return { holds: "over", word: coded(a.verification ?? ""), since };
  if (past(a)) return { holds: "over", word: coded(a.clinicalStatus ?? ""), since };
  if (!a.clinicalStatus && !a.verification) return null;
  const words = [a.clinicalStatus, a.verification === "confirmed" || !a.clinicalStatus ? a.verification : null].filter(Boolean);
  return { holds: "on", word: `${words.join(" and ")}${a.criticality === "high" ? " with high risk" : ""}`, since: null };
}

export const allergyKind: Kind<Allergy> = {
  apart: () => false,
  past,
  danger: (a) => [gravity(a), certainty(a)],
  grave: (a) => grave(a) && !past(a),
  when: (a) => a.date ?? null,
  stand,
  fields: [
    { label: "Wording", of: (a) => a.code?.label },
    { label: "Criticality", of: (a) => (a.criticality ? coded(a.criticality) : null), always: true },
    { label: "Reaction", of: (a) => reactions(a), always: true },
    { label: "Verification", of: (a) => (a.verification ? coded(a.verification) : null) },
    { label: "Kind", of: (a) => (a.kind ? coded(a.kind) : null) },
  ],
};

/** What happened, and how severely. */
export function reactions(a: Allergy): string {
  return (a.reactions ?? [])
    .map((r) => line(labels(r.manifestations) || r.description, r.severity ? coded(r.severity) : null))
    .filter(Boolean)
    .join("; ");
}
