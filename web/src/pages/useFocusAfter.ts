import { useCallback, useEffect, useRef } from "react";

/**
 * Moves the focus once the page has changed: what is asked for may not be there yet, and a
 * dialog that closes gives the focus back first.
 */
export function useFocusAfter(): (id: string) => void {
  const wanted = useRef("");
  useEffect(() => {
    const place = wanted.current === "" ? null : document.getElementById(wanted.current);
    if (place === null) return;
    wanted.current = "";
    place.focus();
  });
  return useCallback((id: string) => {
    wanted.current = id;
  }, []);
}
