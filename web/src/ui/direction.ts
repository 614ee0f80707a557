/*
 * Text of sources may run from right to left, or override the direction of whatever
 * follows. In an element of its own the element keeps it apart; joined with other words it
 * is put between the isolates of Unicode (UAX 9), which nobody sees.
 */

const turning = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud802\ud803\ud83a\ud83b]/;
const isolate = "\u2068"; // first strong isolate
const pop = "\u2069";

/** The text as it can stand among other words: they keep their order. Most text is given back as it is. */
export function isolated(text: string): string {
  if (!turning.test(text)) return text;
  // A text cannot end our isolate early, nor leave one of its own open behind it.
  let open = 0;
  let early = 0;
  for (const c of text) {
    if (c >= "\u2066" && c <= "\u2068") open++;
    else if (c === pop && open > 0) open--;
    else if (c === pop) early++;
  }
  return isolate.repeat(1 + early) + text + pop.repeat(1 + open);
}

/** Joins texts, each kept from turning the others round. */
export function joined(parts: readonly (string | null | undefined)[], between: string): string {
  const known = parts.filter((p): p is string => Boolean(p));
  return known.length === 1 ? (known[0] ?? "") : known.map(isolated).join(between);
}
