import { useSyncExternalStore } from "react";
import { type Held, present, subscribe } from "./grant";

/** What this page may ask with, as it changes. */
export function useGrant(): Held {
  return useSyncExternalStore(subscribe, present);
}
