import { useId, useState } from "react";
import { sentenceOf } from "../../components/problems";
import { ErrorSummary, type Wrong, wrongAt } from "../../ui/ErrorSummary";
import { TextArea } from "../../ui/TextArea";
import { useArrivalFocus } from "../../ui/useArrivalFocus";
import { characters, stop } from "../../ui/words";

interface ReasonFormProps {
  /** As in "Switch off Riverside Hospital". */
  readonly title: string;
  /** What will happen, in a sentence. */
  readonly lead: string;
  /** Where the reason will stand. */
  readonly hint?: string;
  readonly change: (reason: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** How short a reason may be; the server asks the same. */
const least = 5;

/** Says what a change will do, asks why, and makes it. */
export function ReasonForm({ title, lead, hint = "It stands in the audit and beside what you switch. Name no patient.", change, onCancel }: ReasonFormProps) {
  const id = useId();
  const form = useArrivalFocus<HTMLFormElement>();
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    if (busy) return;
    const missing = characters(reason) < least ? [{ text: `Say why, in at least ${least} characters`, field: `${id}-why` }] : [];
    setWrong(missing);
    if (missing.length > 0) return;
    setBusy(true);
    try {
      await change(reason.trim());
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
      <ErrorSummary wrong={wrong} level={3} />
      <p>{stop(lead)}</p>
      <TextArea
        id={`${id}-why`}
        label="Why"
        hint={hint}
        rows={2}
        value={reason}
        error={wrongAt(wrong, `${id}-why`)}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
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
