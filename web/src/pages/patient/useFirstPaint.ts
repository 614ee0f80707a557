import { useEffect, useState } from "react";
import { type RecordState, run, sectionNames } from "../../api";
import { TellFirstPaintDocument } from "../../api/generated/graphql";

/** Whether the first record since the page was loaded has come: that one began with the page. */
let loaded = false;

/** How long after the rows it is told, when the record has what it asked for. */
export const later = 1500;

/**
 * Measures from choosing a person to the first rows of their record, and tells the server how long it
 * was: a number, and nothing of anybody. What nobody looked at all the time is not measured.
 */
export function useFirstPaint(state: RecordState): void {
  const [began] = useState(() => {
    const from = loaded ? performance.now() : 0;
    loaded = true;
    return from;
  });
  const there = sectionNames.some((name) => (state.sections[name]?.entries?.length ?? 0) > 0);
  useEffect(() => {
    if (!there || hiddenSince(began)) return;
    let tell: number | undefined;
    const frame = requestAnimationFrame(() => {
      const took = Math.round(performance.now() - began);
      tell = window.setTimeout(() => {
        // What comes of it is nothing to the reader.
        run(TellFirstPaintDocument, { milliseconds: took }, undefined, "passive").catch(() => undefined);
      }, later);
    });
    return () => {
      cancelAnimationFrame(frame);
      window.clearTimeout(tell);
    };
  }, [there, began]);
}

/** Whether the page was out of sight since then, where the browser says so, or is now. */
function hiddenSince(began: number): boolean {
  if (document.visibilityState === "hidden") return true;
  const seen = typeof performance.getEntriesByType === "function" ? performance.getEntriesByType("visibility-state") : [];
  return seen.some((e) => e.name === "hidden" && e.startTime >= began);
}
