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
import { Tick } from "../../../ui/Tick";
import { count } from "../../../ui/words";
import { usePage } from "../../usePage";
import { Problem } from "../Problem";
import { Repeat } from "../schedules/Repeat";
import { useRead } from "../schedules/useRead";
import { differenceWords, unknownWords } from "../schedules/words";
import { useAsked } from "../useAsked";
import { useSourceNames } from "../useNames";
import { purposeWords } from "../words";
import { KeptChart } from "../chart/KeptChart";
import { Chart } from "./Chart";
import { aroundWords, coverageOf, isComplete } from "./coverage";
import { Download } from "./Download";
import { Progress } from "./Progress";
import { RowsTable } from "./RowsTable";
import { freshOf, sinceShown } from "./since";
import { filtered, nextOrder, type Order, sorted } from "./sorting";
import { useRun } from "./useRun";

/** The most rows that stand on a page; a file has all. */
const mostRows = 20_000;

interface RunPageProps {
  readonly id: string;
  /** Only the rows that are new or changed are shown at first. */
  readonly changes: boolean;
  /** How many notices are not read, once those of this run are. */
  readonly onTold: (unread: number) => void;
}

/** One run: its rows, its chart and its files. Keyed by id in Page. */
export function RunPage({ id, changes, onTold }: RunPageProps) {
  // What a view is called may say too much for a title that stays in the browser's history.
  const heading = usePage<HTMLHeadingElement>("Run of a view");
  const { run, problem, put } = useRun(id);
  useRead(id, Boolean(run?.schedule) && run?.state === "DONE", onTold);
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
            {[purposeWords(run.purpose), run.list === null ? "people found by a search" : "", `version ${run.version}`, run.created ? `begun ${formatInstant(run.created)}` : "", run.expires && run.state === "DONE" ? `rows kept until ${formatInstant(run.expires)}` : ""].filter(Boolean).join(" · ")}
          </p>
          <Progress run={run} onCancelled={put} />
          {run.state === "DONE" ? <Results run={run} changes={changes} /> : goesOn(run) ? null : (
            <p>
              <Link to={paths.view(run.view)}>Go to the view to run it again</Link>
            </p>
          )}
        </>
      )}
    </>
  );
}

function Results({ run, changes }: { readonly run: ViewRunFacts; readonly changes: boolean }) {
  const { rows: read, problem } = useRows(run);
  const { headings, rows } = useMemo(() => sinceShown(run, read), [run, read]);
  const [only, setOnly] = useState(changes);
  const { columns, chart } = useVersion(run);
  const source = useSourceNames();
  const coverage = useMemo(() => coverageOf(headings), [headings]);
  const [order, setOrder] = useState<Order | null>(null);
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const picked = useMemo(() => (only ? freshOf(headings, rows) : rows), [only, headings, rows]);
  const shown = useMemo(() => sorted(filtered(picked, headings, wanted), headings, order), [picked, headings, wanted, order]);
  const incomplete = useMemo(() => rows.filter((cells) => !isComplete(coverage, cells)).length, [rows, coverage]);
  const all = Math.min(run.rows, mostRows);
  return (
    <>
      <p className="pw-views__sum">
        {count(run.people, "person", "people")}, {count(run.rows, "row")}.
      </p>
      <Since run={run} />
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
        {run.differences ? <Tick label="Only rows that are new or changed" checked={only} onChange={setOnly} /> : null}
        <p role="status">{rows.length < all && !problem ? `${rows.length} of ${count(all, "row")} read` : wanted.trim() === "" && !only ? "" : `${count(shown.length, "row")} of ${rows.length}`}</p>
        {columns === null ? null : shown.length > 0 ? (
          <RowsTable
            caption={wanted.trim() === "" && !only ? "Every row" : "Rows that were looked for"}
            headings={headings}
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
          <p>{rows.length > 0 ? (only && picked.length === 0 ? "No row is new or changed." : "No row has these words.") : rows.length === all ? "There are no rows." : ""}</p>
        )}
      </section>
      <Chart run={run.id} headings={run.headings.filter((h) => h.name !== "_since" && (h.name !== "_change" || run.differences))} incomplete={incomplete > 0 || rows.length < run.rows} />
      <Download run={run} />
      {run.schedule || typeof run.list !== "string" ? null : (
        <section aria-labelledby="run-repeat" className="pw-views__part">
          <h2 id="run-repeat">Repeat it</h2>
          <Repeat of={{ view: run.view, version: run.version, secondary: run.secondary, list: run.list }} />
        </section>
      )}
    </>
  );
}

/** What is other than at the run before, and of what it cannot be told. */
function Since({ run }: { readonly run: ViewRunFacts }) {
  if (!run.schedule) return null;
  if (!run.differences) return run.secondary ? null : <p>This is the first run of a view that is repeated: the next one says what is new since it.</p>;
  const unknown = unknownWords(run.differences);
  return (
    <>
      {differenceWords(run.differences).map((said) => (
        <p key={said}>{said}</p>
      ))}
      {unknown === "" ? null : <Message tone="missing">{unknown}</Message>}
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
