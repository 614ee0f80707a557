import { read, remove, write } from "./storage";

/* The way to access is gone once at a time, and not again and again in vain. */

const vain = "patchwork-in-vain";
const mostInVain = 4;
let underWay: Promise<void> | null = null;

/** Goes, unless somebody is on the way already, whom everybody follows. */
export function together(go: () => Promise<void>): Promise<void> {
  underWay ??= go().catch((error: unknown) => {
    underWay = null;
    throw error;
  });
  return underWay;
}

/** The way has ended here, whatever it brings. */
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

/** Reports whether what is granted is refused at once, and begins to count anew if so. */
export function inVain(): boolean {
  if (Number(read(vain) ?? 0) < mostInVain) return false;
  remove(vain);
  return true;
}
