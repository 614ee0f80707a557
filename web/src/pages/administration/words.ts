import type { AccountFactsFragment, OpenSessionFactsFragment, SwitchedOffFactsFragment, SwitchKind } from "../../api/generated/graphql";
import { formatInstant } from "../../ui/dates";
import { coded, count, stop } from "../../ui/words";

/* The administration of sign-in in words. */

/** Who switched it off, when and why: one sentence. */
export function offSentence({ by, at, reason }: Pick<SwitchedOffFactsFragment, "by" | "at" | "reason">): string {
  return `Switched off${by ? ` by ${by}` : ""}${at ? ` on ${formatInstant(at)}` : ""}${reason ? `: ${stop(reason)}` : "."}`;
}

/** `Riverside Hospital (RRV01)`. */
export function organisationWords(o: { readonly ods?: string | null; readonly name?: string | null } | null | undefined): string {
  if (!o) return "";
  if (!o.name) return o.ods ?? "";
  return o.ods ? `${o.name} (${o.ods})` : o.name;
}

/** `Hospital doctor at Riverside Hospital (RRV01), acute`. */
export function positionWords({ role, organisation, careSetting }: AccountFactsFragment["positions"][number]): string {
  const at = organisationWords(organisation);
  return `${role ? coded(role) : "No role"}${at ? ` at ${at}` : ""}${careSetting ? `, ${coded(careSetting).toLowerCase()}` : ""}`;
}

/** What an account is called where a button speaks of it. */
export function accountName({ name, subject }: Pick<AccountFactsFragment, "name" | "subject">): string {
  return name ?? subject;
}

/** What becomes of open sessions: a clause of a sentence. */
export function sessionsEnd(sessions: number): string {
  return sessions === 0 ? "Nobody is signed in by it now" : `${count(sessions, "open session")} ${sessions === 1 ? "ends" : "end"} at the next request`;
}

/** How long ago an account is asked about, as people say it. */
export function recheckWords(seconds: number | null | undefined): string {
  if (!seconds) return "never";
  return seconds % 60 === 0 ? `every ${count(seconds / 60, "minute")}` : `every ${count(seconds, "second")}`;
}

/** Where and on what a session is: `Chrome on Windows, 10.0.0.7`. */
export function placeWords({ device, address }: Pick<OpenSessionFactsFragment, "device" | "address">): string {
  return [device ?? "Device not known", address].filter(Boolean).join(", ");
}

export const kinds: Readonly<Record<SwitchKind, string>> = { USER: "User", ROLE: "Role", ORGANISATION: "Organisation", LOGIN: "Login", CLIENT: "Application" };
