import { useCallback, useEffect, useRef, useState } from "react";
import { currentSession, type Session } from "../../api";
import { hear } from "../../session/tabs";
import { sentenceOf } from "../problems";

/** A proof on the organisation's own page, in a window of its own. */
export interface ProofElsewhere {
  /** The window has been opened and is waited for. */
  readonly waiting: boolean;
  readonly problem: string;
  /** The link to that window has been followed. */
  readonly begun: () => void;
  readonly stop: (problem?: string) => void;
}

/**
 * Waits until the user has proved once more, at their organisation, that it is them. The
 * other window only says that it is worth asking: what counts is that the server has a
 * newer proof than when the window was opened.
 */
export function useProofElsewhere(session: Session | null, onProved: () => void): ProofElsewhere {
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState("");
  const before = useRef("");
  const proved = useRef(onProved);
  useEffect(() => {
    proved.current = onProved;
  });

  const begun = useCallback(() => {
    if (session) before.current = session.confirmed;
    setProblem("");
    setWaiting(true);
  }, [session]);
  const stop = useCallback((why = "") => {
    setWaiting(false);
    setProblem(why);
  }, []);

  useEffect(() => {
    if (!waiting) return;
    let over = false;
    const look = async (told: boolean) => {
      try {
        const now = await currentSession(told ? "active" : "passive");
        if (over || now === null) return;
        if (newer(now.confirmed, before.current)) {
          over = true;
          stop();
          proved.current();
        } else if (told) stop("Patchwork has not seen that you signed in again. Try once more");
      } catch (error) {
        if (!over && told) stop(sentenceOf(error));
      }
    };
    const silence = hear((message) => {
      if (message === "confirmed") void look(true);
    });
    // Not every browser lets the windows speak to each other.
    const inSight = () => {
      if (document.visibilityState === "visible") void look(false);
    };
    document.addEventListener("visibilitychange", inSight);
    window.addEventListener("focus", inSight);
    return () => {
      over = true;
      silence();
      document.removeEventListener("visibilitychange", inSight);
      window.removeEventListener("focus", inSight);
    };
  }, [waiting, stop]);

  return { waiting, problem, begun, stop };
}

/** Both are moments of the server's clock. */
function newer(now: string, before: string): boolean {
  return Date.parse(now) > (Date.parse(before) || 0);
}
