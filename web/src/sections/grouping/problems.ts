import type { ProblemsCardFragment } from "../../api/generated/graphql";
import { label } from "../../components/values";
import { coded } from "../../ui/words";
import { context, side } from "./context";
import type { Kind, Stand } from "./kind";
import { differ, even, numbers } from "./same";

export type Problem = NonNullable<ProblemsCardFragment["entries"]>[number];

export function past(p: Problem): boolean {
  return ["resolved", "inactive", "remission"].includes(p.clinicalStatus ?? "") || ["refuted", "entered-in-error"].includes(p.verification ?? "");
}

function stand(p: Problem): Stand | null {
  const since = p.ended ?? null;
  if (["refuted", "entered-in-error"].includes(p.verification ?? "")) return { holds: "over", word: coded(p.verification ?? ""), since: since ?? p.recorded ?? null };
  if (past(p)) return { holds: "over", word: p.clinicalStatus === "remission" ? "In remission" : coded(p.clinicalStatus ?? ""), since, ran: p.clinicalStatus === "resolved" };
  return p.clinicalStatus ? { holds: "on", word: p.clinicalStatus, since: null } : null;
}

const significances = ["major", null, undefined, "minor"];
/** SNOMED CT 24484000 severe, 6736007 moderate, 255604002 mild. */
const severities: Readonly<Record<string, number | undefined>> = { "24484000": 0, "6736007": 1, "255604002": 3 };

function significance(p: Problem): number {
  const at = significances.indexOf(p.significance);
  return at < 0 ? 1 : at;
}

function severity(p: Problem): number {
  return Math.min(2, ...(p.severity?.codings ?? []).map((k) => severities[k.code ?? ""] ?? 2));
}

/** Another side of the body is another problem, wherever it is written. */
const sided = (p: Problem) => side(even([label(p.bodySite), p.code?.label].filter(Boolean).join(" ")));
/** So is another type, stage or grade: one code may stand for them all. */
const graded = (p: Problem) => numbers(p.code?.label ?? "");
/** And what a relative has. */
const family = (p: Problem) => context(even(label(p.category))).includes("somebody else's");
const other = (a: string, b: string) => a !== "" && b !== "" && a !== b;

export const problemKind: Kind<Problem> = {
  apart: (a, b) => differ(a.bodySite, b.bodySite) || other(sided(a), sided(b)) || other(graded(a), graded(b)) || family(a) !== family(b),
  detail: (p) => [even(label(p.bodySite)), family(p)].join(" | "),
  past,
  danger: (p) => [significance(p), severity(p)],
  when: (p) => p.date ?? null,
  stand,
  fields: [
    { label: "Wording", of: (p) => p.code?.label },
    { label: "Significance", of: (p) => (p.significance ? coded(p.significance) : null) },
    { label: "Severity", of: (p) => label(p.severity) },
    { label: "Body site", of: (p) => label(p.bodySite) },
  ],
};
