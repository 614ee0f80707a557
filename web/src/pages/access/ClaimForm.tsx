import { useId, useState } from "react";
import { type Access, ask } from "../../api";
import { ClaimDocument } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { ErrorSummary, type Wrong } from "../../ui/ErrorSummary";
import { useArrivalFocus } from "../../ui/useArrivalFocus";
import { type Given, missingFrom, ReasonFields } from "./ReasonFields";
import { useReasons } from "./useReasons";

const least = 10;

interface ClaimFormProps {
  readonly patient: string;
  readonly onClaimed: (access: Access) => void;
  readonly onCancel: () => void;
}

/** States a relationship with this person: for a day, the reader's alone, and reviewed. */
export function ClaimForm({ patient, onClaimed, onCancel }: ClaimFormProps) {
  const id = useId();
  const form = useArrivalFocus<HTMLFormElement>();
  const { reasons, problem } = useReasons();
  const [given, setGiven] = useState<Given>({ reason: "", explanation: "" });
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    if (busy) return;
    const missing = missingFrom(id, given, least);
    setWrong(missing);
    if (missing.length > 0) return;
    setBusy(true);
    try {
      onClaimed(await ask(ClaimDocument, { patient, reason: given.reason, explanation: given.explanation.trim() }, (data) => data.claimRelationship));
    } catch (error) {
      setBusy(false);
      setWrong([{ text: sentenceOf(error) }]);
    }
  };

  return (
    <form
      className="pw-access__form"
      ref={form}
      tabIndex={-1}
      noValidate
      aria-label="State why you are looking"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ErrorSummary wrong={problem ? [{ text: problem }, ...wrong] : wrong} level={3} />
      <ReasonFields id={id} choices={reasons?.claim ?? []} least={least} given={given} wrong={wrong} onChange={setGiven} />
      <div className="pw-buttons">
        <button className="nhsuk-button nhsuk-button--small" type="submit" aria-disabled={busy}>
          {busy ? "Recording" : "Record and read again"}
        </button>
        <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
