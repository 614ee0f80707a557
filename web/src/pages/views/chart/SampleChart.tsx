import { lazy, Suspense, useDeferredValue, useMemo } from "react";
import { Message } from "../../../ui/Message";
import { stop } from "../../../ui/words";
import { judged } from "./check";
import { titleOf, untitled } from "./KeptChart";
import { sampleCounts, sampleRows } from "./sample";
import type { Charted } from "./simple";
import { usesOf } from "./uses";

const Drawing = lazy(() => import("./Drawing"));

interface SampleChartProps {
  readonly chart: string;
  readonly columns: readonly Pick<Charted, "name">[];
  readonly secondary: boolean;
}

/** How a chart will look, of made-up values: nothing was run yet. */
export function SampleChart({ chart, columns, secondary }: SampleChartProps) {
  const settled = useDeferredValue(chart);
  const names = useMemo(() => columns.map((c) => c.name), [columns]);
  const found = useMemo(() => judged(settled, names, secondary), [settled, names, secondary]);
  const data = useMemo(() => (found.spec === null ? null : secondary ? sampleCounts(found.columns) : sampleRows(usesOf(found.spec))), [found, secondary]);
  const bare = useMemo(() => untitled(found.spec ?? {}), [found]);
  if (data === null || found.spec === null) return <Message tone="missing">{stop(found.says)}</Message>;
  return (
    <div className="pw-views__sample">
      <Message tone="plain">Made-up values: this is how it will look, and nobody’s data.</Message>
      <Suspense fallback={<p role="status">Reading what draws charts</p>}>
        <Drawing spec={bare} data={data} caption={`${titleOf(found.spec) || "Chart of this view"}, of made-up values`} />
      </Suspense>
    </div>
  );
}
