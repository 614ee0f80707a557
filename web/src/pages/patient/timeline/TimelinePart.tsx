import { useMemo, useState } from "react";
import { sectionNames, type RecordState } from "../../../api";
import { formatDate } from "../../../ui/dates";
import { LiveRegion } from "../../../ui/LiveRegion";
import { Message } from "../../../ui/Message";
import { count, list } from "../../../ui/words";
import type { PartProps } from "../part";
import { Axis } from "./Axis";
import { counted } from "./describe";
import { FilterBar } from "./FilterBar";
import { type Filters, howMany, useFilters } from "./filters";
import { gapSentences } from "./gaps";
import { kindWord } from "./Kind";
import { LineList } from "./LineList";
import { mostPrinted, PrintedLine } from "./PrintedLine";
import { useTimeline } from "./useTimeline";
import { todayAt } from "./windows";

/** Everything that happened, across all systems, in the order of time. */
export default function TimelinePart({ id, state, edition }: PartProps) {
  // What may be seen has changed: nothing that was read before stays.
  return <Line key={`${id} ${edition}`} id={id} state={state} />;
}

function Line({ id, state }: { readonly id: string; readonly state: RecordState }) {
  const [filters, change] = useFilters(id);
  const [today] = useState(() => todayAt(new Date()));
  const { reading, overview, rows, missing, busy, problem, late, need, needAll, again } = useTimeline(id, filters, useArrived(state));
  const gaps = useMemo(() => gapSentences(missing), [missing]);
  const total = overview?.total ?? 0;
  const filtered = howMany(filters) > 0 || filters.window !== null;
  return (
    <div className="pw-timeline">
      <h2>Timeline</h2>
      {gaps.map((g) => (
        <Message tone={g.tone} key={g.text}>
          {g.text}
        </Message>
      ))}
      {problem ? (
        <div role="alert">
          <Message tone="missing">
            {overview ? "The timeline could not be read; what is shown is from before." : "Unavailable. The timeline could not be read; this does not mean that there is nothing."} {problem}
          </Message>
          <button type="button" className="pw-again" onClick={again}>
            Read again
          </button>
        </div>
      ) : null}
      <LiveRegion text={busy || !overview ? "" : `${count(total, "entry", "entries")}${filtered ? " fit" : ""}`} />
      <FilterBar filters={filters} facets={overview?.facets ?? null} undated={overview?.undated ?? 0} today={today} onChange={change} />
      {overview === null ? (
        problem ? null : <Message tone="waiting">Asking every system that knows this person.</Message>
      ) : (
        <>
          {filters.undated ? null : (
            <Axis
              axis={overview.axis}
              span={overview.span ? { from: overview.span.first, to: overview.span.last } : null}
              window={filters.window}
              today={today}
              onWindow={(window) => {
                change({ window });
              }}
            />
          )}
          <div className="pw-line__head">
            <p>
              <strong>{counted(total)}</strong> {total === 1 ? "entry" : "entries"}
              {filtered ? " fit" : ""}, newest first
            </p>
            {overview.undated > 0 && !filters.undated ? (
              <button
                type="button"
                className="pw-again"
                onClick={() => {
                  change({ undated: true });
                }}
              >
                {counted(overview.undated)} without a date
              </button>
            ) : null}
            {filters.undated ? (
              <button
                type="button"
                className="pw-again"
                onClick={() => {
                  change({ undated: false });
                }}
              >
                Back to those with a date
              </button>
            ) : null}
            {total > 0 ? (
              <button
                type="button"
                className="pw-again"
                onClick={() => {
                  void needAll(mostPrinted).then(() => {
                    window.print();
                  });
                }}
              >
                {total > mostPrinted ? `Print the newest ${counted(mostPrinted)}` : "Print this list"}
              </button>
            ) : null}
          </div>
          {late !== 0 ? (
            <p className="pw-line__late" role="status">
              <button type="button" className="nhsuk-button nhsuk-button--small" onClick={again}>
                {late > 0 ? `${count(late, "newer entry", "newer entries")} arrived – show` : "The timeline has changed – show"}
              </button>
            </p>
          ) : null}
          {total === 0 ? (
            <Message tone={gaps.length > 0 ? "missing" : "plain"}>{emptiness(filtered, gaps.length > 0)}</Message>
          ) : (
            <LineList key={reading} total={total} groups={overview.groups} rows={rows} busy={busy} need={need} />
          )}
          <PrintedLine rows={rows} total={total} chosen={words(filters)} />
        </>
      )}
    </div>
  );
}

/** "None" is only ever said where everybody answered (hazard H-02). */
function emptiness(filtered: boolean, gaps: boolean): string {
  if (gaps) return `Nothing ${filtered ? "that fits " : ""}has been found yet; not every system has told all it holds, and this does not mean that there is nothing.`;
  return filtered ? "No entry fits these filters." : "No system that knows this person holds an entry with a date.";
}

/** Changes whenever the record has heard from a system. */
function useArrived(state: RecordState): string {
  return useMemo(
    () =>
      sectionNames
        .map((name) => {
          const section = state.sections[name];
          return section === undefined ? "" : `${section.total}:${section.missing.map((o) => o.status).join(",")}`;
        })
        .join("|"),
    [state],
  );
}

/** What a printed list was chosen by. */
function words(f: Filters): string {
  const parts = [
    f.window ? `from ${formatDate(f.window.from)} to ${formatDate(f.window.to)}` : "",
    f.sections.length > 0 ? `only ${list(f.sections.map((s) => kindWord(s).toLowerCase()))}` : "",
    f.organisations.length > 0 ? `of ${list(f.organisations)}` : "",
    f.sources.length > 0 ? `read from ${list(f.sources)}` : "",
    f.text ? `with “${f.text}”` : "",
    f.recordedSince ? `written down since ${formatDate(f.recordedSince)}` : "",
    f.without.includes("CANCELLED") ? "without what did not happen" : "",
    f.without.includes("PLANNED") ? "without what lies ahead" : "",
    f.undated ? "those without a date" : "",
  ];
  return parts.filter(Boolean).join(", ");
}
