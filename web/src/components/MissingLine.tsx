import type { RecordState } from "../api";
import { Message } from "../ui/Message";
import { missingFrom } from "./missing";

/** The line under the banner: whose data is missing. It is there whenever something is. */
export function MissingLine({ state, onAskAgain }: { readonly state: RecordState; readonly onAskAgain: () => void }) {
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
    </div>
  );
}
