import { useEffect, useState } from "react";
import type { RecordState } from "../api";
import { formatClock } from "../ui/dates";
import { Message } from "../ui/Message";
import { ago } from "../ui/words";

/** When a page is said to be old, in milliseconds: longer than a look takes. */
export const stale = 10 * 60_000;

/** When the page was read; an old one says so by itself (hazard H-03). */
export function ReadLine({ state, onReadAgain }: { readonly state: RecordState; readonly onReadAgain: () => void }) {
  const now = useNow();
  if (state.read === null) return null;
  const age = now - state.read;
  const clock = formatClock(new Date(state.read).toISOString(), new Date(now));
  const reading = state.phase === "asking" || state.phase === "waiting";
  return (
    <div className="pw-read" data-stale={age >= stale}>
      {age >= stale ? <Message tone="missing">{`This page was read ${ago(age / 1000)}, at ${clock}. Much may have changed.`}</Message> : <span>Read {clock}</span>}
      <button type="button" className="pw-again" onClick={onReadAgain} disabled={reading}>
        Read again
      </button>
    </div>
  );
}

/** The time, to half a minute; at once when a tab that was behind others is looked at again. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const look = () => {
      setNow(Date.now());
    };
    const timer = setInterval(look, 30_000);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("pageshow", look);
    window.addEventListener("focus", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("pageshow", look);
      window.removeEventListener("focus", look);
    };
  }, []);
  return now;
}
