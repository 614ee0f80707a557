import { type RefObject, startTransition, useEffect, useState } from "react";

/**
 * Whether the reader is at something: has pressed, typed or focused in it, or has scrolled
 * while it was in sight or above. From then on it keeps what it shows in its place.
 */
export function useEngaged(place: RefObject<HTMLElement | null>): boolean {
  const [engaged, setEngaged] = useState(false);
  useEffect(() => {
    const at = place.current;
    if (at === null || engaged) return;
    const engage = () => {
      // Nothing is to be seen of it: what was pressed comes first.
      startTransition(() => {
        setEngaged(true);
      });
    };
    const scrolled = () => {
      // A page that begins where it began has not been scrolled, whatever fired the event.
      if (window.scrollY > 0 && at.getBoundingClientRect().top < window.innerHeight) engage();
    };
    const deeds = ["pointerdown", "keydown", "focusin"] as const;
    for (const deed of deeds) at.addEventListener(deed, engage);
    window.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      for (const deed of deeds) at.removeEventListener(deed, engage);
      window.removeEventListener("scroll", scrolled);
    };
  }, [place, engaged]);
  return engaged;
}

/** Lets something grow but not shrink while it is kept, so that what stands below stays where it is. */
export function useKeptHeight(place: RefObject<HTMLElement | null>, keep: boolean): void {
  useEffect(() => {
    const at = place.current;
    if (at === null || !keep) return;
    at.style.minHeight = `${at.offsetHeight}px`;
    return () => {
      at.style.minHeight = "";
    };
  }, [place, keep]);
}
