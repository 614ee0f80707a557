import type { ConditionInput, PolicyFactsFragment } from "../../api/generated/graphql";

/*
 * Conditions as they are written in a form, one a line, as docs/policy.md words them:
 *
 *   purpose: TREAT, ETREAT
 *   relationship: not none
 *   careSetting: gp, acute; not social-care
 */

type Condition = PolicyFactsFragment["when"][number];

/** One condition as a line. */
export function conditionLine({ key, in: among, notIn }: Condition): string {
  const parts = [among.join(", "), notIn.length > 0 ? `not ${notIn.join(", ")}` : ""].filter(Boolean);
  return `${key}: ${parts.join("; ")}`;
}

/** One condition as a sentence's part: "purpose is TREAT or ETREAT". */
export function conditionWords({ key, in: among, notIn }: Condition): string {
  const or = (values: readonly string[]) => values.join(" or ");
  return [among.length > 0 ? `${key} is ${or(among)}` : "", notIn.length > 0 ? `${key} is not ${or(notIn)}` : ""].filter(Boolean).join(" and ");
}

/** Reads the lines; those that are no condition are named, and it is the server that knows the keys and values. */
export function parseConditions(text: string): { readonly conditions: ConditionInput[]; readonly unread: string[] } {
  const conditions: ConditionInput[] = [];
  const unread: string[] = [];
  for (const line of lines(text)) {
    // The key ends at the first colon: windows of time have colons of their own.
    const [, key, rest] = /^([A-Za-z]+)\s*:\s*(.+)$/.exec(line) ?? [];
    if (key === undefined || rest === undefined) {
      unread.push(line);
      continue;
    }
    const parts = rest.split(";").map((part) => part.trim());
    const among = parts.filter((part) => !/^not\s/.test(part)).flatMap(values);
    const notIn = parts.filter((part) => /^not\s/.test(part)).flatMap((part) => values(part.replace(/^not\s+/, "")));
    if (among.length + notIn.length === 0) unread.push(line);
    else conditions.push({ key, ...(among.length > 0 ? { in: among } : {}), ...(notIn.length > 0 ? { notIn } : {}) });
  }
  return { conditions, unread };
}

/** The lines that say something. */
export function lines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
}

function values(part: string): string[] {
  return part.split(",").map((value) => value.trim()).filter(Boolean);
}
