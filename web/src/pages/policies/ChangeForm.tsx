import { useId, useState } from "react";
import type { PolicySetFactsFragment } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { ErrorSummary, type Wrong, wrongAt } from "../../ui/ErrorSummary";
import { TextArea } from "../../ui/TextArea";
import { useArrivalFocus } from "../../ui/useArrivalFocus";
import { lines } from "./conditions";

interface ChangeFormProps {
  /** As in "Remove receptionists-not-why". */
  readonly title: string;
  readonly change: (reason: string) => Promise<PolicySetFactsFragment>;
  readonly onChanged: (set: PolicySetFactsFragment) => void;
  readonly onCancel: () => void;
}

/** Asks for the reason of a change that needs nothing else, and makes it. */
export function ChangeForm({ title, change, onChanged, onCancel }: ChangeFormProps) {
  const id = useId();
  const form = useArrivalFocus<HTMLFormElement>();
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    if (busy) return;
    const missing = reason.trim() ? [] : [{ text: "Say why", field: `${id}-why` }];
    setWrong(missing);
    if (missing.length > 0) return;
    setBusy(true);
    try {
      onChanged(await change(reason.trim()));
    } catch (error) {
      setBusy(false);
      setWrong(lines(sentenceOf(error)).map((text) => ({ text })));
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
      <TextArea
        id={`${id}-why`}
        label={`Why: ${title.charAt(0).toLowerCase()}${title.slice(1)}`}
        rows={2}
        value={reason}
        error={wrongAt(wrong, `${id}-why`)}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <div className="pw-buttons">
        <button className="nhsuk-button nhsuk-button--small" type="submit" aria-disabled={busy}>
          {busy ? "Saving" : title}
        </button>
        <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
