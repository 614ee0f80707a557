import { ApiError } from "./errors";
import { isObject, parse, text } from "./json";

/** Says that the server answered 401: the session ended, elsewhere or by time. */
export const signedOut = new EventTarget();

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly requestId: string;
  /** Seconds of a Retry-After header (RFC 9110 §10.2.3); 0 without one. */
  readonly retryAfter: number;
}

/**
 * Sends a request to our own server. Nothing is cached on the way, the session's cookie
 * goes along, and the header is what another site's form cannot send.
 */
export async function send(method: "GET" | "POST", path: string, body?: unknown, signal?: AbortSignal): Promise<Reply> {
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
  return { status: response.status, body: parse(received), requestId: response.headers.get("X-Request-Id") ?? "", retryAfter: Number(response.headers.get("Retry-After") ?? 0) || 0 };
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
