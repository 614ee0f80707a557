import { useState } from "react";
import { sentenceOf } from "../../../components/problems";
import { ErrorSummary, type Wrong } from "../../../ui/ErrorSummary";
import { useArrivalFocus } from "../../../ui/useArrivalFocus";
import { stop } from "../../../ui/words";

interface ConfirmFormProps {
  /** As in "Approve Growth charts". */
  readonly title: string;
  /** What will happen, in a sentence. */
  readonly lead: string;
  readonly change: () => Promise<void>;
  readonly onCancel: () => void;
}

/** Says what a change will do, and makes it. */
export function ConfirmForm({ title, lead, change, onCancel }: ConfirmFormProps) {
  const form = useArrivalFocus<HTMLFormElement>();
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await change();
    } catch (error) {
      setBusy(false);
      setWrong([{ text: sentenceOf(error) }]);
    }
  };

  return (
    <form
      className="pw-policy__form"
      ref={form}
      tabIndex={-1}
      noValidate
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ErrorSummary wrong={wrong} />
      <p>{stop(lead)}</p>
      <div className="pw-buttons">
        <button className="nhsuk-button nhsuk-button--small" type="submit" aria-disabled={busy}>
          {busy ? "Doing it" : title}
        </button>
        <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
