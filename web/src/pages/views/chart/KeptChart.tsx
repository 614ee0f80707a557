import { lazy, Suspense, useCallback, useMemo } from "react";
import { type Cells, countsBy, type ViewColumn, type ViewRunFacts } from "../../../api/views";
import { Message } from "../../../ui/Message";
import { Problem } from "../Problem";
import type { Coverage } from "../run/coverage";
import { useAsked } from "../useAsked";
import { isPart, type Judged, judged, type Part } from "./check";
import { countsAsData, mostDrawn, rowsAsData } from "./data";
import { usesOf } from "./uses";

const Drawing = lazy(() => import("./Drawing"));

interface KeptChartProps {
  readonly run: ViewRunFacts;
  readonly chart: string;
  readonly rows: readonly Cells[];
  readonly coverage: Coverage;
  readonly columns: ReadonlyMap<string, ViewColumn>;
}

/** The chart that a view keeps, over the rows of a run; for other purposes than care over its counts, in which small numbers are held back. */
export function KeptChart({ run, chart, rows, coverage, columns }: KeptChartProps) {
  const names = useMemo(() => run.headings.filter((h) => !h.coverage).map((h) => h.name), [run.headings]);
  const found = useMemo(() => judged(chart, names, run.secondary), [chart, names, run.secondary]);
  return (
    <section aria-labelledby="run-kept-chart" className="pw-views__part">
      <h2 id="run-kept-chart">{titleOf(found.spec) || "Chart of this view"}</h2>
      {typeof found.spec?.description === "string" ? <p>{found.spec.description}</p> : null}
      <Suspense fallback={<p role="status">Reading what draws charts</p>}>
        {found.spec === null ? <Message tone="missing">{`It is not drawn. ${found.says}`}</Message> : run.secondary ? <OfCounts run={run.id} found={found} /> : <OfRows run={run} spec={found.spec} rows={rows} coverage={coverage} columns={columns} />}
      </Suspense>
    </section>
  );
}

/** The chart's own title stands over it as the page's headings do. */
export function titleOf(spec: Part | null): string {
  return isPart(spec) && typeof spec.title === "string" ? spec.title.trim() : "";
}

/** A chart without its title and description, which stand on the page. */
export function untitled(spec: Part): Part {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => name !== "title" && name !== "description"));
}

function OfRows({ run, spec, rows, coverage, columns }: Omit<KeptChartProps, "chart"> & { readonly spec: Part }) {
  const whole = rows.length >= Math.min(run.rows, mostDrawn);
  const data = useMemo(() => (whole ? rowsAsData(rows, run.headings, coverage, columns, usesOf(spec)) : null), [whole, rows, run.headings, coverage, columns, spec]);
  const bare = useMemo(() => untitled(spec), [spec]);
  // A part of the rows would look like all of them.
  if (run.rows > mostDrawn) return <Message tone="plain">{`It is drawn of at most ${mostDrawn.toLocaleString("en-GB")} rows, and this run has ${run.rows.toLocaleString("en-GB")}. A file has them all.`}</Message>;
  if (data === null) return <p role="status">Reading the rows</p>;
  if (rows.length === 0) return <p>There are no rows to draw.</p>;
  return <Drawing spec={bare} data={data} caption={titleOf(spec) || "Chart of this view"} />;
}

function OfCounts({ run, found }: { readonly run: string; readonly found: Judged }) {
  const { columns, spec } = found;
  const read = useCallback((signal: AbortSignal) => countsBy(run, columns, signal), [run, columns]);
  const { value, problem } = useAsked(read);
  const data = useMemo(() => (value === null ? null : countsAsData(value, columns)), [value, columns]);
  const bare = useMemo(() => untitled(spec ?? {}), [spec]);
  if (problem) return <Problem text={problem} />;
  if (data === null || spec === null) return <p role="status">Counting</p>;
  return <Drawing spec={bare} data={data} caption={titleOf(spec) || "Chart of this view"} />;
}
