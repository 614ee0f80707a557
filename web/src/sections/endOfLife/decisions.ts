import type { Sections } from "../../api";
import { formatDay } from "../../ui/dates";

export type Decision = NonNullable<NonNullable<Sections["endOfLife"]>["entries"]>[number];

/** What a decision on resuscitation says, in words that stand on their own. */
const cprWords: Readonly<Record<string, string | undefined>> = { attempt: "For attempted CPR", "do-not-attempt": "Do not attempt CPR" };

/** What it says of resuscitation; "" where no code says it. Words are never judged. */
export function cprText(decision: Pick<Decision, "cpr">): string {
  return decision.cpr ? (cprWords[decision.cpr] ?? decision.cpr) : "";
}

const over = ["inactive", "revoked", "completed", "rejected", "superseded", "cancelled", "entered-in-error"];
const notYet = ["draft", "proposed", "preliminary"];

/** Whether it holds: withdrawn and not yet agreed ones do not; one past its review does, until somebody decides anew. */
export function inForce(entry: { readonly status?: string | null }): boolean {
  const status = (entry.status ?? "").toLowerCase();
  return !over.includes(status) && !notYet.includes(status);
}

/** Whether the day named lies before today. */
export function overdue(date: string | null | undefined, today: string): boolean {
  return Boolean(date) && (date ?? "").slice(0, 10) < today.slice(0, (date ?? "").length);
}

export interface Resuscitation {
  /** `none`: no code says anything; that is not a decision. */
  readonly say: "none" | "one" | "conflict";
  /** The decisions on resuscitation that hold, newest first as they came. */
  readonly decisions: readonly Decision[];
}

/** What all decisions that hold say together. Two that differ are a conflict: nobody here chooses between them (hazard H-11). */
export function resuscitation(entries: readonly Decision[] | null | undefined): Resuscitation {
  const decisions = (entries ?? []).filter((d) => inForce(d) && d.cpr);
  const different = new Set(decisions.map((d) => d.cpr));
  return { say: different.size === 0 ? "none" : different.size === 1 ? "one" : "conflict", decisions };
}

/** `Royal Infirmary, 01-Feb-2026`: whose decision, and of when. */
export function whoseAndWhen(d: Decision): string {
  const when = d.date ?? d.recorded;
  return [d.provenance?.source?.name ?? "Source withheld", when ? formatDay(when) : "no date"].join(", ");
}
