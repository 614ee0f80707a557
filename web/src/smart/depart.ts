import { ApiError } from "../api/errors";
import { browser } from "../navigation";
import { keepPending } from "./pending";
import { read, remove, write } from "./storage";

/* The way to the server's authorize page and back: for the user of a trusted client it is one blink. */

const vain = "patchwork-in-vain";
const mostInVain = 4;
let underWay: Promise<void> | null = null;

export interface Going {
  /** The path of the viewer to go on to. */
  readonly back: string;
  /** The handle of an EPR's launch; "" for none. */
  readonly launch?: string;
}

/**
 * Asks for access: the page is left, and comes back to /smart/callback. Throws ApiError if
 * it cannot be asked for: NO_STORAGE if the browser keeps nothing for this page.
 */
export function depart(going: Going): Promise<void> {
  underWay ??= leave(going).catch((error: unknown) => {
    underWay = null;
    throw error;
  });
  return underWay;
}

async function leave({ back, launch = "" }: Going): Promise<void> {
  // What is granted and refused at once is not asked for again and again.
  if (Number(read(vain) ?? 0) >= mostInVain) {
    remove(vain);
    throw new ApiError("Patchwork gives this page access and refuses it at once. Try again in a few minutes", "IN_VAIN");
  }
  const { begin } = await import("./oauth");
  const { url, ...secrets } = await begin(launch);
  if (!keepPending({ ...secrets, back, launched: launch !== "" })) {
    throw new ApiError("This browser keeps nothing for Patchwork, which it has to while access is given", "NO_STORAGE");
  }
  browser.leave(url);
}

/** The browser is back, whatever it brings. */
export function returned(): void {
  underWay = null;
}

/** Access was given. */
export function given(): void {
  write(vain, String(Number(read(vain) ?? 0) + 1));
}

/** Access was given and is good. */
export function notInVain(): void {
  if (read(vain) !== null) remove(vain);
}
