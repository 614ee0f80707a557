import { useEffect, useRef, useState } from "react";
import { lastUse, type Session } from "../api";
import { type End, endOf, warnedBefore } from "./limits";

/** How often input without any request is told to the server at most. */
const toldEvery = 60_000;
/** Before a warning the server is asked, and then not again while it stands. */
const askedEvery = 120_000;

export interface Ending {
  readonly why: End["why"];
  /** Milliseconds, to the second. */
  readonly left: number;
}

interface Deeds {
  /** Asks the server without using the session: another tab may have used it. */
  readonly check: (how: "passive" | "active") => Promise<void>;
  readonly onOver: () => void;
}

/** What is to be said of the end of this session; null while it is far. */
export function useEnding(session: Session, { check, onOver }: Deeds): Ending | null {
  const [ending, setEnding] = useState<Ending | null>(null);
  const asked = useRef(0);
  const { idle, ends } = session;

  useEffect(() => {
    const look = () => {
      const end = endOf({ idle, ends }, lastUse());
      const left = end === null ? Infinity : end.at - Date.now();
      if (end === null || left > warnedBefore(end, idle)) {
        setEnding(null);
      } else if (left <= 0) {
        setEnding(null);
        onOver();
      } else if (Date.now() - asked.current > askedEvery) {
        asked.current = Date.now();
        void check("passive");
      } else {
        setEnding({ why: end.why, left: Math.ceil(left / 1000) * 1000 });
      }
    };
    const timer = setInterval(look, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [idle, ends, check, onOver]);

  useInput(ending === null, check);
  return ending;
}

/** Reading a long page is use too, although it asks the server for nothing: keys and pointer count, once a minute. */
function useInput(on: boolean, check: Deeds["check"]): void {
  const told = useRef(0);
  useEffect(() => {
    if (!on) return;
    const input = () => {
      const now = Date.now();
      if (now - lastUse() < toldEvery || now - told.current < toldEvery) return;
      told.current = now;
      void check("active");
    };
    const kinds = ["keydown", "pointerdown", "wheel"] as const;
    for (const kind of kinds) window.addEventListener(kind, input, { passive: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, input);
    };
  }, [on, check]);
}
