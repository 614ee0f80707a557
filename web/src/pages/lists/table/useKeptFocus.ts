import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/**
 * Where somebody else takes away what has the focus, it goes to the element of this id
 * inside the place, and not to the top of the page. What is only moved keeps it.
 */
export function useKeptFocus<E extends HTMLElement>(fallback: string): RefObject<E | null> {
  const place = useRef<E>(null);
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const root = place.current;
    if (root === null) return;
    const came = (event: FocusEvent) => {
      last.current = event.target instanceof Element ? event.target : null;
    };
    // Taken away, an element does not say that it has lost the focus; left, it does.
    const left = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.isConnected && event.relatedTarget !== null) last.current = null;
    };
    root.addEventListener("focusin", came);
    root.addEventListener("focusout", left);
    return () => {
      root.removeEventListener("focusin", came);
      root.removeEventListener("focusout", left);
    };
  }, []);
  useLayoutEffect(() => {
    const had = last.current;
    if (had === null || had.isConnected || (document.activeElement !== null && document.activeElement !== document.body)) return;
    last.current = null;
    document.getElementById(fallback)?.focus({ preventScroll: true });
  });
  return place;
}
