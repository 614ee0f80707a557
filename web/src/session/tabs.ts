/*
 * What the tabs of one browser tell each other: they share a session, and a window that
 * was opened to sign in again has no other way back, because the provider's page between
 * cuts it off from the one that opened it (Cross-Origin-Opener-Policy).
 */

/** `renewed`: the cookie or the role is another. `confirmed`: the user has shown in a window of its own that it is them. */
export type Message = "signed-out" | "locked" | "renewed" | "confirmed";

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("patchwork-session");

/** Tells the other tabs. */
export function tell(message: Message): void {
  channel?.postMessage(message);
}

/** Hears the other tabs until the function given back is called. */
export function hear(heard: (message: Message) => void): () => void {
  const listen = (event: MessageEvent<unknown>) => {
    if (event.data === "signed-out" || event.data === "locked" || event.data === "renewed" || event.data === "confirmed") heard(event.data);
  };
  channel?.addEventListener("message", listen);
  return () => {
    channel?.removeEventListener("message", listen);
  };
}
