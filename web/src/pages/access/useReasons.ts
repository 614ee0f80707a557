import { useEffect, useState } from "react";
import { ask, wasAborted } from "../../api";
import { ReasonsDocument, type ReasonsQuery } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";

export type Reasons = ReasonsQuery["accessReasons"];

/** The closed lists of reasons, asked for when a form that needs them is opened. */
export function useReasons(): { readonly reasons: Reasons | null; readonly problem: string } {
  const [reasons, setReasons] = useState<Reasons | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const controller = new AbortController();
    ask(ReasonsDocument, {}, (data) => data.accessReasons, controller.signal).then(
      (found) => {
        if (!controller.signal.aborted) setReasons(found);
      },
      (error: unknown) => {
        if (!wasAborted(error) && !controller.signal.aborted) setProblem(sentenceOf(error));
      },
    );
    return () => {
      controller.abort();
    };
  }, []);
  return { reasons, problem };
}
