import { useCallback, useEffect, useState } from "react";
import { type Login, logins as askLogins, wasAborted } from "../../api";
import { sentenceOf } from "../../components/problems";

/** The ways in; null until they are known. */
export function useLogins(): { readonly logins: readonly Login[] | null; readonly problem: string; readonly again: () => void } {
  const [logins, setLogins] = useState<readonly Login[] | null>(null);
  const [problem, setProblem] = useState("");
  const [round, setRound] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    askLogins(controller.signal).then(
      (found) => {
        if (controller.signal.aborted) return;
        setLogins(found);
        setProblem("");
      },
      (error: unknown) => {
        if (!wasAborted(error) && !controller.signal.aborted) setProblem(sentenceOf(error));
      },
    );
    return () => {
      controller.abort();
    };
  }, [round]);
  const again = useCallback(() => {
    setProblem("");
    setRound((n) => n + 1);
  }, []);
  return { logins, problem, again };
}
