import { useEffect, useState } from "react";
import { type Access, ask } from "../../api";
import { EndBreakGlassDocument } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { Icon } from "../../ui/Icon";
import { stop } from "../../ui/words";
import { untilWords } from "./words";

interface GlassStripProps {
  readonly patient: string;
  readonly glass: NonNullable<Access["breakGlass"]>;
  /** The glass is whole again, by the reader or by the time. */
  readonly onEnded: (how: "ended" | "over") => void;
}

/** Says in words, sign and pattern that the glass is broken, for as long as it is. */
export function GlassStrip({ patient, glass, onEnded }: GlassStripProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  useExpiry(glass.until, onEnded);

  const end = async () => {
    if (busy) return;
    setBusy(true);
    setProblem("");
    try {
      await ask(EndBreakGlassDocument, { patient }, (data) => data.endBreakGlass);
      onEnded("ended");
    } catch (error) {
      setBusy(false);
      setProblem(sentenceOf(error));
    }
  };

  return (
    <div className="pw-glass" id="glass" role="region" aria-label="Broken glass" tabIndex={-1}>
      <p className="pw-glass__words">
        <Icon name="glass" />
        <span>
          <strong>You have broken the glass</strong> for this person {untilWords(glass.until)}. What you see is recorded and will be reviewed.
        </span>
      </p>
      <button
        type="button"
        className="pw-glass__end"
        aria-disabled={busy}
        onClick={() => {
          void end();
        }}
      >
        {busy ? "Ending" : "End now"}
      </button>
      {problem ? (
        <p className="pw-glass__problem" role="alert">
          It has not been ended. {stop(problem)}
        </p>
      ) : null}
    </div>
  );
}

/** The longest that a browser's timer can wait. */
const longest = 2 ** 31 - 1;
/** After the end by this clock the server is asked again so often, should its own clock be behind. */
const again = 30_000;

/** The record is read again when the time is over, so that nothing stays on a screen that was left open. */
function useExpiry(until: string | null | undefined, onEnded: (how: "over") => void): void {
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const end = until ? new Date(until).getTime() : NaN;
    if (Number.isNaN(end)) return;
    const left = end - Date.now();
    const timer = setTimeout(
      () => {
        if (Date.now() < end) {
          setTries((n) => n + 1);
          return;
        }
        onEnded("over");
      },
      left > 0 ? Math.min(left + 1000, longest) : again,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [until, onEnded, tries]);
}
