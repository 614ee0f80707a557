import { isObject, type Json, text } from "./json";
import { refusal, send } from "./transport";

/* A request of an app that waits for its user: what the approval page shows, and what the user says. */

/** What the request still waits for. */
export type Standing = "sign-in" | "role" | "other-user" | "patient" | "approve" | "ready";

export interface AskedScope {
  readonly scope: string;
  /** What it allows, as people say it. */
  readonly words: string;
}

export interface Approval {
  readonly app: { readonly id: string; readonly name: string; /** An administrator answers for it: the user is not asked. */ readonly trusted: boolean };
  readonly scopes: readonly AskedScope[];
  /** The EPR that opened it; null if none did. */
  readonly launch: { readonly epr: string; readonly organisation: string; /** Where the user has to sign in; "" for anywhere. */ readonly login: string } | null;
  readonly standing: Standing;
  readonly patientNeeded: boolean;
  readonly user: { readonly name: string; readonly role: string; readonly organisation: string } | null;
}

export interface Decision {
  readonly decision: "approve" | "refuse";
  /** Those of the scopes that the user leaves it. */
  readonly scopes?: readonly string[];
  /** The person it is for. */
  readonly patient?: string;
}

const standings: readonly string[] = ["sign-in", "role", "other-user", "patient", "approve", "ready"] satisfies Standing[];

/** What waits under a handle; throws ApiError, `gone` if nothing does any more. */
export async function waitingFor(handle: string, signal?: AbortSignal): Promise<Approval> {
  const reply = await send("GET", "/smart/transaction", { signal, transaction: handle });
  const said = reply.body;
  if (reply.status !== 200 || !isObject(said) || !standings.includes(text(said.standing))) throw refusal(reply);
  const app = isObject(said.app) ? said.app : {};
  return {
    app: { id: text(app.id), name: text(app.name), trusted: app.trusted === true },
    scopes: Array.isArray(said.scopes) ? said.scopes.filter(isObject).map((s) => ({ scope: text(s.scope), words: text(s.words) })) : [],
    launch: isObject(said.launch) ? { epr: text(said.launch.epr), organisation: text(said.launch.organisation), login: text(said.launch.login) } : null,
    standing: text(said.standing) as Standing,
    patientNeeded: said.patientNeeded === true,
    user: isObject(said.user) ? userOf(said.user) : null,
  };
}

/** Tells what the user decided, and gives the address to go on to. */
export async function decide(handle: string, decision: Decision): Promise<string> {
  const reply = await send("POST", "/smart/transaction", { body: decision, transaction: handle });
  const location = isObject(reply.body) ? text(reply.body.location) : "";
  if (reply.status !== 200 || !leadsToAnApp(location)) throw refusal(reply);
  return location;
}

/** An address of the web, or of an app on this device (RFC 8252 §7.1); never one that runs or holds a page itself. */
function leadsToAnApp(location: string): boolean {
  return URL.canParse(location) && !/^(javascript|data|blob|vbscript|about|file|filesystem|view-source):/i.test(location.trim());
}

function userOf(user: Json) {
  return { name: text(user.name), role: text(user.role), organisation: text(user.organisation) };
}

/** Whom an EPR asked for without any proof. */
export interface Prefill {
  readonly nhsNumber: string;
  /** YYYY-MM-DD; "" if it gave none. */
  readonly birthDate: string;
  readonly epr: string;
}

/** Takes what an EPR asked to be looked up; once, and only for somebody who is signed in. */
export async function prefillOf(handle: string): Promise<Prefill> {
  const reply = await send("GET", "/smart/prefill", { transaction: handle });
  if (reply.status !== 200 || !isObject(reply.body)) throw refusal(reply);
  return { nhsNumber: text(reply.body.nhsNumber), birthDate: text(reply.body.birthDate), epr: text(reply.body.epr) };
}
