import type { DemographicField, LinkEventFactsFragment, LinkEventKind, ProposalFactsFragment, ProposalState } from "../../api/generated/graphql";
import { formatInstant } from "../../ui/dates";
import type { Tone } from "../../ui/Tag";

/* Links between records, in words. */

export const states: Readonly<Record<ProposalState, { readonly words: string; readonly tone: Tone }>> = {
  OPEN: { words: "To be decided", tone: "warning" },
  CONFIRMED: { words: "Linked", tone: "good" },
  REFUSED: { words: "Somebody else", tone: "neutral" },
  WITHDRAWN: { words: "No longer proposed", tone: "quiet" },
};

export const events: Readonly<Record<LinkEventKind, string>> = {
  LINKED: "Linked",
  ENDED: "Link ended",
  PROPOSED: "Proposed by hand",
  CONFIRMED: "Confirmed: it is this person’s",
  REFUSED: "Refused: it is somebody else’s",
  UNLINKED: "Unlinked by hand",
  BIRTH_DATE_ACCEPTED: "Birth date decided",
  MERGED: "Two of the system’s records became one",
};

export const fields: Readonly<Record<DemographicField, string>> = {
  BIRTH_DATE: "date of birth",
  FAMILY_NAME: "family name",
  GIVEN_NAME: "given name",
  GENDER: "gender",
  POSTCODE: "postcode",
  NHS_NUMBER: "NHS number",
};

/** What has become of a proposal: one sentence. */
export function outcomeSentence(p: Pick<ProposalFactsFragment, "state" | "proposed" | "proposedBy" | "decided" | "decidedBy">): string {
  const since = p.proposed ? ` on ${formatInstant(p.proposed)}` : "";
  const how = p.proposedBy ? `Proposed by ${p.proposedBy}${since}` : `Found by comparing${since}`;
  if (p.state === "OPEN") return `${how}. Nobody has decided.`;
  const when = p.decided ? ` on ${formatInstant(p.decided)}` : "";
  if (p.state === "WITHDRAWN") return `${how}. Withdrawn${when}: nothing speaks for it any more, or it was linked otherwise.`;
  return `${how}. ${p.state === "CONFIRMED" ? "Confirmed" : "Refused"}${p.decidedBy ? ` by ${p.decidedBy}` : ""}${when}.`;
}

/** One step in the history: what happened, to which record, by whom. */
export function eventSentence(e: LinkEventFactsFragment, nameOf: (source: string) => string): string {
  const where = e.source ? ` ${nameOf(e.source)}${e.localId ? `, record ${e.localId}` : ""}` : "";
  return `${events[e.kind]}${where ? `:${where}` : ""}${e.by ? `, by ${e.by}` : ""}`;
}

/** The least and the most that a reason may have, in characters, as the server counts. */
export const reasonLeast = 10;
export const reasonMost = 500;
