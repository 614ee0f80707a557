import { type RefObject, useLayoutEffect } from "react";

/** The height of one line of the grid in px; cards begin and end on lines. */
const line = 4;
/** Between two cards in px. */
const gap = 12;

/**
 * Lets cards stand close under each other in their columns. A card's column is its place in
 * the order (by the style sheet), so that it never changes column when another one grows,
 * and the order in the document is the order of reading. Where nothing can be measured the
 * cards stand in rows.
 */
export function useColumns(place: RefObject<HTMLElement | null>, arrangement: string): void {
  useLayoutEffect(() => {
    const grid = place.current;
    if (grid === null || typeof ResizeObserver === "undefined") return;
    const cards = [...grid.children];
    grid.style.gridAutoRows = `${line}px`;
    grid.style.rowGap = "0";
    // The observer tells every height once before the first painting, and asks for no layout of its own.
    const observer = new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) {
        const [box] = borderBoxSize;
        if (box !== undefined && target instanceof HTMLElement) target.style.gridRowEnd = `span ${Math.ceil((box.blockSize + gap) / line)}`;
      }
    });
    cards.forEach((card) => {
      observer.observe(card);
    });
    return () => {
      observer.disconnect();
    };
  }, [place, arrangement]);
}
