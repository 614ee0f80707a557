import { paths, routeOf } from "../paths";

/** Where somebody was going before they had to sign in, kept with the entry in the browser's history; null if nowhere in particular. */
export function wanted(state: unknown = window.history.state): string | null {
  const back = typeof state === "object" && state !== null && "back" in state && typeof state.back === "string" ? state.back : paths.find;
  return ["find", "role", "approve"].includes(routeOf(back).page) ? null : viewerPath(back);
}

/** A path to come back to; null if it is none of the viewer's, or one where nobody was going. */
export function viewerPath(back: string): string | null {
  return ["nowhere", "sign-in", "launch", "callback"].includes(routeOf(back).page) ? null : back;
}
