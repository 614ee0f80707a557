import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, currentSession, type Elsewhere, lastUse, locked, lockSession, renewed, type Session, signedOut, signOut } from "../api";
import { takeFirst } from "../early";
import { inFrame } from "../smart/frame";
import { forget, present } from "../smart/grant";
import { whyEnded } from "./limits";
import { hear, tell } from "./tabs";

export type Who =
  | { readonly state: "asking" }
  | { readonly state: "nobody"; readonly reason: string; /** Where the user may still be signed in. */ readonly elsewhere: Elsewhere | null }
  | { readonly state: "somebody"; readonly session: Session };

/** Who is signed in, and everything that changes it. */
export interface Present {
  readonly who: Who;
  /** Asks the server; `active` is use of the session. */
  readonly check: (how?: "passive" | "active") => Promise<void>;
  /** Somebody has signed in or taken another role. */
  readonly enter: (session: Session) => void;
  /** Nobody is signed in any more; nothing of theirs stays on the page. */
  readonly leave: (reason: string, elsewhere?: Elsewhere | null) => void;
  /** The time may be over: everything goes from the page until the server has said. */
  readonly doubt: () => void;
  readonly signOut: () => Promise<void>;
  /** Throws if the server could not lock the session, which then is open. */
  readonly lock: () => Promise<void>;
  /** The user has shown that it is them. */
  readonly unlocked: () => Promise<void>;
}

/** The shortest time between two doubts of which the second is not believed to be one. */
const twice = 10_000;

/** The clocks are compared by whole seconds. */
const exact = 1_500;

/** Reports whether nothing of it is news: then the page is not built again. */
function same(before: Who, next: Who): boolean {
  if (before.state !== "somebody" || next.state !== "somebody") return false;
  const { ends: was, ...rest } = before.session;
  const { ends: is, ...now } = next.session;
  return Math.abs(was - is) <= exact && JSON.stringify(rest) === JSON.stringify(now);
}

export function useWho(): Present {
  const [who, setWho] = useState<Who>({ state: "asking" });
  const turn = useRef(0); // an answer that was asked for before a change is no news
  const known = useRef<Session | null>(null);
  const doubted = useRef(0);

  const become = useCallback((next: Who) => {
    turn.current++;
    if (next.state === "somebody") known.current = next.session;
    if (next.state === "nobody") {
      known.current = null;
      forget();
    }
    setWho((before) => (same(before, next) ? before : next));
  }, []);

  const leave = useCallback(
    (reason: string, elsewhere: Elsewhere | null = null) => {
      become({ state: "nobody", reason, elsewhere });
    },
    [become],
  );

  const check = useCallback(
    async (how: "passive" | "active" = "passive") => {
      const asked = turn.current;
      try {
        const session = await (takeFirst() ?? currentSession(how));
        if (turn.current !== asked) return;
        if (session) become({ state: "somebody", session });
        else if (known.current) leave(whyEnded(known.current, lastUse(), Date.now()));
        else setWho((before) => (before.state === "nobody" ? before : { state: "nobody", reason: "", elsewhere: null }));
      } catch (error) {
        if (turn.current !== asked) return;
        setWho((before) => (before.state === "asking" ? { state: "nobody", reason: error instanceof ApiError ? error.message : "", elsewhere: null } : before));
      }
    },
    [become, leave],
  );

  const doubt = useCallback(() => {
    // A server that says one thing to the one question and another to the other is not asked for ever.
    const lately = Date.now() - doubted.current < twice;
    doubted.current = Date.now();
    if (lately && known.current) {
      leave(whyEnded(known.current, lastUse(), Date.now()));
      return;
    }
    if (!known.current) return;
    become({ state: "asking" });
    void check();
  }, [become, leave, check]);

  const cover = useCallback(() => {
    turn.current++;
    setWho((before) => (before.state === "somebody" ? { state: "somebody", session: { ...before.session, locked: true } } : before));
  }, []);

  useEffect(() => {
    // A page that opens may come from the provider, where the session was unlocked or another begun.
    void check().then(() => {
      if (known.current && !known.current.locked) tell("renewed");
    });
    // A page that comes back from the browser's memory, or into sight, may be nobody's by now.
    const inSight = () => {
      if (document.visibilityState === "visible") void check();
    };
    const silence = hear((message) => {
      // What an EPR has opened may be another sign-in than that of the other tabs: the server says.
      const shared = !present().grant?.patient;
      if (message === "signed-out" && shared) leave("You signed out in another tab.");
      else if (message === "locked" && shared) cover();
      else {
        renewed();
        void check();
      }
    });
    signedOut.addEventListener("signed-out", doubt);
    locked.addEventListener("locked", cover);
    document.addEventListener("visibilitychange", inSight);
    window.addEventListener("pageshow", inSight);
    // A frame stays in sight while its user unlocks the session in a window beside it.
    if (inFrame()) window.addEventListener("focus", inSight);
    return () => {
      silence();
      signedOut.removeEventListener("signed-out", doubt);
      locked.removeEventListener("locked", cover);
      document.removeEventListener("visibilitychange", inSight);
      window.removeEventListener("pageshow", inSight);
      window.removeEventListener("focus", inSight);
    };
  }, [check, leave, doubt, cover]);

  const enter = useCallback(
    (session: Session) => {
      become({ state: "somebody", session });
      tell("renewed");
    },
    [become],
  );

  const signOutHere = useCallback(async () => {
    become({ state: "asking" }); // nothing of theirs waits on the page for the server's answer
    let elsewhere: Elsewhere | null;
    try {
      elsewhere = await signOut();
    } catch {
      leave("The server could not confirm the sign-out. Close the browser.");
      return;
    }
    tell("signed-out");
    leave("You are signed out.", elsewhere);
  }, [become, leave]);

  const lock = useCallback(async () => {
    await lockSession();
    cover();
    tell("locked");
  }, [cover]);

  const unlocked = useCallback(async () => {
    await check();
    tell("renewed");
  }, [check]);

  return { who, check, enter, leave, doubt, signOut: signOutHere, lock, unlocked };
}
