import { useSyncExternalStore } from "react";

/** A telephone held upright, or a page enlarged until it is as narrow. */
const narrow = "(max-width: 30em)";

function query(): MediaQueryList | null {
  return typeof window.matchMedia === "function" ? window.matchMedia(narrow) : null;
}

function subscribe(changed: () => void): () => void {
  const media = query();
  media?.addEventListener("change", changed);
  return () => {
    media?.removeEventListener("change", changed);
  };
}

/** Whether there is room for one column of a few words only. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query()?.matches ?? false);
}
