import { flushSync } from "react-dom";

/*
 * What is known of the EPR's screen, where an EPR has opened this page and says by FHIRcast
 * whom it shows. The page shows its patient only while this is `follows` or `unsure`.
 */

export type Cast =
  /** The EPR cannot say, or has not been asked: the page shows whom it was opened on. */
  | { readonly is: "apart" }
  /** It is being asked whom the EPR shows now. */
  | { readonly is: "asking" }
  | { readonly is: "follows" }
  /** The connection is lost: the page shows whom it was opened on, and says so. */
  | { readonly is: "unsure" }
  /** The EPR has moved on. Nothing of the last patient is on the page any more. */
  | { readonly is: "moving" }
  | { readonly is: "closed" }
  /** The EPR has moved on to somebody who cannot be opened here. */
  | { readonly is: "refused"; readonly why: string }
  | { readonly is: "signed-out" };

let cast: Cast = { is: "apart" };
const told = new EventTarget();

export function presentCast(): Cast {
  return cast;
}

export function subscribeCast(changed: () => void): () => void {
  told.addEventListener("told", changed);
  return () => {
    told.removeEventListener("told", changed);
  };
}

/** Says it, where nothing is taken away by it. */
export function tellCastSoon(next: Cast): void {
  cast = next;
  told.dispatchEvent(new Event("told"));
}

/** Says it. When this returns it is on the page: no frame has the last patient's data under the next one's banner (hazard H-01). */
export function tellCast(next: Cast): void {
  flushSync(() => {
    tellCastSoon(next);
  });
}

/** Reports whether the patient may be shown. */
export function shows({ is }: Cast): boolean {
  return is === "apart" || is === "follows" || is === "unsure";
}
