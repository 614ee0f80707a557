import { ApiError } from "./errors";
import { isObject, parse, text } from "./json";
import { presentEdition, renewedSince, renewing } from "./renewal";
import { notInVain } from "../smart/way";
import { inFrame } from "../smart/frame";
import { forget, present, renewed, token } from "../smart/grant";
import { used } from "./use";

/** Says that the server answered 401: the session ended, elsewhere or by time. */
export const signedOut = new EventTarget();
/** Says that the server answered 423: the session is locked until its user shows that it is them. */
export const locked = new EventTarget();

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly requestId: string;
  /** Seconds of a Retry-After header (RFC 9110 §10.2.3); 0 without one. */
  readonly retryAfter: number;
  /** By how much this computer's clock is ahead of the server's, in milliseconds, exact to a second; 0 if the server did not say. */
  readonly ahead: number;
}

/** What a request is besides its address. */
export interface How {
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Nobody asked for it just now, so that it is no use of the session. */
  readonly passive?: boolean | undefined;
  /** It changes the session's cookie if it succeeds; 401 is an answer to it, not the end of the session. */
  readonly renews?: boolean;
  /** The handle of what waits for this browser: in a header, never in an address that is logged. */
  readonly transaction?: string;
}

/**
 * Sends a request to our own server. Nothing is cached on the way, and the header is what
 * another site's form cannot send. The record is asked for with the token of this page,
 * as any other app would, and never with the cookie: that is the authorization server's
 * own session, where people sign in, change roles and lock.
 */
export async function send(method: "GET" | "POST", path: string, how: How = {}): Promise<Reply> {
  const work = () => (byToken(path) ? sendByToken(method, path, how) : sendByCookie(method, path, how));
  const answer = await (how.renews ? renewing(work, (reply) => reply.status < 300) : work());
  if (answer.status === 423) locked.dispatchEvent(new Event("locked"));
  return answer;
}

async function sendByCookie(method: "GET" | "POST", path: string, how: How): Promise<Reply> {
  const sentWith = presentEdition();
  const reply = await sendOnce(method, path, how, null);
  // 401 means that nothing was done, so that doing it again does nothing twice.
  const again = reply.status === 401 && how.renews !== true && (await renewedSince(sentWith));
  return again ? sendOnce(method, path, how, null) : reply;
}

/** Who it is that a page shows, is whom its token stands for. In a frame there may be no cookie at all. */
function byToken(path: string): boolean {
  return path === "/graphql" || path === "/auth/session" || (path === "/auth/confirm" && inFrame());
}

const noToken: Reply = { status: 401, body: null, requestId: "", retryAfter: 0, ahead: 0 };

async function sendByToken(method: "GET" | "POST", path: string, how: How): Promise<Reply> {
  let refused = noToken;
  const first = await token();
  if (first !== null) {
    const reply = await sendOnce(method, path, how, first);
    if (path === "/auth/session" && reply.status < 400) notInVain(); // which is asked after every grant
    if (reply.status !== 401 || how.renews) return reply; // a wrong password is not sent twice
    const second = await renewed(first);
    const answer = second === null ? reply : await sendOnce(method, path, how, second);
    if (answer.status !== 401) return answer;
    refused = answer;
    if (present().grant?.access === second) forget();
  }
  // Nobody is limited to the patient of a launch by losing it, so that a cookie says nothing here.
  if (path === "/graphql" || present().lost) return refused;
  return sendByCookie(method, path, how);
}

/** How often a request is sent again that the server was too busy for. */
const mostAgain = 4;

/**
 * With a token, and then without cookies; or with the cookies alone. What the server is too busy for
 * it has not begun, so that it is sent again when the server says.
 */
async function sendOnce(method: "GET" | "POST", path: string, how: How, by: string | null): Promise<Reply> {
  for (let again = 0; ; again++) {
    const reply = await attempt(method, path, how, by);
    if (again === mostAgain || !tooBusy(reply)) return reply;
    await pause(reply.retryAfter * 1000, how.signal);
  }
}

/** Nothing was done: docs/api/errors.md. */
function tooBusy(reply: Reply): boolean {
  if (reply.status !== 503 || reply.retryAfter === 0 || !isObject(reply.body)) return false;
  if (isObject(reply.body.error)) return text(reply.body.error.code).toUpperCase() === "OVERLOADED";
  const [first] = Array.isArray(reply.body.errors) ? (reply.body.errors as unknown[]) : [];
  return isObject(first) && isObject(first.extensions) && first.extensions.code === "OVERLOADED";
}

/** Waits, unless nobody waits for the answer any more. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = (): void => {
      clearTimeout(timer);
      reject(new DOMException("superseded", "AbortError"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", over);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", over, { once: true });
  });
}

async function attempt(method: "GET" | "POST", path: string, { body, signal, passive, transaction }: How, by: string | null): Promise<Reply> {
  const sentAt = Date.now();
  let response: Response;
  let received: string;
  try {
    response = await fetch(path, {
      method,
      cache: "no-store",
      credentials: by === null ? "same-origin" : "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      headers: {
        Accept: "application/json",
        "X-Patchwork-Request": "viewer",
        ...(by === null ? {} : { Authorization: `Bearer ${by}` }),
        ...(transaction === undefined ? {} : { "X-Patchwork-Transaction": transaction }),
        ...(passive ? { "X-Patchwork-Passive": "1" } : {}),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    received = await response.text();
  } catch {
    if (signal?.aborted) throw new DOMException("superseded", "AbortError");
    throw new ApiError("Patchwork could not be reached. Check the network and try again", "NETWORK", "");
  }
  if (!passive && response.ok) used(sentAt);
  return {
    status: response.status,
    body: parse(received),
    requestId: response.headers.get("X-Request-Id") ?? "",
    retryAfter: Number(response.headers.get("Retry-After") ?? 0) || 0,
    ahead: aheadOf(response.headers.get("Date")),
  };
}

function aheadOf(date: string | null): number {
  const server = Date.parse(date ?? "");
  return Number.isNaN(server) ? 0 : Date.now() - server;
}

/** Reads `{"error": {"code", "message"}}`, which the server sends beside GraphQL. */
export function refusal(reply: Reply): ApiError {
  const error = isObject(reply.body) && isObject(reply.body.error) ? reply.body.error : {};
  return new ApiError(
    text(error.message) || `The server answered ${reply.status}`,
    text(error.code) || "UNREADABLE",
    reply.requestId,
    reply.retryAfter,
  );
}

/** Throws the refusal of a request to /auth that only somebody signed in can make; all of the viewer hears it if nobody is. */
export function refuseOf(reply: Reply): never {
  const refused = refusal(reply);
  // 401 is also what a wrong password answers: only this code means that nobody is signed in.
  if (reply.status === 401 && refused.code === "not-signed-in") signedOut.dispatchEvent(new Event("signed-out"));
  throw refused;
}
