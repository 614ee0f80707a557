import { useCallback, useEffect, useRef, useState } from "react";
import { ask, type ListFacts, subscribe, wasAborted } from "../../api";
import { ListsChangedDocument, ListsDocument } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";

export interface Lists {
  /** Null until they have been read. */
  readonly lists: readonly ListFacts[] | null;
  readonly problem: string;
  /** What has changed since the page was opened, in words. */
  readonly news: string;
  readonly again: () => void;
}

/** The lists that the reader has, as they come, go and change; those that were put away are read once. */
export function useLists(archived: boolean): Lists {
  const [held, setHeld] = useState<{ readonly archived: boolean; readonly lists: readonly ListFacts[] } | null>(null);
  const [problem, setProblem] = useState("");
  const [news, setNews] = useState("");
  const [round, setRound] = useState(0);
  const latest = useRef<readonly ListFacts[] | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    latest.current = null;
    setNews("");
    ask(ListsDocument, { archived }, (data) => data.lists, controller.signal).then(
      (lists) => {
        if (controller.signal.aborted) return;
        latest.current = lists;
        setProblem("");
        setHeld({ archived, lists });
      },
      (error: unknown) => {
        if (!wasAborted(error) && !controller.signal.aborted) setProblem(sentenceOf(error));
      },
    );
    return () => {
      controller.abort();
    };
  }, [archived, round]);

  useEffect(() => {
    if (archived) return;
    return subscribe(
      ListsChangedDocument,
      {},
      {
        live: () => undefined,
        over: () => undefined,
        next: ({ data }) => {
          if (!data?.listsChanged) return;
          const said = difference(latest.current, data.listsChanged);
          latest.current = data.listsChanged;
          setHeld({ archived, lists: data.listsChanged });
          if (said !== "") setNews(said);
        },
      },
    );
  }, [archived]);

  const again = useCallback(() => {
    setRound((n) => n + 1);
  }, []);
  return { lists: held?.archived === archived ? held.lists : null, problem, news, again };
}

/** What is said of lists that came, went or changed. */
export function difference(before: readonly ListFacts[] | null, now: readonly ListFacts[]): string {
  if (before === null) return "";
  const was = new Map(before.map((list) => [list.id, list]));
  const is = new Set(now.map((list) => list.id));
  return [
    ...now.filter((list) => !was.has(list.id)).map((list) => `“${list.title}” is new here.`),
    ...before.filter((list) => !is.has(list.id)).map((list) => `“${list.title}” is not here any more.`),
    ...now.filter((list) => list.version > (was.get(list.id)?.version ?? list.version)).map((list) => `“${list.title}” has changed.`),
  ].join(" ");
}
