/*
 * When the server last counted a request as use of the session, as far as this tab can
 * know, in milliseconds of this computer's clock. The server notes it once a minute at
 * most; counting as it does, a session is never thought to last longer than it will.
 */

const notedEvery = 60_000;
let last = 0;

/** A request that counts has been answered. */
export function used(sentAt: number): void {
  if (sentAt - last >= notedEvery) last = sentAt;
}

/** The server has said when it was. */
export function seen(at: number): void {
  if (at > last) last = at;
}

/** 0 if nothing is known yet. */
export function lastUse(): number {
  return last;
}
