import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { sectionThings, sectionTitle } from "../../../sections";
import { LiveRegion } from "../../../ui/LiveRegion";
import { Message } from "../../../ui/Message";
import { TextField } from "../../../ui/TextField";
import { count } from "../../../ui/words";
import type { PartProps } from "../part";
import { groupOf, groups, groupTitles } from "./categories";
import { Cumulative } from "./Cumulative";
import { reportMeant, testMeant } from "./filter";
import { Gaps } from "./Gaps";
import { newestFirst } from "./moments";
import { narratives, readings } from "./readings";
import { Reports } from "./Reports";
import { type Test, tests as testsOf } from "./series";
import { TestTable } from "./TestTable";
import { useChosen } from "./useChosen";
import { useUnits } from "./useUnits";

// What draws weighs as much as the rest of this part, and is wanted by a click.
const Trend = lazy(() => import("./Trend"));

/** Everything that was measured and found, by test: the newest value, what was before it, and the trend. */
export default function ResultsPart({ state, failed }: PartProps) {
  const { results, observations } = state.sections;
  const { units, missing: withoutUnits } = useUnits();
  const { chosen, choose } = useChosen();
  const [typed, setTyped] = useState("");
  const [view, setView] = useState<"table" | "grid">("table");
  const wanted = useDeferredValue(typed);
  const heading = useRef<HTMLHeadingElement>(null);

  const all = useMemo(() => inOrder(testsOf(readings({ ...(results && { results }), ...(observations && { observations }) }))), [results, observations]);
  const reports = useMemo(() => (results ? narratives({ results }) : []), [results]);
  const shown = useMemo(() => all.filter((test) => testMeant(wanted, test)), [all, wanted]);
  const told = useMemo(() => reports.filter((r) => reportMeant(wanted, r)), [reports, wanted]);
  const opened = useMemo(() => chosen.flatMap((key) => all.filter((t) => t.key === key || t.codes.includes(key)).slice(0, 1)), [chosen, all]);
  const openedKeys = useMemo(() => opened.map((t) => t.key), [opened]);

  // Closing the trend takes the place of the focus away.
  const had = useRef(0);
  useEffect(() => {
    if (had.current > 0 && chosen.length === 0) heading.current?.focus();
    had.current = chosen.length;
  }, [chosen]);

  const open = useMemo(() => (test: Test) => { choose([test.key]); }, [choose]);
  const status = wanted.trim() === "" ? "" : `${count(shown.length, "test")} and ${count(told.length, "report")} found`;
  return (
    <div className="pw-results">
      <h2 tabIndex={-1} ref={heading}>
        Results
      </h2>
      <div className="pw-results__answers">
        <Gaps name="results" title={sectionTitle("results")} things={sectionThings("results")} section={results} failed={failed} />
        <Gaps name="observations" title={sectionTitle("observations")} things={sectionThings("observations")} section={observations} failed={failed} />
      </div>
      <LiveRegion text={status} />
      {chosen.length > 0 && opened.length < chosen.length && state.phase === "settled" ? <Message tone="plain">A test that was chosen has no result that you are shown.</Message> : null}
      {opened.length > 0 ? (
        <Suspense fallback={<Message tone="waiting">Opening the trend</Message>}>
          <Trend tests={opened} others={all.filter((t) => !openedKeys.includes(t.key))} units={units} withoutUnits={withoutUnits} onChoose={choose} />
        </Suspense>
      ) : null}
      {all.length + reports.length > 0 ? (
        <div className="pw-results__tools">
          <TextField
            label="Find a test or report"
            type="search"
            autoComplete="off"
            width={20}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
          />
          <div className="pw-results__views" role="group" aria-label="How the tests are shown">
            {(["table", "grid"] as const).map((v) => (
              <button
                key={v}
                type="button"
                className="pw-more"
                aria-pressed={view === v}
                onClick={() => {
                  setView(v);
                }}
              >
                {v === "table" ? "Newest of each test" : "Cumulative: tests by date"}
              </button>
            ))}
          </div>
          <p className="pw-small" aria-hidden="true">
            {status}
          </p>
        </div>
      ) : null}
      {wanted.trim() !== "" && shown.length + told.length === 0 ? (
        <Message tone="plain">Nothing that is shown here is called that. {results && observations && results.missing.length + observations.missing.length === 0 ? "" : "Not every system’s results are here."}</Message>
      ) : null}
      {groups.map((group) => {
        const own = shown.filter((t) => t.group === group);
        const words = told.filter((r) => groupOf(r.category) === group);
        if (own.length + words.length === 0) return null;
        return (
          <section key={group} className="pw-card" aria-labelledby={`pw-results-${group}`}>
            <div className="pw-card__head">
              <h3 className="pw-card__title" id={`pw-results-${group}`}>
                {groupTitles[group]}
              </h3>
              {own.length > 0 ? <span className="pw-card__count">{count(own.length, "test")}</span> : null}
            </div>
            {own.length === 0 ? null : view === "table" ? (
              <TestTable title={groupTitles[group]} tests={own} units={units} opened={openedKeys} onOpen={open} />
            ) : (
              <Cumulative title={groupTitles[group]} tests={own} onOpen={open} />
            )}
            <Reports title={groupTitles[group]} reports={words} />
          </section>
        );
      })}
    </div>
  );
}

/** Those that were measured last stand first; those of one moment by their names. */
function inOrder(all: readonly Test[]): Test[] {
  const newest = (t: Test) => ({ date: t.readings[0]?.date ?? null });
  return [...all].sort((a, b) => newestFirst(newest(a), newest(b)) || a.name.localeCompare(b.name, "en-GB"));
}
