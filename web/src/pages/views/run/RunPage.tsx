import { useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { ask, wasAborted } from "../../../api";
import { type Cells, goesOn, readRows, type ViewColumn, type ViewRunFacts } from "../../../api/views";
import { ViewAsItIsDocument } from "../../../api/generated/graphql";
import { sentenceOf } from "../../../components/problems";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { formatInstant } from "../../../ui/dates";
import { Message } from "../../../ui/Message";
import { TextField } from "../../../ui/TextField";
import { count } from "../../../ui/words";
import { usePage } from "../../usePage";
import { Problem } from "../Problem";
import { useAsked } from "../useAsked";
import { useSourceNames } from "../useNames";
import { purposeWords } from "../words";
import { KeptChart } from "../chart/KeptChart";
import { Chart } from "./Chart";
import { aroundWords, coverageOf, isComplete } from "./coverage";
import { Download } from "./Download";
import { Progress } from "./Progress";
import { RowsTable } from "./RowsTable";
import { filtered, nextOrder, type Order, sorted } from "./sorting";
import { useRun } from "./useRun";

/** The most rows that stand on a page; a file has all. */
const mostRows = 20_000;

/** One run: its rows, its chart and its files. Keyed by id in Page. */
export function RunPage({ id }: { readonly id: string }) {
  // What a view is called may say too much for a title that stays in the browser's history.
  const heading = usePage<HTMLHeadingElement>("Run of a view");
  const { run, problem, put } = useRun(id);
  return (
    <>
      <p className="pw-small">
        <Link to={paths.views}>Views</Link>
        {run === null ? null : (
          <>
            {" › "}
            <Link to={paths.view(run.view)}>{run.title}</Link>
          </>
        )}
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {run === null ? (problem ? "This run cannot be opened" : "Run of a view") : run.title}
      </h1>
      <Problem text={problem} />
      {run === null ? (
        <p role="status">{problem ? "" : "Reading the run"}</p>
      ) : (
        <>
          <p className="pw-small">
            {[purposeWords(run.purpose), `version ${run.version}`, run.created ? `begun ${formatInstant(run.created)}` : "", run.expires && run.state === "DONE" ? `rows kept until ${formatInstant(run.expires)}` : ""].filter(Boolean).join(" · ")}
          </p>
          <Progress run={run} onCancelled={put} />
          {run.state === "DONE" ? <Results run={run} /> : goesOn(run) ? null : (
            <p>
              <Link to={paths.view(run.view)}>Go to the view to run it again</Link>
            </p>
          )}
        </>
      )}
    </>
  );
}

function Results({ run }: { readonly run: ViewRunFacts }) {
  const { rows, problem } = useRows(run);
  const { columns, chart } = useVersion(run);
  const source = useSourceNames();
  const coverage = useMemo(() => coverageOf(run.headings), [run.headings]);
  const [order, setOrder] = useState<Order | null>(null);
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const shown = useMemo(() => sorted(filtered(rows, run.headings, wanted), run.headings, order), [rows, run.headings, wanted, order]);
  const incomplete = useMemo(() => rows.filter((cells) => !isComplete(coverage, cells)).length, [rows, coverage]);
  const all = Math.min(run.rows, mostRows);
  return (
    <>
      <p className="pw-views__sum">
        {count(run.people, "person", "people")}, {count(run.rows, "row")}.
      </p>
      <Problem text={problem} />
      {aroundWords(run, incomplete, rows.length).map((said) => (
        <Message tone="missing" key={said}>
          {said}
        </Message>
      ))}
      {run.rows > mostRows ? <Message tone="plain">{`The first ${mostRows} rows are shown here; a file has all ${run.rows}.`}</Message> : null}
      {columns === null || chart === "" ? null : <KeptChart run={run} chart={chart} rows={rows} coverage={coverage} columns={columns} />}
      <section aria-labelledby="run-rows" className="pw-views__part">
        <h2 id="run-rows">Rows</h2>
        <TextField
          id="run-filter"
          label="Show rows with"
          hint="Words that stand in the row"
          width={20}
          value={text}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        <p role="status">{rows.length < all && !problem ? `${rows.length} of ${count(all, "row")} read` : wanted.trim() === "" ? "" : `${count(shown.length, "row")} of ${rows.length}`}</p>
        {columns === null ? null : shown.length > 0 ? (
          <RowsTable
            caption={wanted.trim() === "" ? "Every row" : "Rows that were looked for"}
            headings={run.headings}
            coverage={coverage}
            columns={columns}
            rows={shown}
            source={source}
            order={order}
            onOrder={(at) => {
              setOrder(nextOrder(order, at));
            }}
          />
        ) : (
          <p>{rows.length > 0 ? "No row has these words." : rows.length === all ? "There are no rows." : ""}</p>
        )}
      </section>
      <Chart run={run.id} headings={run.headings} incomplete={incomplete > 0 || rows.length < run.rows} />
      <Download run={run} />
    </>
  );
}

/** The rows as they are read. */
function useRows(run: ViewRunFacts): { readonly rows: readonly Cells[]; readonly problem: string } {
  const { id, rows: many } = run;
  const [held, setHeld] = useState<{ readonly rows: readonly Cells[]; readonly problem: string }>({ rows: [], problem: "" });
  useEffect(() => {
    const controller = new AbortController();
    const tell = (rows: readonly Cells[]) => {
      if (!controller.signal.aborted) setHeld({ rows, problem: "" });
    };
    readRows(id, Math.min(many, mostRows), tell, controller.signal).catch((error: unknown) => {
      if (wasAborted(error) || controller.signal.aborted) return;
      setHeld((was) => ({ ...was, problem: sentenceOf(error) }));
    });
    return () => {
      controller.abort();
    };
  }, [id, many]);
  return held;
}

/** The columns that were picked, by name; none for a definition, or where they cannot be read. Null until that is known: a 0 may be none, or what has been counted so far. And the chart of that version; "" for none. */
function useVersion({ view, version }: ViewRunFacts): { readonly columns: ReadonlyMap<string, ViewColumn> | null; readonly chart: string } {
  const read = useCallback((signal: AbortSignal) => ask(ViewAsItIsDocument, { id: view, version }, (data) => data.view, signal), [view, version]);
  const { value, problem } = useAsked(read);
  const columns = useMemo(() => (value === null && !problem ? null : new Map((value?.columns ?? []).map((c) => [c.name, c]))), [value, problem]);
  return { columns, chart: value?.chart ?? "" };
}
