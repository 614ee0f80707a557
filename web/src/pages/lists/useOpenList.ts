import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiError, followPeople, type ListFacts, type PeopleState, run, subscribe, unreadPeople } from "../../api";
import { ListChangedDocument } from "../../api/generated/graphql";
import { useSession } from "../../session/context";
import { wanted } from "./columns/columns";
import { changesSince } from "./words";

/** How many people stand on a page. */
export const pageSize = 50;

export interface OpenList {
  readonly state: PeopleState;
  /** Whether changes of others arrive at present; null until that is known. */
  readonly live: boolean | null;
  /** What others have changed last, or what came of what the reader did. */
  readonly news: string;
  /** The reader has changed it: shows it as it is now, and says what was done. */
  readonly changed: (list: ListFacts, news: string) => void;
  /** Reads the page again. */
  readonly askAgain: () => void;
}

/** One page of a list, and every change of it as it happens. */
export function useOpenList(id: string, after: string | null): OpenList {
  const me = useSession()?.name ?? "";
  const [state, setState] = useState<PeopleState>(unreadPeople);
  const [live, setLive] = useState<boolean | null>(null);
  const [news, setNews] = useState("");
  const latest = useRef(state);
  const asked = useRef<AbortController | null>(null);
  const cursor = useRef(after);
  const own = useRef<Set<number>>(new Set());
  // A change may be heard of before the answer that was under way when it was made.
  const heard = useRef<ListFacts | null>(null);
  const overtaken = useRef(0);

  const again = useRef<(from: PeopleState) => void>(() => undefined);
  const show = useCallback((next: PeopleState) => {
    latest.current = next;
    setState(next);
  }, []);

  const begin = useCallback(
    (from: PeopleState, passive: boolean) => {
      asked.current?.abort();
      const controller = new AbortController();
      asked.current = controller;
      latest.current = from;
      setState(from);
      const publish = (next: PeopleState) => {
        const newer = heard.current;
        if (next.list === null || newer === null || newer.version <= Math.max(next.list.version, overtaken.current)) {
          show(next);
          return;
        }
        overtaken.current = newer.version;
        again.current({ ...next, list: newer });
      };
      void followPeople({ id, first: pageSize, after: cursor.current, from, wanted, passive, ask: run, signal: controller.signal, publish, pause, now: () => Date.now() });
    },
    [id, show],
  );

  useEffect(() => {
    again.current = (from) => {
      begin(from, true);
    };
  }, [begin]);

  useEffect(() => {
    cursor.current = after;
    // Nobody of one page stands on the next, not even for a moment.
    begin({ ...unreadPeople, list: latest.current.list }, false);
    return () => {
      asked.current?.abort();
    };
  }, [after, begin]);

  useEffect(
    () =>
      subscribe(
        ListChangedDocument,
        { id },
        {
          live: setLive,
          over: (why: ApiError) => {
            asked.current?.abort();
            show({ ...unreadPeople, problem: why, phase: "paused" });
          },
          next: ({ data }) => {
            if (!data?.listChanged) return;
            const { history, ...list } = data.listChanged;
            heard.current = list;
            const before = latest.current.list;
            if (before === null || list.version < before.version) return;
            if (list.version === before.version) {
              show({ ...latest.current, list });
              return;
            }
            const said = changesSince(list, history ?? null, before.version, me, own.current);
            if (said !== "") setNews(said);
            begin({ ...latest.current, list }, true);
          },
        },
      ),
    [id, me, begin, show],
  );

  const changed = useCallback(
    (list: ListFacts, said: string) => {
      own.current.add(list.version);
      setNews(said);
      begin({ ...latest.current, list }, false);
    },
    [begin],
  );

  const askAgain = useCallback(() => {
    begin({ ...latest.current, problem: null, phase: "waiting" }, false);
  }, [begin]);

  return { state, live, news, changed, askAgain };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
