import { useCallback, useEffect, useState } from "react";

interface Chosen {
  /** Keys of tests, or "system|code" where another page chose. */
  readonly chosen: readonly string[];
  readonly choose: (tests: readonly string[]) => void;
}

/**
 * Which tests are opened. It stands with the entry in the browser's history and never in the
 * address, so that back closes what was opened and no address says what somebody was tested for.
 */
export function useChosen(): Chosen {
  const [chosen, setChosen] = useState(kept);
  useEffect(() => {
    const moved = () => {
      setChosen(kept());
    };
    window.addEventListener("popstate", moved);
    return () => {
      window.removeEventListener("popstate", moved);
    };
  }, []);
  const choose = useCallback((tests: readonly string[]) => {
    const before: unknown = window.history.state;
    window.history.pushState({ ...(typeof before === "object" ? before : null), tests }, "");
    setChosen(tests);
  }, []);
  return { chosen, choose };
}

function kept(): readonly string[] {
  const state: unknown = window.history.state;
  const tests = typeof state === "object" && state !== null && "tests" in state ? state.tests : [];
  return Array.isArray(tests) ? tests.filter((t) => typeof t === "string") : [];
}
