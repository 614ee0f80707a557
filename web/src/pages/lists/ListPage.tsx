import { useCallback, useEffect, useRef, useState } from "react";
import { run } from "../../api";
import { SawListDocument } from "../../api/generated/graphql";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { formatInstant } from "../../ui/dates";
import { Tag } from "../../ui/Tag";
import { stop } from "../../ui/words";
import { usePage } from "../usePage";
import { ListActions } from "./ListActions";
import { People } from "./People";
import { useOpenList } from "./useOpenList";
import { usePages } from "./usePages";
import { permissions, rosterWords, sizeWords, userWords } from "./words";

/** One list: what it is, what can be done with it, and its people. Keyed by id in Page. */
export function ListPage({ id }: { readonly id: string }) {
  const pages = usePages();
  const { after, restart } = pages;
  const { state, live, news, changed, askAgain } = useOpenList(id, after);
  const { list, problem } = state;
  // What a list is called may say too much for a title that stays in the browser's history.
  const heading = usePage<HTMLHeadingElement>("List");
  useSeen(state.phase === "settled" && state.next === null && pages.number === 1 ? list : null);

  useEffect(() => {
    // Whoever stood at the end of the page before may have left it.
    if (problem?.code === "BAD_INPUT" && after !== null) restart();
  }, [problem, after, restart]);

  const gone = list === null && problem !== null;
  return (
    <>
      <p className="pw-small">
        <Link to={paths.lists}>Lists</Link>
      </p>
      <h1 ref={heading} tabIndex={-1} id="list-title">
        {gone ? "This list cannot be opened" : (list?.title ?? "List")} {list?.archived ? <Tag tone="quiet">Archived</Tag> : null}
      </h1>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem.message)}
        </p>
      ) : null}
      <p role="status" className="pw-admin__news" data-news="">
        {news}
      </p>
      {list === null ? (
        <p role="status">{gone ? "" : "Reading the list"}</p>
      ) : (
        <>
          {list.description ? <p className="pw-lead">{list.description}</p> : null}
          <p className="pw-small">
            {list.may === "OWN" ? "Your list" : `A list of ${userWords(list.owner)} · ${permissions[list.may]}`}
            {` · ${sizeWords(list)}`}
            {list.roster ? ` · ${rosterWords(list.roster)}, ${list.roster.source.name ?? "a system"}` : ""}
            {list.changed ? ` · changed ${formatInstant(list.changed)}${list.changedBy ? ` by ${list.changedBy}` : ""}` : ""}
          </p>
          <ListActions list={list} onChanged={changed} />
          <People list={list} state={state} pages={pages} onChanged={changed} onAskAgain={askAgain} />
          <p className="pw-small" data-live={live}>
            {live === null ? "" : live ? "Changes of others appear here as they happen." : "Changes of others do not arrive at the moment; they are being asked for again."}
          </p>
        </>
      )}
    </>
  );
}

/** Whoever has had a whole list before them and goes has seen it as it was. */
function useSeen(list: { readonly id: string; readonly version: number; readonly news: number } | null): void {
  const last = useRef(list);
  const keep = useCallback(() => {
    if (list !== null) last.current = list;
  }, [list]);
  useEffect(keep, [keep]);
  const [ended] = useState(() => () => {
    const seen = last.current;
    if (seen === null || seen.news === 0) return;
    // Nobody waits for it: what is not noted as seen is marked as new once more.
    void run(SawListDocument, { id: seen.id, version: seen.version }, undefined, "passive").catch(() => null);
  });
  useEffect(() => ended, [ended]);
}
