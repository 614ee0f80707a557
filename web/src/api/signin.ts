import { giveBack } from "../smart/giveBack";
import { isObject, text } from "./json";
import { type Organisation, organisationOf, type Session, sessionOf, type Way, wayOf } from "./session";
import { refusal, send } from "./transport";

/** One way in: an organisation's own sign-in, or Patchwork's accounts. */
export interface Login {
  readonly id: string;
  readonly name: string;
  readonly way: Way;
  readonly organisations: readonly Organisation[];
  /** Of the e-mail addresses that its people have. */
  readonly domains: readonly string[];
  /** What a sign-in there must be, in the region's own words. */
  readonly requires: readonly string[];
}

/** Patchwork's own accounts; every server has them. */
export const ownAccounts: Login = { id: "local", name: "Patchwork account", way: "password", organisations: [], domains: [], requires: [] };

/** Every way in, Patchwork's own accounts last. */
export async function logins(signal?: AbortSignal): Promise<readonly Login[]> {
  const reply = await send("GET", "/auth/logins", { signal, passive: true });
  if (reply.status === 404) return [ownAccounts];
  const listed = isObject(reply.body) ? reply.body.logins : undefined;
  if (reply.status !== 200 || !Array.isArray(listed)) throw refusal(reply);
  return listed.filter(isObject).map((login) => ({
    id: text(login.id),
    name: text(login.id) === ownAccounts.id ? ownAccounts.name : text(login.name),
    way: wayOf(login.way),
    organisations: Array.isArray(login.organisations) ? login.organisations.map(organisationOf) : [],
    domains: Array.isArray(login.domains) ? login.domains.map((d) => text(d).toLowerCase()).filter(Boolean) : [],
    requires: Array.isArray(login.requires) ? login.requires.map(text).filter(Boolean) : [],
  }));
}

/** What somebody types to sign in by password. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Six digits, where the account has a second factor; "" before the server asks for them. */
  readonly code: string;
}

/** Signs in by password; throws ApiError with the sentence to show, `second-factor` if the code is wanted. */
export async function signIn(login: string, { username, password, code }: Credentials): Promise<Session> {
  const reply = await send("POST", "/auth/login", { body: { login, username, password, ...(code ? { code } : {}) }, renews: true });
  if (reply.status !== 200) throw refusal(reply);
  return sessionOf(reply);
}

/** Where the user may still be signed in, and the address to sign out there. */
export interface Elsewhere {
  readonly name: string;
  readonly url: string;
}

/** Signs out; throws if the server could not end the session, which then still holds. */
export async function signOut(): Promise<Elsewhere | null> {
  await giveBack();
  const reply = await send("POST", "/auth/logout", { body: {} });
  if (reply.status >= 400 && reply.status !== 401) throw refusal(reply);
  const provider = isObject(reply.body) && isObject(reply.body.provider) ? reply.body.provider : {};
  const url = text(provider.url);
  // Only an address of the web: a link must never run a script.
  return /^(https?:\/\/|\/(?!\/))/i.test(url) ? { name: text(provider.name), url } : null;
}
