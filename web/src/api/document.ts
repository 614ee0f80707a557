import { renewed, token } from "../smart/grant";
import { ApiError } from "./errors";
import { isObject, parse, text } from "./json";
import { locked, signedOut } from "./transport";
import { used } from "./use";

/** A document as the server has made it safe; it lives in this page's memory and nowhere else. */
export interface Content {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Media type without parameters: one of the few that the server hands on. */
  readonly type: string;
}

export interface Wanted {
  readonly patient: string;
  readonly document: string;
  readonly signal: AbortSignal;
  /** How many bytes have come, of how many; null if nobody knows. */
  readonly progress: (received: number, of: number | null) => void;
}

/**
 * Opens a document through the server, which reads it from the system that keeps it. Ids
 * are in the body: addresses end up in logs. What does not come to its end is an error
 * and never a shorter document.
 */
export async function openDocument(wanted: Wanted): Promise<Content> {
  const sentAt = Date.now();
  const response = await answered(wanted);
  const requestId = response.headers.get("X-Request-Id") ?? "";
  if (response.status === 423) locked.dispatchEvent(new Event("locked"));
  if (response.status === 401) {
    signedOut.dispatchEvent(new Event("signed-out"));
    throw new ApiError("You are not signed in", "SIGNED_OUT", requestId);
  }
  if (!response.ok) throw refusal(parse(await response.text().catch(() => "")), response.status, requestId);
  used(sentAt);
  const type = (response.headers.get("Content-Type") ?? "").split(";")[0]?.trim() ?? "";
  return { bytes: await received(response, wanted, requestId), type };
}

async function answered(wanted: Wanted): Promise<Response> {
  const first = await token();
  if (first === null) return new Response(null, { status: 401 });
  const response = await asked(wanted, first);
  if (response.status !== 401) return response;
  const second = await renewed(first);
  return second === null ? response : asked(wanted, second);
}

async function asked({ patient, document, signal }: Wanted, access: string): Promise<Response> {
  try {
    return await fetch("/documents", {
      method: "POST",
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      headers: { "Content-Type": "application/json", "X-Patchwork-Request": "viewer", Authorization: `Bearer ${access}` },
      body: JSON.stringify({ patient, document }),
      signal,
    });
  } catch {
    throw interrupted(signal, "Patchwork could not be reached. Check the network and try again", "");
  }
}

async function received(response: Response, { signal, progress }: Wanted, requestId: string): Promise<Uint8Array<ArrayBuffer>> {
  const length = Number(response.headers.get("Content-Length") ?? "");
  const of = response.headers.has("Content-Length") && Number.isFinite(length) ? length : null;
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const reader = response.body?.getReader();
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      parts.push(next.value);
      size += next.value.length;
      progress(size, of);
    }
  } catch {
    throw interrupted(signal, "The document stopped coming before its end, so it is not shown. Try again", requestId);
  }
  if (size === 0 || (of !== null && of !== size)) {
    throw new ApiError("The document did not come whole, so it is not shown. Try again", "INCOMPLETE", requestId);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function interrupted(signal: AbortSignal, message: string, requestId: string): Error {
  return signal.aborted ? new DOMException("superseded", "AbortError") : new ApiError(message, "NETWORK", requestId);
}

function refusal(body: unknown, status: number, requestId: string): ApiError {
  const error = isObject(body) && isObject(body.error) ? body.error : {};
  return new ApiError(text(error.message) || `The server answered ${status}`, text(error.code) || "UNREADABLE", requestId);
}
