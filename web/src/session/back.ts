import { paths, routeOf } from "../paths";

/** Where somebody was going before they had to sign in, kept with the entry in the browser's history; null if nowhere in particular. */
export function wanted(state: unknown = window.history.state): string | null {
  const back = typeof state === "object" && state !== null && "back" in state && typeof state.back === "string" ? state.back : paths.find;
  return ["nowhere", "sign-in", "find", "role"].includes(routeOf(back).page) ? null : back;
}
