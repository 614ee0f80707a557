import { useEffect, useState } from "react";
import { run, wasAborted } from "../../api";
import { RegionDocument } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import type { Source } from "./words";

interface Sources {
  /** null until they are there. */
  readonly sources: readonly Source[] | null;
  readonly problem: string;
  readonly again: () => void;
}

/** The systems of the region, as they are whenever somebody looks. */
export function useSources(): Sources {
  const [sources, setSources] = useState<readonly Source[] | null>(null);
  const [problem, setProblem] = useState("");
  const [round, setRound] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    run(RegionDocument, {}, controller.signal).then(
      (answer) => {
        if (controller.signal.aborted) return;
        if (answer.data) {
          setSources(answer.data.sources);
          setProblem("");
        } else setProblem(answer.problems[0]?.message ?? "Nothing came back");
      },
      (error: unknown) => {
        if (!wasAborted(error) && !controller.signal.aborted) setProblem(sentenceOf(error));
      },
    );
    return () => {
      controller.abort();
    };
  }, [round]);

  return {
    sources,
    problem,
    again: () => {
      setRound(round + 1);
    },
  };
}
