import type { Axis } from "./chart";
import { shapes } from "./shapes";

const signs = { circle: "●", square: "■", diamond: "◆", cross: "✕" } as const;

/** Whose values have which shape, and what the other signs mean, where they occur. */
export function Legend({ axis }: { readonly axis: Axis }) {
  const points = axis.runs.flatMap((r) => r.points);
  const said = [
    ...axis.runs.map((run, i) => ({ key: run.key, sign: signs[shapes[i % shapes.length] ?? "circle"], run: i, words: `${run.lab}${run.unit !== "" && run.unit !== axis.unit ? `, reported in ${run.unit}` : ""}` })),
    ...(points.some((p) => p.sign === "above") ? [{ key: "above", sign: "△", run: null, words: "above this value" }] : []),
    ...(points.some((p) => p.sign === "below") ? [{ key: "below", sign: "▽", run: null, words: "below this value" }] : []),
    ...(points.some((p) => p.provisional) ? [{ key: "provisional", sign: "○", run: null, words: "may still change" }] : []),
    ...(points.some((p) => p.low !== null || p.high !== null) ? [{ key: "band", sign: "▒", run: null, words: "the laboratory’s range at the time" }] : []),
  ];
  return (
    <ul className="pw-legend">
      {said.map((s) => (
        <li key={s.key}>
          <span className="pw-legend__sign" data-run={s.run === null ? s.key : s.run % 4} aria-hidden="true">
            {s.sign}
          </span>{" "}
          {s.words}
        </li>
      ))}
    </ul>
  );
}
