import { useCallback, useEffect, useRef, useState } from "react";
import { follow, incomplete, type RecordState, run, type SectionName, sectionNames, unread } from "../api";

/**
 * The record of one patient, as it arrives. Another id starts from nothing: the state of
 * the last patient is never shown under the next one's banner (hazard H-01).
 */
export function useRecord(id: string): { state: RecordState; askAgain: () => void } {
  const [held, setHeld] = useState<RecordState>(() => unread(id));
  const current = useRef<AbortController | null>(null);
  const latest = useRef(held);

  const begin = useCallback((from: RecordState, sections: readonly SectionName[]) => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    void follow({
      from,
      sections,
      ask: run,
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

  return { state: held.id === id ? held : unread(id), askAgain };
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
