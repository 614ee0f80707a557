import { ApiError, prefillOf, type Prefill } from "../../api";
import { read, remove, write } from "../../smart/storage";

/*
 * Whom an EPR asked for without any proof: it fills the search in and gives no right. The
 * address has a handle, which is kept for the way through sign-in.
 */

const kept = "patchwork-prefill";
let asked: Promise<Prefill> | null = null;

/** Takes the handle from the address, where it would stay in the history. */
export function keepPrefill(): void {
  const handle = new URLSearchParams(window.location.search).get("prefill");
  if (handle === null) return;
  if (/^[A-Za-z0-9._~-]{20,256}$/.test(handle)) {
    asked = null;
    write(kept, handle);
  }
  window.history.replaceState(window.history.state, "", window.location.pathname);
}

/** Whom to fill in; null for nobody. The server tells it once: as long as this page lives, it stays. */
export function prefill(): Promise<Prefill> | null {
  const handle = read(kept);
  if (handle !== null) {
    remove(kept);
    asked = prefillOf(handle).catch((error: unknown) => {
      asked = null;
      if (error instanceof ApiError && ["not-signed-in", "NETWORK", "unavailable"].includes(error.code)) write(kept, handle);
      throw error;
    });
  }
  return asked;
}

/** The reader has seen that it is not, or that it is opened. */
export function endPrefill(): void {
  asked = null;
}
