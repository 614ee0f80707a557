import { useId, useState } from "react";
import { ApiError, ask } from "../../api";
import { CloseReviewDocument, type ReviewFactsFragment, type ReviewOutcome } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { ErrorSummary, type Wrong, wrongAt } from "../../ui/ErrorSummary";
import { SelectField } from "../../ui/SelectField";
import { TextArea } from "../../ui/TextArea";
import { useArrivalFocus } from "../../ui/useArrivalFocus";
import { characters } from "../../ui/words";
import { outcomeChoices, outcomes } from "./words";

const least = 10;

/** The codes of failures that say nothing about the item: the same form can be sent again. */
const passing = ["NETWORK", "UNREADABLE", "INTERNAL", "AUDIT_UNAVAILABLE", "SIGNED_OUT"];

interface CloseFormProps {
  readonly review: string;
  readonly onClosed: (review: ReviewFactsFragment) => void;
  /** It could not be closed: the item may stand otherwise than it is shown. */
  readonly onRefused: (problem: string) => void;
}

/** Closes an item with what was found. */
export function CloseForm({ review, onClosed, onRefused }: CloseFormProps) {
  const id = useId();
  const form = useArrivalFocus<HTMLFormElement>();
  const [outcome, setOutcome] = useState<ReviewOutcome | "">("");
  const [note, setNote] = useState("");
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    if (busy) return;
    const missing: Wrong[] = [
      ...(outcome === "" ? [{ text: "Choose what you found", field: `${id}-outcome` }] : []),
      ...(characters(note) >= least ? [] : [{ text: `Write a note of at least ${least} characters`, field: `${id}-note` }]),
    ];
    setWrong(missing);
    if (outcome === "" || missing.length > 0) return;
    setBusy(true);
    try {
      onClosed(await ask(CloseReviewDocument, { id: review, outcome, note: note.trim() }, (data) => data.closeReview));
    } catch (error) {
      setBusy(false);
      if (error instanceof ApiError && !passing.includes(error.code)) onRefused(sentenceOf(error));
      else setWrong([{ text: sentenceOf(error) }]);
    }
  };

  return (
    <form
      className="pw-review__form"
      ref={form}
      tabIndex={-1}
      noValidate
      aria-label="Close this review"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ErrorSummary wrong={wrong} level={3} />
      <SelectField
        id={`${id}-outcome`}
        label="What you found"
        nothing="Choose"
        choices={outcomeChoices}
        value={outcome}
        error={wrongAt(wrong, `${id}-outcome`)}
        onChange={(event) => {
          const chosen = event.target.value;
          setOutcome(chosen in outcomes ? (chosen as ReviewOutcome) : "");
        }}
      />
      <TextArea
        id={`${id}-note`}
        label="Note"
        hint={`At least ${least} characters: what you looked at and whom you asked`}
        maxLength={1000}
        value={note}
        error={wrongAt(wrong, `${id}-note`)}
        onChange={(event) => {
          setNote(event.target.value);
        }}
      />
      <button className="nhsuk-button nhsuk-button--small" type="submit" aria-disabled={busy}>
        {busy ? "Closing" : "Close the review"}
      </button>
    </form>
  );
}
