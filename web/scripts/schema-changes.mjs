// What a change of the schema asks of those who build on it, and whether somebody said why.
import { findBreakingChanges, findDangerousChanges } from "graphql";

// An entry of docs/api/changes.md: - `Patient.x was removed.`: because of …
const entry = /^[-*] `([^`]+)`: *(.*)$/;
// One word is no reason.
const leastReason = 20;

/**
 * Those of the API's changelog that are not released yet: the text of each, and why.
 * A reason may go on for several lines.
 */
export function explained(changes) {
  const [, unreleased = ""] = /^## Unreleased$(.*?)(?=^## |(?![\s\S]))/ms.exec(changes) ?? [];
  const found = new Map();
  let last = null;
  for (const line of unreleased.split("\n")) {
    const [, what, why] = entry.exec(line) ?? [];
    if (what !== undefined) found.set((last = what), why.trim());
    else if (last !== null && /^ +\S/.test(line)) found.set(last, `${found.get(last)} ${line.trim()}`);
    else last = null;
  }
  return found;
}

/**
 * What keeps a schema from being published: what breaks clients of the released one, or may
 * surprise them, without a reason; and reasons for what does not happen.
 */
export function objections(released, present, changes) {
  const found = [...findBreakingChanges(released, present), ...findDangerousChanges(released, present)];
  const reasons = explained(changes);
  const texts = found.map((change) => plain(change.description));
  return [
    ...found
      .filter((change) => (reasons.get(plain(change.description)) ?? "").length < leastReason)
      .map((change) => `${change.type}: ${plain(change.description)}`),
    ...[...reasons.keys()].filter((text) => !texts.includes(text)).map((text) => `docs/api/changes.md explains what is not so: ${text}`),
  ];
}

/** As it can stand between backquotes. */
function plain(description) {
  return description.replaceAll("`", "'");
}
