import { useCallback, useRef, useState } from "react";
import { run } from "../../api";
import { SearchDocument, type SearchQuery, type SearchQueryVariables } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";

type Found = SearchQuery["searchPatients"];

interface Search {
  readonly busy: boolean;
  /** Who was found; null before the first search and while one is under way. */
  readonly found: Found | null;
  readonly problem: string;
  readonly search: (variables: SearchQueryVariables) => Promise<void>;
  readonly clear: () => void;
  /** Where the reader is taken when the answer is there. */
  readonly result: React.RefObject<HTMLHeadingElement | null>;
}

/** Searches every system; a new search ends the one before. */
export function useSearch(): Search {
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState("");
  const result = useRef<HTMLHeadingElement>(null);
  const asked = useRef<AbortController | null>(null);

  const clear = useCallback(() => {
    asked.current?.abort();
    asked.current = null;
    setBusy(false);
    setFound(null);
    setProblem("");
  }, []);

  const search = useCallback(
    async (variables: SearchQueryVariables) => {
      clear();
      const controller = new AbortController();
      asked.current = controller;
      setBusy(true);
      try {
        const answer = await run(SearchDocument, variables, controller.signal);
        if (controller.signal.aborted) return;
        if (answer.data) setFound(answer.data.searchPatients);
        else setProblem(answer.problems[0]?.message ?? "Nothing came back");
        requestAnimationFrame(() => result.current?.focus());
      } catch (error) {
        if (!controller.signal.aborted) setProblem(sentenceOf(error));
      } finally {
        if (!controller.signal.aborted) setBusy(false);
      }
    },
    [clear],
  );
  return { busy, found, problem, search, clear, result };
}
