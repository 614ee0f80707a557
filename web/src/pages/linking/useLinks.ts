import { useCallback, useEffect, useState } from "react";
import { run, wasAborted } from "../../api";
import { LinksDocument, type LinksQuery } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";

export interface Links {
  readonly person: LinksQuery["patient"];
  readonly history: NonNullable<LinksQuery["linkHistory"]>;
}

/** One person's links and how they came to be; `again` reads them anew. */
export function useLinks(id: string): { readonly links: Links | null; readonly problem: string; readonly again: () => void } {
  const [links, setLinks] = useState<Links | null>(null);
  const [problem, setProblem] = useState("");
  const [edition, setEdition] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    run(LinksDocument, { id }, controller.signal).then(
      (answer) => {
        if (controller.signal.aborted) return;
        setProblem(answer.problems[0]?.message ?? "");
        // The history alone is of use too: who may not open the person may have linked them.
        if (answer.data?.linkHistory) setLinks({ person: answer.data.patient, history: answer.data.linkHistory });
      },
      (error: unknown) => {
        if (!wasAborted(error) && !controller.signal.aborted) setProblem(sentenceOf(error));
      },
    );
    return () => {
      controller.abort();
    };
  }, [id, edition]);
  return {
    links,
    problem,
    again: useCallback(() => {
      setEdition((n) => n + 1);
    }, []),
  };
}
