import { ApiError, type ListFacts } from "../../api";
import type { ListPermission, ListUserFactsFragment, RosterKind, ShareFactsFragment, TargetFactsFragment } from "../../api/generated/graphql";
import { formatDay } from "../../ui/dates";
import { coded, count } from "../../ui/words";
import { columnTitle } from "./columns/columns";

/* Lists in words. */

export const permissions: Readonly<Record<ListPermission, string>> = { READ: "You may read it", EDIT: "You may change it", OWN: "Yours" };

const rosterKinds: Readonly<Record<RosterKind, string>> = { WARD: "Ward", CLINIC: "Clinic today", CASELOAD: "Caseload" };

/** A ward, clinic or caseload; what is called so already is not called so twice. */
export function rosterWords({ kind, name }: { readonly kind: RosterKind; readonly name: string }): string {
  return name.toLowerCase().includes(kind.toLowerCase()) && kind !== "CLINIC" ? name : `${rosterKinds[kind]}: ${name}`;
}

/** How many people are on it; where that is not told, it is not none. */
export function sizeWords(list: Pick<ListFacts, "size" | "roster">): string {
  if (typeof list.size === "number") return count(list.size, "person", "people");
  return list.roster ? "Read live" : "Not counted";
}

/** How many came since the reader last looked; "" for nobody. */
export function newsWords(news: number): string {
  return news === 0 ? "" : `${news} new`;
}

export function userWords(user: ListUserFactsFragment): string {
  return [user.name, user.role ? coded(user.role) : "", user.organisation?.name].filter(Boolean).join(", ");
}

export function targetWords(target: TargetFactsFragment): string {
  const where = target.organisation?.name ?? target.organisation?.ods;
  const who = target.kind === "ROLE" ? `Every ${coded(target.name)}` : target.kind === "TEAM" ? `Team ${target.name}` : target.name;
  return where ? `${who}, ${where}` : who;
}

export function shareWords(share: ShareFactsFragment): string {
  return `${share.may === "READ" ? "May read" : "May change"}${share.until ? ` until ${formatDay(share.until)}` : ""} · shared by ${share.by}`;
}

/** Whether somebody else was faster. */
export function wasChanged(error: unknown): boolean {
  return error instanceof ApiError && error.code === "LIST_CHANGED";
}

/** What somebody else has made of a list meanwhile, of what this form is about. */
export function meanwhile(before: ListFacts, now: ListFacts, about: "words" | "columns"): string {
  const by = now.changedBy ? `: ${now.changedBy}` : "";
  const said: string[] = [];
  if (about === "words") {
    if (now.title !== before.title) said.push(`The title is now “${now.title}”.`);
    if ((now.description ?? "") !== (before.description ?? "")) said.push(now.description ? `The description is now “${now.description}”.` : "There is no description any more.");
  } else if (columnsOf(now) !== columnsOf(before)) {
    said.push(now.columns.length === 0 ? "There are no columns any more." : `The columns are now: ${columnsOf(now)}.`);
  }
  const rest = said.length === 0 ? "It is otherwise as you saw it." : said.join(" ");
  return `Somebody changed it meanwhile${by}. ${rest} What you entered is kept.`;
}

function columnsOf(list: ListFacts): string {
  return list.columns.map(columnTitle).join(", ");
}

interface Entry {
  readonly version: number;
  readonly by: string;
  readonly what: string;
}

/** What others have done since a version, oldest first; "" if it was only the reader. */
export function changesSince(list: ListFacts, history: readonly Entry[] | null, since: number, me: string, own: ReadonlySet<number>): string {
  if (history === null) return list.version > since && list.changedBy !== me ? `${list.changedBy ?? "Somebody"} has changed this list.` : "";
  const others = history.filter((h) => h.version > since && !own.has(h.version) && h.by !== me).sort((a, b) => a.version - b.version);
  return others.map((h) => `${h.by}: ${h.what.replace(/[.\s]+$/, "")}.`).join(" ");
}
