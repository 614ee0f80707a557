import type { PolicyFactsFragment, PolicyInput } from "../../api/generated/graphql";
import { conditionLine, lines, parseConditions } from "./conditions";

export type Policy = PolicyFactsFragment;

/** A policy as the form holds it: lists are text, one a line. */
export interface Draft {
  readonly id: string;
  readonly description: string;
  readonly effect: string;
  /** "" for an allow. */
  readonly mode: string;
  readonly roles: string;
  readonly organisations: string;
  readonly actions: string;
  readonly resources: string;
  readonly when: string;
}

/** A new policy begins as the one that lets the least through. */
export const blank: Draft = { id: "", description: "", effect: "deny", mode: "disclose", roles: "", organisations: "", actions: "read\nlist", resources: "", when: "" };

/** A policy as text to change. */
export function draftOf(policy: Policy): Draft {
  return {
    id: policy.id,
    description: policy.description ?? "",
    effect: policy.effect,
    mode: policy.effect === "deny" ? (policy.mode ?? "disclose") : "",
    roles: policy.roles.join("\n"),
    organisations: policy.organisations.join("\n"),
    actions: policy.actions.join("\n"),
    resources: policy.resources.join("\n"),
    when: policy.when.map(conditionLine).join("\n"),
  };
}

/** What the server is sent. What it names is the server's to know; only what cannot be read is told here. */
export function inputOf(draft: Draft): { readonly policy: PolicyInput; readonly unread: string[] } {
  const { conditions, unread } = parseConditions(draft.when);
  return {
    policy: {
      id: draft.id.trim(),
      description: draft.description.trim(),
      effect: draft.effect,
      ...(draft.effect === "deny" && draft.mode ? { mode: draft.mode } : {}),
      roles: lines(draft.roles),
      organisations: lines(draft.organisations),
      actions: lines(draft.actions),
      resources: lines(draft.resources),
      when: conditions,
    },
    unread,
  };
}
