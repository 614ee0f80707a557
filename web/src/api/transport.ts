import { ApiError } from "./errors";
import { isObject, parse, text } from "./json";
import { presentEdition, renewedSince, renewing } from "./renewal";
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
}

/**
 * Sends a request to our own server. Nothing is cached on the way, the session's cookie
 * goes along, and the header is what another site's form cannot send.
 */
export async function send(method: "GET" | "POST", path: string, how: How = {}): Promise<Reply> {
  if (how.renews) return renewing(() => sendOnce(method, path, how), (reply) => reply.status < 300);
  const sentWith = presentEdition();
  const reply = await sendOnce(method, path, how);
  // 401 means that nothing was done, so that doing it again does nothing twice.
  const answer = reply.status === 401 && (await renewedSince(sentWith)) ? await sendOnce(method, path, how) : reply;
  if (answer.status === 423) locked.dispatchEvent(new Event("locked"));
  return answer;
}

async function sendOnce(method: "GET" | "POST", path: string, { body, signal, passive }: How): Promise<Reply> {
  const sentAt = Date.now();
  let response: Response;
  let received: string;
  try {
    response = await fetch(path, {
      method,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
      referrerPolicy: "no-referrer",
      headers: {
        Accept: "application/json",
        "X-Patchwork-Request": "viewer",
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
