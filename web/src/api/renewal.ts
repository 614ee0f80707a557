/*
 * The session's cookie is changed when somebody signs in, shows again that it is them, or
 * takes another role. A request that was under way with the old one is answered 401 then,
 * and is to be sent once more with the new one.
 */

let edition = 0;
let underWay: Promise<unknown> | null = null;

/** Which cookie a request is sent with. */
export function presentEdition(): number {
  return edition;
}

/** The cookie has changed: here, or in another tab of the same browser. */
export function renewed(): void {
  edition++;
}

/** Sends what changes the cookie if it succeeds. */
export async function renewing<T>(work: () => Promise<T>, succeeded: (result: T) => boolean): Promise<T> {
  const working = work();
  const settled = working.then(
    () => undefined,
    () => undefined,
  );
  underWay = settled;
  try {
    const result = await working;
    if (succeeded(result)) renewed();
    return result;
  } finally {
    if (underWay === settled) underWay = null;
  }
}

/** Reports whether the cookie has changed since; an answer may overtake the one that changes it. */
export async function renewedSince(sentWith: number): Promise<boolean> {
  await underWay;
  return edition !== sentWith;
}
