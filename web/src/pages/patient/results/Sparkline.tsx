import { type Axis, joins, stretches } from "./chart";

const width = 112;
const height = 26;
const margin = 4;

/**
 * The shape of a test's values in the size of a word. It has no axis and nothing is read off it: the
 * values stand beside it, and the chart is one step away. So it needs no charting library, and takes its
 * colours from the style sheet. Its lines end where the chart's do.
 */
export function Sparkline({ axis }: { readonly axis: Axis | undefined }) {
  const points = axis?.runs.flatMap((r) => r.points) ?? [];
  if (axis === undefined || points.length < 2) return null;
  const [left, right] = extent(points.map((p) => p.at));
  const [bottom, top] = extent(points.map((p) => p.y));
  const x = (at: number) => margin + ((at - left) / (right - left)) * (width - 2 * margin);
  const y = (value: number) => height - margin - ((value - bottom) / (top - bottom)) * (height - 2 * margin);
  const last = points.reduce((a, b) => (b.at > a.at ? b : a));
  return (
    <svg className="pw-spark" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true" focusable="false">
      {axis.runs.flatMap(stretches).map((stretch, i) => (
        <polyline key={i} points={stretch.map((p) => `${x(p.at).toFixed(1)},${y(p.y).toFixed(1)}`).join(" ")} />
      ))}
      {points.map((p, i) => (
        <circle key={i} className={p === last ? "pw-spark__last" : joins(p) ? undefined : "pw-spark__open"} cx={x(p.at)} cy={y(p.y)} r={p === last ? 3 : 1.6} />
      ))}
    </svg>
  );
}

/** Never of no width: one value, or many that are equal, lie in the middle. */
function extent(of: readonly number[]): [number, number] {
  const low = of.reduce((a, b) => Math.min(a, b));
  const high = of.reduce((a, b) => Math.max(a, b));
  return low === high ? [low - 1, high + 1] : [low, high];
}
