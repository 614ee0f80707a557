import { useId, useState } from "react";
import { sentenceOf } from "../../components/problems";
import { ErrorSummary, type Wrong, wrongAt } from "../../ui/ErrorSummary";
import { TextArea } from "../../ui/TextArea";
import { useArrivalFocus } from "../../ui/useArrivalFocus";
import { characters } from "../../ui/words";
import { reasonLeast, reasonMost } from "./words";

interface ReasonFormProps {
  /** Names the form for those who hear it. */
  readonly what: string;
  /** What will happen, said before it does. */
  readonly effect: string;
  readonly button: string;
  readonly busy: string;
  readonly danger?: boolean;
  /** Does it; throws what is to be shown, and what was written stays. */
  readonly onDo: (reason: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** A step that changes whose record something is: with what it does, and with a reason. */
export function ReasonForm({ what, effect, button, busy, danger = false, onDo, onCancel }: ReasonFormProps) {
  const id = useId();
  const form = useArrivalFocus<HTMLFormElement>();
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [doing, setDoing] = useState(false);
  const submit = async () => {
    if (doing) return;
    if (characters(reason) < reasonLeast) {
      setWrong([{ text: `Say why in at least ${reasonLeast} characters`, field: `${id}-reason` }]);
      return;
    }
    setWrong([]);
    setDoing(true);
    try {
      await onDo(reason.trim());
    } catch (error) {
      setWrong([{ text: sentenceOf(error) }]);
    } finally {
      setDoing(false);
    }
  };
  return (
    <form
      className="pw-review__form"
      ref={form}
      tabIndex={-1}
      noValidate
      aria-label={what}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ErrorSummary wrong={wrong} level={3} />
      <p>{effect}</p>
      <TextArea
        id={`${id}-reason`}
        label="Reason"
        hint="What you compared and whom you asked. No clinical detail."
        maxLength={reasonMost}
        value={reason}
        error={wrongAt(wrong, `${id}-reason`)}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <div className="pw-buttons">
        <button className={`nhsuk-button nhsuk-button--small${danger ? " nhsuk-button--warning" : ""}`} type="submit" aria-disabled={doing}>
          {doing ? busy : button}
        </button>
        <button className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
