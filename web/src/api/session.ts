import { ApiError } from "./errors";
import { isObject, text } from "./json";
import { refusal, type Reply, send, signedOut } from "./transport";

/** Who is signed in, as policy and audit see them. */
export interface Session {
  readonly name: string;
  readonly role: string;
  readonly organisation: { readonly ods: string; readonly name: string };
  readonly careSetting: string;
  readonly purpose: string;
  /** When the session ends at the latest. */
  readonly expires: string;
}

/** Signs in; throws ApiError with the sentence to show. */
export async function signIn(username: string, password: string): Promise<Session> {
  const reply = await send("POST", "/auth/login", { username, password });
  if (reply.status !== 200) throw refusal(reply);
  return sessionOf(reply);
}

/** Signs out; throws if the server could not end the session, which then still holds. */
export async function signOut(): Promise<void> {
  const reply = await send("POST", "/auth/logout", {});
  if (reply.status >= 400 && reply.status !== 401) throw refusal(reply);
}

/** Who is signed in; null for nobody. */
export async function currentSession(): Promise<Session | null> {
  const reply = await send("GET", "/auth/session");
  if (reply.status === 401) return null;
  if (reply.status !== 200) throw refusal(reply);
  return sessionOf(reply);
}

/**
 * Shows once more that it is the user who sits there, before a step that needs it. A wrong
 * password is an ApiError with the sentence to show; a lock-out says for how long in `retryAfter`.
 */
export async function confirmPassword(password: string): Promise<void> {
  const reply = await send("POST", "/auth/confirm", { password });
  if (reply.status === 204 || reply.status === 200) return;
  const refused = refusal(reply);
  // 401 is also what a wrong password answers: only this code means that nobody is signed in.
  if (reply.status === 401 && refused.code === "not-signed-in") signedOut.dispatchEvent(new Event("signed-out"));
  throw refused;
}

function sessionOf(reply: Reply): Session {
  const facts = reply.body;
  if (!isObject(facts)) throw new ApiError("The server's answer could not be read", "UNREADABLE", reply.requestId);
  const organisation = isObject(facts.organisation) ? facts.organisation : {};
  return {
    name: text(facts.name),
    role: text(facts.role),
    organisation: { ods: text(organisation.ods), name: text(organisation.name) },
    careSetting: text(facts.careSetting),
    purpose: text(facts.purpose),
    expires: text(facts.expires),
  };
}
