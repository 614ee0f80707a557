import { useCallback, useEffect, useState } from "react";
import type { Prefill } from "../../api";
import { sentenceOf } from "../../components/problems";
import { stop } from "../../ui/words";
import { endPrefill, prefill } from "./prefill";

interface Prefilled {
  /** Whom an EPR asked for; null for nobody. */
  readonly asked: Prefill | null;
  readonly problem: string;
  readonly end: () => void;
}

export function usePrefill(): Prefilled {
  const [asked, setAsked] = useState<Prefill | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    prefill()?.then(setAsked, (error: unknown) => {
      setProblem(stop(sentenceOf(error)));
    });
  }, []);
  const end = useCallback(() => {
    endPrefill();
    setAsked(null);
    setProblem("");
  }, []);
  return { asked, problem, end };
}
