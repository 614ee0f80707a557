import { useEffect, useState } from "react";
import { wasAborted } from "../../../api";
import { followRun, type ViewRunFacts } from "../../../api/views";
import { sentenceOf } from "../../../components/problems";

interface Followed {
  /** Null until something is known of it. */
  readonly run: ViewRunFacts | null;
  readonly problem: string;
}

/** Follows a run to its end; "" follows none. */
export function useRun(id: string): Followed & { readonly put: (run: ViewRunFacts) => void } {
  const [held, setHeld] = useState<Followed & { readonly id: string }>({ id, run: null, problem: "" });
  useEffect(() => {
    if (id === "") return;
    const controller = new AbortController();
    const tell = (run: ViewRunFacts) => {
      if (!controller.signal.aborted) setHeld({ id, run, problem: "" });
    };
    followRun(id, tell, controller.signal).catch((error: unknown) => {
      if (wasAborted(error) || controller.signal.aborted) return;
      setHeld((was) => ({ id, run: was.id === id ? was.run : null, problem: sentenceOf(error) }));
    });
    return () => {
      controller.abort();
    };
  }, [id]);
  const mine = held.id === id;
  return {
    run: mine ? held.run : null,
    problem: mine ? held.problem : "",
    put: (run) => {
      setHeld({ id: run.id, run, problem: "" });
    },
  };
}
