import type { ReviewFactsFragment, ReviewOutcome, ReviewState } from "../../api/generated/graphql";
import { formatInstant } from "../../ui/dates";
import type { Choice } from "../../ui/SelectField";
import type { Tone } from "../../ui/Tag";

/* The review queue in words. */

export const outcomes: Readonly<Record<ReviewOutcome, string>> = {
  APPROPRIATE: "Appropriate: it was right",
  INAPPROPRIATE: "Inappropriate: it was not right",
  MISTAKEN: "A mistake without harm",
  NEEDS_INVESTIGATION: "Handed on for investigation",
};

export const outcomeChoices: readonly Choice[] = (Object.entries(outcomes) as [ReviewOutcome, string][]).map(([code, words]) => ({ code, words }));

export const states: Readonly<Record<ReviewState, { readonly words: string; readonly tone: Tone }>> = {
  NEW: { words: "Waiting", tone: "warning" },
  IN_REVIEW: { words: "In review", tone: "info" },
  CLOSED: { words: "Closed", tone: "good" },
};

type Reviewed = Pick<ReviewFactsFragment, "state" | "reviewer" | "outcome" | "closed" | "opened">;

/** What has become of an item: one sentence. */
export function historySentence({ state, reviewer, outcome, closed, opened }: Reviewed): string {
  const who = reviewer ?? "Somebody";
  switch (state) {
    case "NEW":
      return `Waiting${opened ? ` since ${formatInstant(opened)}` : ""}. Nobody has looked into it.`;
    case "IN_REVIEW":
      return `${who} is looking into it.`;
    case "CLOSED":
      return `Closed${reviewer ? ` by ${reviewer}` : ""}${closed ? ` on ${formatInstant(closed)}` : ""}${outcome ? `: ${outcomes[outcome].toLowerCase()}` : ""}.`;
  }
}
