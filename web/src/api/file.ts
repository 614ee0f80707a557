import { renewed, token } from "../smart/grant";
import { ApiError } from "./errors";
import { isObject, parse, text } from "./json";
import { locked, signedOut } from "./transport";
import { used } from "./use";

/**
 * Fetches a file of our own server, with the token of this page as everything else is. What
 * does not come to its end is an error and never a shorter file.
 */
export async function fetchFile(path: string, signal?: AbortSignal): Promise<Blob> {
  const sentAt = Date.now();
  const first = await token();
  let response = first === null ? new Response(null, { status: 401 }) : await asked(path, first, signal);
  if (response.status === 401 && first !== null) {
    const second = await renewed(first);
    if (second !== null) response = await asked(path, second, signal);
  }
  const requestId = response.headers.get("X-Request-Id") ?? "";
  if (response.status === 423) locked.dispatchEvent(new Event("locked"));
  if (response.status === 401) {
    signedOut.dispatchEvent(new Event("signed-out"));
    throw new ApiError("You are not signed in", "SIGNED_OUT", requestId);
  }
  if (!response.ok) throw refusalOf(await response.text().catch(() => ""), response.status, requestId);
  used(sentAt);
  try {
    return await response.blob();
  } catch {
    throw interrupted(signal, "The file stopped coming before its end, so it is not saved. Try again", requestId);
  }
}

async function asked(path: string, access: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, {
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      headers: { "X-Patchwork-Request": "viewer", Authorization: `Bearer ${access}` },
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    throw interrupted(signal, "Patchwork could not be reached. Check the network and try again", "");
  }
}

function interrupted(signal: AbortSignal | undefined, message: string, requestId: string): Error {
  return signal?.aborted ? new DOMException("superseded", "AbortError") : new ApiError(message, "NETWORK", requestId);
}

/** What the server said: an error of its own shape, or one plain sentence. */
function refusalOf(said: string, status: number, requestId: string): ApiError {
  const body = parse(said);
  const error = isObject(body) && isObject(body.error) ? body.error : {};
  const plain = said.length < 300 && !said.includes("<") && !isObject(body) ? said.trim() : "";
  return new ApiError(text(error.message) || plain || `The server answered ${status}`, text(error.code) || "UNREADABLE", requestId);
}
