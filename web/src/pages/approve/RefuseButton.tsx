import { useState } from "react";
import { sentenceOf } from "../../components/problems";
import { stop } from "../../ui/words";

/** Tells the app that it is given nothing. */
export function RefuseButton({ words, onRefuse }: { readonly words: string; readonly onRefuse: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const refuse = async () => {
    if (busy) return;
    setBusy(true);
    setProblem("");
    try {
      await onRefuse();
    } catch (error) {
      setBusy(false);
      setProblem(stop(sentenceOf(error)));
    }
  };
  return (
    <>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {problem}
        </p>
      ) : null}
      <button type="button" className="nhsuk-button nhsuk-button--secondary" aria-disabled={busy} onClick={() => void refuse()}>
        {words}
      </button>
    </>
  );
}
