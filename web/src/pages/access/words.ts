import type { Access } from "../../api";
import { formatClock, formatDay } from "../../ui/dates";
import { count } from "../../ui/words";

/* What stands between the reader and one person, in words. */

type Relationship = Access["relationships"][number];

const kinds: Readonly<Record<Relationship["kind"], string>> = {
  REGISTRATION: "registered with a system of your organisation",
  ADMISSION: "admitted to your organisation, now or lately",
  APPOINTMENT: "an appointment at your organisation, soon or lately",
  REFERRAL: "referred to your organisation",
  LIST: "on a list that you work on",
  LAUNCH: "opened by your own system",
  SELF_CLAIMED: "stated by you",
};

/** Why the reader may look, as it ends the sentence "You may look at this record:". */
export function relationshipWords({ kind, until }: Relationship, now: Date = new Date()): string {
  const end = until && (kind === "SELF_CLAIMED" || kind === "LAUNCH") ? `, until ${formatClock(until, now)}` : "";
  return `${kinds[kind]}${end}`;
}

/** One relationship with what it rests on, for the details. */
export function relationshipFact(r: Relationship): string {
  const bounds = [r.from ? `since ${formatDay(r.from)}` : "", r.until ? `until ${formatDay(r.until)}` : ""].filter(Boolean).join(", ");
  return [r.evidence, bounds].filter(Boolean).join(" · ") || "No further evidence";
}

/** Whether to be told at all, and how many; "" for none. */
export function objectionsSentence(n: number): string {
  if (n <= 0) return "";
  return n === 1
    ? "This person objects to something that you would otherwise see; it is held back."
    : `This person has made ${count(n, "objection")} to what you would otherwise see; it is held back.`;
}

/** Whether the reader is a stranger to this person. */
export function isStranger(access: Access): boolean {
  return access.relationships.length === 0 && !access.breakGlass;
}

/** "until 14:05", as exact as the server says. */
export function untilWords(until: string | null | undefined, now: Date = new Date()): string {
  return until ? `until ${formatClock(until, now)}` : "for some hours";
}
