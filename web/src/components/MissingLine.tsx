import type { RecordState } from "../api";
import { Link } from "../navigation";
import { paths } from "../paths";
import { Message } from "../ui/Message";
import { missingFrom } from "./missing";

interface MissingLineProps {
  readonly state: RecordState;
  readonly onAskAgain: () => void;
  /** Whether it leads to how the systems are doing: not where there is only this record. */
  readonly leads?: boolean;
}

/** The line under the banner: whose data is missing. It is there whenever something is. */
export function MissingLine({ state, onAskAgain, leads = false }: MissingLineProps) {
  const missing = missingFrom(state);
  if (state.problem !== null) {
    const { message, requestId } = state.problem;
    missing.unshift({ tone: "missing", text: `${message}${requestId ? ` (request ${requestId})` : ""}` });
  }
  if (missing.length === 0) return null;
  const again = state.phase === "paused" || (state.phase === "settled" && missing.some((m) => m.tone === "missing"));
  return (
    <div className="pw-missing">
      {missing.map((m) => (
        <Message tone={m.tone} key={m.text}>
          {m.text}
        </Message>
      ))}
      {again ? (
        <button type="button" className="pw-again" onClick={onAskAgain}>
          Ask again
        </button>
      ) : null}
      {leads && missing.some((m) => m.tone === "missing" || m.tone === "waiting") ? (
        <Link to={paths.status} className="pw-missing__status">
          How systems are doing
        </Link>
      ) : null}
    </div>
  );
}
