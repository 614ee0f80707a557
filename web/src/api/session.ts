import { ApiError } from "./errors";
import { isObject, type Json, text } from "./json";
import { refuseOf, type Reply, send } from "./transport";
import { seen } from "./use";

/** How people prove who they are: on their organisation's own page, or by a password typed here. */
export type Way = "redirect" | "password";

export interface Organisation {
  readonly ods: string;
  readonly name: string;
}

/** What somebody may work as. */
export interface Position {
  readonly role: string;
  readonly organisation: Organisation;
  readonly careSetting: string;
}

/** Who is signed in, as policy and audit see them. */
export interface Session {
  /** The user, whatever they work as; never shown. */
  readonly user: string;
  readonly name: string;
  readonly role: string;
  readonly organisation: Organisation;
  readonly careSetting: string;
  readonly purpose: string;
  /** Where they signed in. */
  readonly login: { readonly id: string; readonly name: string; readonly way: Way };
  readonly positions: readonly Position[];
  /** Which of the positions is taken; -1 for none yet. */
  readonly position: number;
  readonly locked: boolean;
  /** When they last proved who they are, as the server says it; "" if not known. */
  readonly confirmed: string;
  /** When the session ends at the latest, in milliseconds of this computer's clock; 0 if not known. */
  readonly ends: number;
  /** How long it lasts without use, in milliseconds; 0 if not known. */
  readonly idle: number;
}

/** Who is signed in; null for nobody. Passive unless somebody has just done something. */
export async function currentSession(how: "passive" | "active" = "passive"): Promise<Session | null> {
  const reply = await send("GET", "/auth/session", { passive: how === "passive" });
  if (reply.status === 401) return null;
  if (reply.status !== 200) refuseOf(reply);
  return sessionOf(reply);
}

/** Acts as the n-th of the positions from now on. */
export async function takePosition(n: number): Promise<Session> {
  const reply = await send("POST", "/auth/role", { body: { position: n }, renews: true });
  if (reply.status !== 200) refuseOf(reply);
  return sessionOf(reply);
}

/**
 * Shows once more that it is the user who sits there, before a step that needs it. A wrong
 * password is an ApiError with the sentence to show; a lock-out says for how long in
 * `retryAfter`; the code `second-factor` asks for the six digits too.
 */
export async function confirmPassword(password: string, code = ""): Promise<void> {
  const reply = await send("POST", "/auth/confirm", { body: { password, ...(code ? { code } : {}) }, renews: true });
  if (reply.status !== 204 && reply.status !== 200) refuseOf(reply);
}

/** From now on the session answers nothing until its user has shown that it is them. */
export async function lockSession(): Promise<void> {
  const reply = await send("POST", "/auth/lock", { body: {} });
  if (reply.status !== 204) refuseOf(reply);
}

/** Reads the facts of a session; notes when the server last saw it used. */
export function sessionOf(reply: Reply): Session {
  const facts = reply.body;
  if (!isObject(facts)) throw new ApiError("The server's answer could not be read", "UNREADABLE", reply.requestId);
  const login = isObject(facts.login) ? facts.login : {};
  const positions = Array.isArray(facts.positions) ? facts.positions.filter(isObject).map(positionOf) : [];
  seen(here(facts.lastSeen, reply) || Date.now());
  return {
    user: `${text(facts.issuer)} ${text(facts.subject)}`,
    name: text(facts.name),
    ...positionOf(facts),
    purpose: text(facts.purpose),
    login: { id: text(login.id), name: text(login.name), way: wayOf(login.way) },
    positions,
    position: typeof facts.position === "number" ? facts.position : -1,
    locked: facts.locked === true,
    confirmed: text(facts.confirmed),
    ends: here(facts.expires, reply),
    idle: typeof facts.idle === "number" ? facts.idle * 1000 : 0,
  };
}

function positionOf(facts: Json): Position {
  return { role: text(facts.role), organisation: organisationOf(facts.organisation), careSetting: text(facts.careSetting) };
}

export function organisationOf(value: unknown): Organisation {
  const organisation = isObject(value) ? value : {};
  return { ods: text(organisation.ods), name: text(organisation.name) };
}

export function wayOf(way: unknown): Way {
  return way === "redirect" ? "redirect" : "password";
}

/** A moment of the server's clock on this computer's; 0 if it is none. */
function here(moment: unknown, { ahead }: Reply): number {
  const at = Date.parse(text(moment));
  return Number.isNaN(at) ? 0 : at + ahead;
}
