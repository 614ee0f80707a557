import { useCallback, useEffect, useRef, useState } from "react";
import { wasAborted } from "../api";
import { sentenceOf } from "../components/problems";

/** One page of a list that grows, newest first. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** The cursor of the next page; null at the end. */
  readonly next: string | null;
}

export interface Paged<Item> {
  /** What has been read; null until the first page is there. */
  readonly items: readonly Item[] | null;
  readonly next: string | null;
  readonly busy: boolean;
  readonly problem: string;
  /** Reads the next page behind what is there. */
  readonly more: () => void;
  /** Puts a changed item in the place of the one it was. */
  readonly replace: (change: (items: readonly Item[]) => readonly Item[]) => void;
  /** Reads from the beginning. */
  readonly again: () => void;
}

/** Reads a list page by page. Another `read` starts from nothing: no item of one list is ever shown in another. */
export function usePaged<Item>(read: (after: string | null, signal: AbortSignal) => Promise<Page<Item>>): Paged<Item> {
  const [held, setHeld] = useState<{ readonly of: typeof read; readonly page: Page<Item> | null; readonly problem: string }>({ of: read, page: null, problem: "" });
  const [busy, setBusy] = useState(false);
  const asked = useRef<AbortController | null>(null);
  const mine = held.of === read;
  const page = mine ? held.page : null;

  const load = useCallback(
    (after: string | null, before: readonly Item[]) => {
      asked.current?.abort();
      const controller = new AbortController();
      asked.current = controller;
      setBusy(true);
      read(after, controller.signal).then(
        (got) => {
          if (controller.signal.aborted) return;
          setHeld({ of: read, page: { items: [...before, ...got.items], next: got.next }, problem: "" });
          setBusy(false);
        },
        (error: unknown) => {
          if (wasAborted(error) || controller.signal.aborted) return;
          setHeld((was) => ({ of: read, page: was.of === read ? was.page : null, problem: sentenceOf(error) }));
          setBusy(false);
        },
      );
    },
    [read],
  );

  useEffect(() => {
    load(null, []);
    return () => {
      asked.current?.abort();
    };
  }, [load]);

  return {
    items: page?.items ?? null,
    next: page?.next ?? null,
    busy,
    problem: mine ? held.problem : "",
    more: () => {
      if (page?.next && !busy) load(page.next, page.items);
    },
    replace: (change) => {
      setHeld((was) => (was.of === read && was.page !== null ? { ...was, page: { ...was.page, items: change(was.page.items) } } : was));
    },
    again: () => {
      load(null, []);
    },
  };
}
