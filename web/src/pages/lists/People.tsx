import { useState } from "react";
import { ask, type ListFacts, type PeopleState } from "../../api";
import { MoveOnListDocument, RemoveFromListDocument, SawListDocument } from "../../api/generated/graphql";
import { outcomeWords, sourceName } from "../../components/sentences";
import { formatClock } from "../../ui/dates";
import { ErrorSummary } from "../../ui/ErrorSummary";
import { Message } from "../../ui/Message";
import { count, stop } from "../../ui/words";
import { useFocusAfter } from "../useFocusAfter";
import { nameOf } from "./table/PersonCell";
import { afterWhom, stepsOf } from "./table/moving";
import { PeopleTable } from "./table/PeopleTable";
import type { Step } from "./table/RowActions";
import { useKeptFocus } from "./table/useKeptFocus";
import { useDeed } from "./useDeed";
import type { Pages } from "./usePages";
import { wasChanged } from "./words";

interface PeopleProps {
  readonly list: ListFacts;
  readonly state: PeopleState;
  readonly pages: Pages;
  readonly onChanged: (list: ListFacts, news: string) => void;
  readonly onAskAgain: () => void;
}

/** The people of a list, a page at a time, and what can be done with each. */
export function People({ list, state, pages, onChanged, onAskAgain }: PeopleProps) {
  const [arranging, setArranging] = useState(false);
  const { busy, wrong, act } = useDeed();
  const focusAfter = useFocusAfter();
  const place = useKeptFocus<HTMLDivElement>("list-people");
  const { rows, next } = state;
  const { id } = list;
  const above = pages.above;
  const mayArrange = list.may !== "READ" && !list.roster && !list.archived;

  const move = (index: number, step: Step) => {
    const row = rows[index];
    if (row === undefined) return;
    void act(
      async () => {
        const after = await afterWhom({ id, rows, next, above }, index, step);
        const now = await ask(MoveOnListDocument, { id, patient: row.patient.id, after }, (data) => data.moveOnList);
        focusAfter(`move-${step}-${row.patient.id}`);
        onChanged(now, `${nameOf(row)} is moved ${step === "top" ? "to the top" : step}.`);
      },
      (error) => {
        if (wasChanged(error)) onAskAgain();
        return false;
      },
    );
  };
  const remove = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    void act(async () => {
      const now = await ask(RemoveFromListDocument, { id, patients: [row.patient.id] }, (data) => data.removeFromList);
      focusAfter("list-people");
      onChanged(now, `${nameOf(row)} is not on this list any more.`);
    });
  };
  const seen = () => {
    void act(async () => {
      const now = await ask(SawListDocument, { id, version: list.version }, (data) => data.sawList);
      focusAfter("list-people");
      onChanged(now, "You have seen the list as it is.");
    });
  };

  return (
    <div ref={place}>
      <h2 id="list-people" tabIndex={-1}>
        People
      </h2>
      <ErrorSummary wrong={wrong} />
      <Around list={list} state={state} />
      <div className="pw-buttons">
        {list.news > 0 ? (
          <button type="button" className="pw-more" aria-disabled={busy} onClick={seen}>
            Mark {count(list.news, "new person", "new people")} as seen
          </button>
        ) : null}
        {mayArrange && rows.length > 0 ? (
          <button
            type="button"
            className="pw-more"
            aria-pressed={arranging}
            onClick={() => {
              setArranging(!arranging);
            }}
          >
            Change order or remove
          </button>
        ) : null}
        {state.phase === "paused" ? (
          <button type="button" className="pw-again" onClick={onAskAgain}>
            Ask again
          </button>
        ) : null}
      </div>
      {rows.length > 0 ? (
        <PeopleTable
          caption={captionOf(state, pages.before)}
          rows={rows}
          columns={list.columns}
          before={pages.before}
          problem={state.phase === "paused" ? (state.problem?.message ?? "It did not answer") : null}
          arranging={arranging && mayArrange}
          busy={busy}
          steps={(index) => stepsOf({ rows, next, above }, index)}
          onMove={move}
          onRemove={remove}
        />
      ) : null}
      <nav className="pw-buttons" aria-label="Pages of this list">
        {pages.number > 1 ? (
          <button
            type="button"
            className="pw-more"
            onClick={() => {
              focusAfter("list-people");
              pages.back();
            }}
          >
            Previous people
          </button>
        ) : null}
        {next === null ? null : (
          <button
            type="button"
            className="pw-more"
            onClick={() => {
              focusAfter("list-people");
              pages.forward(
                next,
                rows.map((row) => row.patient.id),
                rows.length + state.hidden + state.unidentified,
              );
            }}
          >
            Next people
          </button>
        )}
      </nav>
    </div>
  );
}

function captionOf({ rows, read }: PeopleState, before: number): string {
  return `${before > 0 ? `People from number ${before + 1}: ` : ""}${count(rows.length, "person", "people")} shown, read at ${formatClock(new Date(read).toISOString())}`;
}

/** Who is on it and is not shown, and why; and that nobody is, where that is so. */
function Around({ list, state }: { readonly list: ListFacts; readonly state: PeopleState }) {
  const { hidden, unidentified, outcome, rows, phase } = state;
  if (phase === "asking") return <p role="status">Reading who is on it</p>;
  const answered = outcome === null || ["ANSWERED", "EMPTY", "ASSERTED_NONE"].includes(outcome.status);
  const empty = rows.length === 0 && hidden === 0 && unidentified === 0 && state.next === null && phase !== "paused";
  return (
    <>
      {outcome !== null && !answered ? (
        <Message tone="missing">{`${sourceName(outcome)} ${outcomeWords(outcome)}.${outcome.reason ? ` ${stop(outcome.reason)}` : ""} There may be people who are not shown.`}</Message>
      ) : null}
      {hidden > 0 ? <Message tone="withheld">{`${count(hidden, "person", "people")} not visible to you`}</Message> : null}
      {unidentified > 0 ? <Message tone="missing">{`${count(unidentified, "person", "people")} not shown: it cannot be told for certain who they are. Look in ${list.roster?.source.name ?? "the system"} itself.`}</Message> : null}
      {empty && answered ? <p>{list.roster ? "Nobody is there at the moment." : "Nobody is on this list yet."}</p> : null}
    </>
  );
}
