import { isObject, text } from "./json";
import { refuseOf, send } from "./transport";

/** One of the user's own sessions. */
export interface OwnSession {
  readonly id: string;
  /** It is the one that asks. */
  readonly current: boolean;
  readonly device: string;
  /** The network address it was last used from. */
  readonly address: string;
  readonly role: string;
  readonly created: string;
  readonly lastSeen: string;
}

/** The user's own sessions, newest first. */
export async function ownSessions(signal?: AbortSignal): Promise<readonly OwnSession[]> {
  const reply = await send("GET", "/auth/sessions", { signal });
  const listed = isObject(reply.body) ? reply.body.sessions : undefined;
  if (reply.status !== 200 || !Array.isArray(listed)) return refuseOf(reply);
  return listed.filter(isObject).map((s) => ({
    id: text(s.id),
    current: s.current === true,
    device: text(s.device),
    address: text(s.address),
    role: text(s.role),
    created: text(s.created),
    lastSeen: text(s.lastSeen),
  }));
}

/** Ends one of the user's own sessions, or all of them and this one. */
export async function endSessions(which: { readonly id: string } | { readonly all: true }): Promise<void> {
  const reply = await send("POST", "/auth/sessions/end", { body: which });
  if (reply.status !== 204) refuseOf(reply);
}
