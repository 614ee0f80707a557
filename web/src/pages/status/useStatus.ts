import { useEffect, useState } from "react";
import { run, wasAborted } from "../../api";
import { SystemStatusDocument } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import type { System } from "./words";

/** How often the page looks again while somebody sees it. */
export const every = 10_000;

interface Status {
  /** null until it is there. */
  readonly systems: readonly System[] | null;
  /** When it was last told; null until then. */
  readonly at: Date | null;
  /** What keeps the page from being up to date; "" if nothing does. */
  readonly problem: string;
}

/** How the systems are doing, kept up to date while the page is in sight. Looking again by itself is no use of the session. */
export function useStatus(): Status {
  const [status, setStatus] = useState<Status>({ systems: null, at: null, problem: "" });
  useEffect(() => {
    const controller = new AbortController();
    let timer: number | undefined;
    let round = 0;
    const look = async () => {
      window.clearTimeout(timer);
      if (document.visibilityState !== "hidden") {
        try {
          const answer = await run(SystemStatusDocument, {}, controller.signal, round++ > 0 ? "passive" : undefined);
          const { data } = answer;
          if (data) setStatus({ systems: data.systemStatus, at: new Date(), problem: "" });
          else setStatus((before) => ({ ...before, problem: answer.problems[0]?.message ?? "Nothing came back" }));
        } catch (error) {
          if (wasAborted(error) || controller.signal.aborted) return;
          setStatus((before) => ({ ...before, problem: sentenceOf(error) }));
        }
      }
      if (!controller.signal.aborted) timer = window.setTimeout(() => void look(), every);
    };
    const seen = () => {
      if (document.visibilityState === "visible") void look();
    };
    void look();
    document.addEventListener("visibilitychange", seen);
    return () => {
      controller.abort();
      window.clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, []);
  return status;
}
