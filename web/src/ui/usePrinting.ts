import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Whether the browser is making paper of the page just now: what only paper shows need not stand in the page before. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const turn = (on: boolean) => {
      // The sheets are laid out as soon as the listeners return.
      flushSync(() => {
        setPrinting(on);
      });
    };
    const before = () => {
      turn(true);
    };
    const after = () => {
      turn(false);
    };
    // Not every browser tells of printing by event alone.
    const paper = typeof window.matchMedia === "function" ? window.matchMedia("print") : null;
    const changed = (event: MediaQueryListEvent) => {
      turn(event.matches);
    };
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    paper?.addEventListener("change", changed);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
      paper?.removeEventListener("change", changed);
    };
  }, []);
  return printing;
}
