import { isObject, parse, text } from "../api/json";
import { keepPending, handedOver, type Pending } from "./pending";
import { read, remove, write } from "./storage";

/*
 * The approval that a tab is at. Its handle goes from the address, and is kept for the way
 * to an organisation's sign-in page and back, which takes no query along.
 */

const kept = "patchwork-approval";
/** As long as the server keeps a request. */
const lasts = 10 * 60_000;

export interface Waiting {
  readonly handle: string;
  /** What a frame handed over that could not go on itself. */
  readonly handed: readonly Pending[];
}

/** The approval of an address, or the one that this tab was at; null if there is none. */
export function waitingAt(search: string, hash: string): Waiting | null {
  const handle = new URLSearchParams(search).get("tx") ?? "";
  if (/^[A-Za-z0-9._~-]{20,256}$/.test(handle)) {
    const fragment = /^#going=(.+)$/.exec(hash)?.[1] ?? "";
    const waiting = { handle, handed: handedOver(fragment) };
    write(kept, JSON.stringify({ handle, fragment, at: Date.now() }));
    return waiting;
  }
  const was = parse(read(kept) ?? "");
  if (search !== "" || !isObject(was) || typeof was.at !== "number" || Date.now() - was.at > lasts) return null;
  return { handle: text(was.handle), handed: handedOver(text(was.fragment)) };
}

/** It is decided, and leads on to this address. */
export function decided({ handed }: Waiting, location: string): void {
  remove(kept);
  // What was handed over is good for nothing but the answer to this approval.
  const state = new URL(location).searchParams.get("state") ?? "";
  const pending = handed.find((p) => p.state === state && state !== "");
  if (pending) keepPending(pending);
}
