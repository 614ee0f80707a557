import { type RefObject, useEffect, useState } from "react";

const darkness = "screen and (prefers-color-scheme: dark)";

/** How wide a place is, in steps that are worth drawing anew for, and whether it is dark there. 0 until it is known. */
export function useSurroundings(place: RefObject<HTMLElement | null>): { readonly width: number; readonly dark: boolean } {
  const [width, setWidth] = useState(0);
  const [dark, setDark] = useState(() => window.matchMedia(darkness).matches);
  useEffect(() => {
    const at = place.current;
    if (!at) return;
    const measure = () => {
      // Narrower than this nothing can be read in it: it is looked through by scrolling.
      setWidth(Math.max(280, Math.min(960, Math.floor(at.clientWidth / 20) * 20)));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(at);
    return () => {
      watch.disconnect();
    };
  }, [place]);
  useEffect(() => {
    const scheme = window.matchMedia(darkness);
    const turn = () => {
      setDark(scheme.matches);
    };
    scheme.addEventListener("change", turn);
    return () => {
      scheme.removeEventListener("change", turn);
    };
  }, []);
  return { width, dark };
}
