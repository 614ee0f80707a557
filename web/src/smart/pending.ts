import { isObject, parse, text } from "../api/json";
import { carried, carry, putDown } from "./carried";
import { keys, read, remove, write } from "./storage";

/*
 * A request for access that is under way: what the answer is compared with. It is kept
 * under its own state, because two frames of one tab share what the tab keeps.
 */

export interface Pending {
  /** RFC 6749 §10.12 */
  readonly state: string;
  /** RFC 7636 §4.1 */
  readonly verifier: string;
  /** OpenID Connect Core 1.0 §3.1.2.1 */
  readonly nonce: string;
  /** The path of the viewer to go on to. */
  readonly back: string;
  /** An EPR has opened it. */
  readonly launched: boolean;
}

const prefix = "patchwork-going-";
const lasts = 15 * 60_000;

/** Reports whether it could be kept: without it the answer can never be taken. */
export function keepPending(pending: Pending): boolean {
  for (const key of keys(prefix)) {
    const kept = parse(read(key) ?? "");
    if (!isObject(kept) || typeof kept.at !== "number" || Date.now() - kept.at > lasts) remove(key);
  }
  const text = JSON.stringify({ ...pending, at: Date.now() });
  return write(prefix + pending.state, text) || carry(text);
}

/** Takes the request of this state, once; null if none is under way. */
export function takePending(state: string): Pending | null {
  const key = prefix + state;
  const kept = parse(read(key) ?? carried());
  remove(key);
  putDown();
  if (!isObject(kept) || state === "" || kept.state !== state) return null;
  return { state, verifier: text(kept.verifier), nonce: text(kept.nonce), back: text(kept.back), launched: kept.launched === true };
}

/** What is under way in this tab, for a window that goes on with it; in an address's fragment, which is not sent. */
export function handOver(): string {
  const all = [...keys(prefix).map((key) => parse(read(key) ?? "")), parse(carried())];
  return encodeURIComponent(JSON.stringify(all.filter(isObject)));
}

/** Reads what a frame has handed over: only as good as the approval that comes with it. */
export function handedOver(fragment: string): readonly Pending[] {
  const all = parse(decoded(fragment));
  if (!Array.isArray(all)) return [];
  return all.filter(isObject).map((kept) => ({ state: text(kept.state), verifier: text(kept.verifier), nonce: text(kept.nonce), back: text(kept.back), launched: kept.launched === true }));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
