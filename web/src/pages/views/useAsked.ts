import { useCallback, useEffect, useState } from "react";
import { wasAborted } from "../../api";
import { sentenceOf } from "../../components/problems";

export interface Asked<Value> {
  /** Null until it has been read. */
  readonly value: Value | null;
  readonly problem: string;
  /** Reads it again; what was read stays until then. */
  readonly again: () => void;
  /** Puts what is known now in its place. */
  readonly put: (value: Value) => void;
}

/** Reads one thing when the page opens. Another `read` starts from nothing. */
export function useAsked<Value>(read: (signal: AbortSignal) => Promise<Value>): Asked<Value> {
  const [held, setHeld] = useState<{ readonly of: typeof read; readonly value: Value | null; readonly problem: string }>({ of: read, value: null, problem: "" });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    read(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) setHeld({ of: read, value, problem: "" });
      },
      (error: unknown) => {
        if (wasAborted(error) || controller.signal.aborted) return;
        setHeld((was) => ({ of: read, value: was.of === read ? was.value : null, problem: sentenceOf(error) }));
      },
    );
    return () => {
      controller.abort();
    };
  }, [read, round]);
  const again = useCallback(() => {
    setRound((n) => n + 1);
  }, []);
  const put = useCallback(
    (value: Value) => {
      setHeld({ of: read, value, problem: "" });
    },
    [read],
  );
  const mine = held.of === read;
  return { value: mine ? held.value : null, problem: mine ? held.problem : "", again, put };
}
