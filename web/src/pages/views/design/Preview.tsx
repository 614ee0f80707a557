import { useEffect, useMemo, useState } from "react";
import { wasAborted } from "../../../api";
import { type Cells, readRows, type ViewFacts, type ViewRunFacts } from "../../../api/views";
import { sentenceOf } from "../../../components/problems";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { Message } from "../../../ui/Message";
import { count } from "../../../ui/words";
import { Problem } from "../Problem";
import { useSourceNames } from "../useNames";
import { mostDrawn } from "../chart/data";
import { KeptChart } from "../chart/KeptChart";
import { aroundWords, coverageOf, isComplete } from "../run/coverage";
import { Progress } from "../run/Progress";
import { RowsTable } from "../run/RowsTable";
import { useRun } from "../run/useRun";

/** The first rows are enough to see whether it is what was meant; a chart is of all. */
const firstRows = 10;

/** The first rows of a run of what was just saved. */
export function Preview({ view, runId }: { readonly view: ViewFacts; readonly runId: string }) {
  const { run, problem, put } = useRun(runId);
  return (
    <div className="pw-views__preview">
      <Problem text={problem} />
      {run === null ? <p role="status">{problem ? "" : "Beginning the run"}</p> : <Progress run={run} onCancelled={put} />}
      {run?.state === "DONE" ? <FirstRows view={view} run={run} /> : null}
    </div>
  );
}

function FirstRows({ view, run }: { readonly view: ViewFacts; readonly run: ViewRunFacts }) {
  const [rows, setRows] = useState<readonly Cells[] | null>(null);
  const [problem, setProblem] = useState("");
  const source = useSourceNames();
  const coverage = useMemo(() => coverageOf(run.headings), [run.headings]);
  const columns = useMemo(() => new Map((view.columns ?? []).map((c) => [c.name, c])), [view.columns]);
  useEffect(() => {
    const controller = new AbortController();
    readRows(run.id, Math.min(view.chart ? mostDrawn : firstRows, run.rows), setRows, controller.signal).catch((error: unknown) => {
      if (!wasAborted(error)) setProblem(sentenceOf(error));
    });
    if (run.rows === 0) setRows([]);
    return () => {
      controller.abort();
    };
  }, [run.id, run.rows, view.chart]);
  if (problem) return <Problem text={problem} />;
  if (rows === null) return <p role="status">Reading the first rows</p>;
  const first = rows.slice(0, firstRows);
  return (
    <>
      <p role="status">
        {count(run.people, "person", "people")}, {count(run.rows, "row")}
        {run.rows > first.length ? `; the first ${first.length} are shown` : ""}.
      </p>
      {aroundWords(run, first.filter((cells) => !isComplete(coverage, cells)).length, first.length).map((said) => (
        <Message tone="missing" key={said}>
          {said}
        </Message>
      ))}
      {rows.length > 0 ? <RowsTable caption="The first rows" headings={run.headings} coverage={coverage} columns={columns} rows={first} source={source} order={null} /> : <p>There are no rows.</p>}
      {view.chart ? <KeptChart run={run} chart={view.chart} rows={rows} coverage={coverage} columns={columns} /> : null}
      <p>
        <Link to={paths.viewRun(run.id)}>See every row, the chart and the files</Link>
      </p>
    </>
  );
}
