import { useCallback, useEffect, useRef, useState } from "react";
import { type Access, follow, incomplete, type RecordState, runAhead, type SectionName, sectionNames, unread } from "../../api";

/** Why everything is read again: what the reader may see has changed. */
export interface Change {
  /** What stands between the reader and the person now; null if the server is to say. */
  readonly access: Access | null;
  /** In words for a screen reader. */
  readonly news: string;
  /** Nobody asked for it just now: a time was over. */
  readonly passive?: boolean;
}

interface Reading {
  readonly state: RecordState;
  /** Reads what is missing. */
  readonly askAgain: () => void;
  /** Reads everything anew; what is shown stays until then. */
  readonly readAgain: () => void;
  /** Reads everything because more may be seen; what is shown stays until then. */
  readonly widen: (change: Change) => void;
  /** Reads everything because less may be seen; what was shown goes at once (hazard H-07). */
  readonly narrow: (change: Change) => void;
  /** Counts up with every change of what may be seen. */
  readonly edition: number;
}

/**
 * The record of one patient, as it arrives. Another id starts from nothing: the state of
 * the last patient is never shown under the next one's banner (hazard H-01).
 */
export function useRecord(id: string): Reading {
  const [edition, setEdition] = useState(0);
  const [held, setHeld] = useState<RecordState>(() => unread(id));
  const current = useRef<AbortController | null>(null);
  const latest = useRef(held);

  const begin = useCallback((from: RecordState, sections: readonly SectionName[], passive = false) => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    void follow({
      from,
      sections,
      passive,
      ask: runAhead,
      signal: controller.signal,
      publish: (state) => {
        latest.current = state;
        setHeld(state);
      },
      pause,
      now: () => performance.now(),
    });
  }, []);

  useEffect(() => {
    const start = unread(id);
    latest.current = start;
    begin(start, sectionNames);
    return () => {
      current.current?.abort();
    };
  }, [id, begin]);

  const askAgain = useCallback(() => {
    const from = latest.current;
    if (from.id !== id) return;
    const start: RecordState = { ...from, problem: null, phase: from.identity === null ? "asking" : "waiting", news: "Asking again" };
    latest.current = start;
    setHeld(start);
    begin(start, incomplete(start));
  }, [id, begin]);

  const restart = useCallback((start: RecordState, passive = false) => {
    latest.current = start;
    setHeld(start);
    setEdition((n) => n + 1);
    begin(start, sectionNames, passive);
  }, [begin]);

  const readAgain = useCallback(() => {
    const from = latest.current.id === id ? latest.current : unread(id);
    const start: RecordState = { ...from, problem: null, phase: from.identity === null ? "asking" : "waiting", news: "Reading everything again" };
    latest.current = start;
    setHeld(start);
    begin(start, sectionNames);
  }, [id, begin]);

  const widen = useCallback(({ access, news }: Change) => {
    const from = latest.current.id === id ? latest.current : unread(id);
    const identity = from.identity === null || access === null ? from.identity : { ...from.identity, access };
    restart({ ...from, identity, problem: null, phase: identity === null ? "asking" : "waiting", news });
  }, [id, restart]);

  const narrow = useCallback(({ news, passive }: Change) => {
    restart({ ...unread(id), news }, passive);
  }, [id, restart]);

  return { state: held.id === id ? held : unread(id), askAgain, readAgain, widen, narrow, edition };
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
