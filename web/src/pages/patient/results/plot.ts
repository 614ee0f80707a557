import uPlot from "uplot";
import { formatDay } from "../../../ui/dates";
import { type Axis, joins, type Point } from "./chart";
import { drawPoint, shapes } from "./shapes";
import type { Span } from "./span";
import type { Theme } from "./theme";

export interface Drawing {
  readonly axis: Axis;
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  readonly onSpan: (span: Span | null) => void;
  /** The value under the pointer; null for none. */
  readonly onPoint: (point: Point | null) => void;
}

/** Draws an axis: straight lines within a run and nowhere else, points by the laboratory's shape, ranges as steps. */
export function draw(root: HTMLElement, { axis, theme, width, height, onSpan, onPoint }: Drawing): uPlot {
  const ratio = devicePixelRatio;
  const colourOf = (i: number) => theme.runs[i % theme.runs.length] ?? theme.text;
  const { times, values } = columns(axis);
  return new uPlot(
    {
      width,
      height,
      padding: [10, 14, 0, 0],
      legend: { show: false },
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Europe/London"),
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
        bind: {
          dblclick: () => () => {
            onSpan(null);
            return null;
          },
        },
      },
      scales: { x: { time: true, range: (_, from, to) => [from, to] }, y: { range: () => verticalRange(axis) } },
      axes: [
        { stroke: theme.quiet, grid: { stroke: theme.line, width: 1 }, ticks: { stroke: theme.line }, font: "13px Arial", space: 96, values: (_, splits, __, ___, step) => splits.map((at) => tick(at, step)) },
        { stroke: theme.quiet, grid: { stroke: theme.line, width: 1 }, ticks: { stroke: theme.line }, font: "13px Arial", size: 62, label: axis.unit, labelFont: "bold 13px Arial", labelSize: 22, labelGap: 2 },
      ],
      series: [
        {},
        ...axis.runs.map((_, i) => ({ stroke: colourOf(i), width: 1.5, dash: i === 0 ? [] : [6, 3 + i], points: { show: false } })),
      ],
      hooks: {
        drawAxes: [(u) => { bands(u, axis, theme, ratio); }],
        draw: [(u) => { points(u, axis, colourOf, theme, ratio); }],
        setSelect: [
          (u) => {
            const { left, width: wide } = u.select;
            if (wide < 8) return;
            u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            onSpan([u.posToVal(left, "x"), u.posToVal(left + wide, "x")]);
          },
        ],
        setCursor: [(u) => { onPoint(nearest(u, axis)); }],
      },
    },
    [times, ...values] as uPlot.AlignedData,
    root,
  );
}

/**
 * The columns that the library draws lines of. A value that is not exact or may still change is null, which
 * breaks the line: no line passes it by as if nothing had been measured. Times of other runs are
 * undefined, which does not.
 */
function columns(axis: Axis): { times: number[]; values: (number | null | undefined)[][] } {
  const times = [...new Set(axis.runs.flatMap((r) => r.points.map((p) => p.at)))].sort((a, b) => a - b);
  const place = new Map(times.map((at, i) => [at, i]));
  const values = axis.runs.map((run) => {
    const column = times.map((): number | null | undefined => undefined);
    for (const p of run.points) {
      const i = place.get(p.at);
      if (i !== undefined) column[i] = joins(p) ? p.y : null;
    }
    return column;
  });
  return { times, values };
}

/** Of all values, whatever part is looked at: zooming in time does not change what high looks like. */
function verticalRange(axis: Axis): [number, number] {
  const all = axis.runs.flatMap((r) => r.points.flatMap((p) => [p.y, p.low, p.high])).filter((n) => n !== null);
  const low = all.reduce((a, b) => Math.min(a, b), Infinity);
  const high = all.reduce((a, b) => Math.max(a, b), -Infinity);
  const air = (high - low) * 0.08 || Math.abs(high) * 0.1 || 1;
  // No room below nothing for what is never negative.
  return [low >= 0 ? Math.max(0, low - air) : low - air, high + air];
}

/** A laboratory's range holds from one of its values to the next: steps, because laboratories change their ranges. */
function bands(u: uPlot, axis: Axis, theme: Theme, ratio: number): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const run of axis.runs) {
    run.points.forEach((p, i) => {
      if (p.low === null && p.high === null) return;
      const left = i === 0 ? u.valToPos(p.at, "x", true) - 8 * ratio : u.valToPos(p.at, "x", true);
      const next = run.points[i + 1];
      const right = next === undefined ? u.valToPos(p.at, "x", true) + 8 * ratio : u.valToPos(next.at, "x", true);
      const top = p.high === null ? bbox.top : u.valToPos(p.high, "y", true);
      const bottom = p.low === null ? bbox.top + bbox.height : u.valToPos(p.low, "y", true);
      ctx.globalAlpha = axis.runs.length > 1 ? 0.6 : 1;
      ctx.fillStyle = theme.band;
      ctx.fillRect(left, top, right - left, bottom - top);
      ctx.globalAlpha = 1;
      ctx.strokeStyle = theme.bandEdge;
      ctx.lineWidth = ratio;
      ctx.setLineDash([3 * ratio, 3 * ratio]);
      for (const edge of [p.high === null ? null : top, p.low === null ? null : bottom]) {
        if (edge === null) continue;
        ctx.beginPath();
        ctx.moveTo(left, edge);
        ctx.lineTo(right, edge);
        ctx.stroke();
      }
    });
  }
  ctx.restore();
}

function points(u: uPlot, axis: Axis, colourOf: (i: number) => string, theme: Theme, ratio: number): void {
  const { ctx, bbox } = u;
  ctx.save();
  axis.runs.forEach((run, i) => {
    for (const p of run.points) {
      const x = u.valToPos(p.at, "x", true);
      const y = u.valToPos(p.y, "y", true);
      if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) continue;
      drawPoint(ctx, p, shapes[i % shapes.length] ?? "circle", x, y, 4 * ratio, colourOf(i), theme.paper);
    }
  });
  ctx.restore();
}

function nearest(u: uPlot, axis: Axis): Point | null {
  const { left, top } = u.cursor;
  if (left === undefined || top === undefined || left < 0) return null;
  let best: { point: Point; far: number } | null = null;
  for (const point of axis.runs.flatMap((r) => r.points)) {
    const far = Math.hypot(u.valToPos(point.at, "x") - left, u.valToPos(point.y, "y") - top);
    if (far < 24 && (best === null || far < best.far)) best = { point, far };
  }
  return best?.point ?? null;
}

/** A tick as dates are written here, no more exact than the step between two of them. */
function tick(at: number, step: number): string {
  const moment = new Date(at * 1000).toISOString();
  const [day = "", month = "", year = ""] = formatDay(moment).split("-");
  if (step >= 31_000_000) return year;
  if (step >= 2_400_000) return `${month}-${year}`;
  return `${day}-${month}-${year}`;
}
