import type { Session } from "../api";
import { count } from "../ui/words";

/* When a session ends by itself, and how that is said. */

export interface End {
  /** In milliseconds of this computer's clock. */
  readonly at: number;
  /** `idle`: nothing was done for long. `longest`: no session lasts longer. */
  readonly why: "idle" | "longest";
}

type Limits = Pick<Session, "idle" | "ends">;

/** When a session that was last used then ends; null if neither limit is known. */
export function endOf({ idle, ends }: Limits, lastUse: number): End | null {
  const idleEnd = idle > 0 && lastUse > 0 ? lastUse + idle : Infinity;
  const longest = ends > 0 ? ends : Infinity;
  if (idleEnd === Infinity && longest === Infinity) return null;
  return idleEnd < longest ? { at: idleEnd, why: "idle" } : { at: longest, why: "longest" };
}

const warning = 120_000;
const notedEvery = 65_000;

/**
 * How long before the end people are told, in milliseconds. The server notes use once a
 * minute: where sessions are very short, nobody is asked to stay before that would count.
 */
export function warnedBefore({ why }: End, idle: number): number {
  return why === "idle" && idle > notedEvery ? Math.min(warning, idle - notedEvery) : warning;
}

// The server's clock is read to a second, and its answer takes a while.
const tolerance = 5_000;

/** Why the viewer was signed out, for the sign-in page. */
export function whyEnded(session: Limits, lastUse: number, now: number): string {
  const end = endOf(session, lastUse);
  if (end === null || now + tolerance < end.at) return "You were signed out because your session was ended, elsewhere or by your organisation. Sign in to go on where you were.";
  if (end.why === "longest") return "You were signed out because your session reached the longest time that one can last. Sign in to go on where you were.";
  return `You were signed out because nothing was done for ${count(Math.round(session.idle / 60_000), "minute")}. Sign in to go on where you were.`;
}

/** How long is left: in whole minutes, in the last one in steps of ten seconds, so that it is not read out all the time. */
export function leftWords(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds > 60) return count(Math.ceil(seconds / 60), "minute");
  const tens = Math.max(10, Math.ceil(seconds / 10) * 10);
  return tens === 60 ? "1 minute" : `${tens} seconds`;
}
