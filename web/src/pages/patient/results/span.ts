import type { Chart } from "./chart";

/** A stretch of time in seconds. */
export type Span = readonly [from: number, to: number];

const day = 86_400;

/** All of the charts' time with a little air, so that no point lies on the edge; a day at least. */
export function wholeSpan(charts: readonly Chart[]): Span {
  const times = charts.flatMap((c) => c.axes.flatMap((a) => a.runs.flatMap((r) => r.points.map((p) => p.at))));
  if (times.length === 0) return [0, day];
  const from = times.reduce((a, b) => Math.min(a, b));
  const to = times.reduce((a, b) => Math.max(a, b));
  const air = Math.max(day, (to - from) * 0.04);
  return [from - air, to + air];
}

/** Narrower or wider around the middle, never beyond the whole; null is the whole. */
export function zoomed(span: Span, factor: number, whole: Span): Span | null {
  const middle = (span[0] + span[1]) / 2;
  const half = Math.max(day / 2, ((span[1] - span[0]) / 2) * factor);
  return within([middle - half, middle + half], whole);
}

/** Earlier (-) or later (+) by a part of its own length. */
export function moved(span: Span, part: number, whole: Span): Span | null {
  const by = (span[1] - span[0]) * part;
  return within([span[0] + by, span[1] + by], whole);
}

/** Pushed back inside the whole, keeping its length where it fits. */
export function within(span: Span, whole: Span): Span | null {
  const length = span[1] - span[0];
  if (length >= whole[1] - whole[0]) return null;
  if (span[0] < whole[0]) return [whole[0], whole[0] + length];
  if (span[1] > whole[1]) return [whole[1] - length, whole[1]];
  return span;
}
