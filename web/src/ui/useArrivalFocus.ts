import { type RefObject, useEffect, useRef } from "react";

/** Gives the focus to what has just appeared in the place of the button that called for it. */
export function useArrivalFocus<E extends HTMLElement>(): RefObject<E | null> {
  const place = useRef<E>(null);
  useEffect(() => {
    place.current?.focus();
  }, []);
  return place;
}
