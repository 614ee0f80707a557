import { useId, useState } from "react";
import { ask } from "../../../api";
import type { ViewFacts } from "../../../api/views";
import { DecideViewDocument } from "../../../api/generated/graphql";
import { DateField, dateOf, type DateParts } from "../../../ui/DateField";
import { today } from "../../../ui/dates";
import { ErrorSummary, wrongAt } from "../../../ui/ErrorSummary";
import { TextArea } from "../../../ui/TextArea";
import { useArrivalFocus } from "../../../ui/useArrivalFocus";
import { characters } from "../../../ui/words";
import { useDeed } from "../../lists/useDeed";

interface DecideFormProps {
  readonly view: ViewFacts;
  readonly onDone: (view: ViewFacts, said: string) => void;
  readonly onCancel: () => void;
}

/** How short a reason may be; the server asks the same. */
const least = 5;

/** In half a year, which is as long as most things stay as they are. */
function halfAYear(): DateParts {
  const [year = "", month = ""] = today().split("-");
  const later = Number(month) + 6;
  return { day: "1", month: String(later > 12 ? later - 12 : later), year: String(Number(year) + (later > 12 ? 1 : 0)) };
}

/** Approves a view until a day, or rejects it; either way with the reason. */
export function DecideForm({ view, onDone, onCancel }: DecideFormProps) {
  const id = useId();
  const form = useArrivalFocus<HTMLFormElement>();
  const [until, setUntil] = useState(halfAYear);
  const [reason, setReason] = useState("");
  const { busy, wrong, setWrong, act } = useDeed();
  const decide = (approved: boolean) => {
    const day = dateOf(until);
    const missing = [
      ...(approved && day === null ? [{ text: "Enter the last day of the approval" }] : []),
      ...(characters(reason) < least ? [{ text: `Say why, in at least ${least} characters`, field: `${id}-why` }] : []),
    ];
    setWrong(missing);
    if (missing.length > 0) return;
    void act(async () => {
      const now = await ask(DecideViewDocument, { id: view.id, version: view.version, approved, reason: reason.trim(), ...(approved && day !== null ? { until: day } : {}) }, (data) => data.decideView);
      onDone(now, approved ? "It is approved." : "It is rejected.");
    });
  };
  return (
    <form
      className="pw-policy__form"
      ref={form}
      tabIndex={-1}
      noValidate
      aria-label="Decide"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <ErrorSummary wrong={wrong} level={3} />
      <DateField legend="Approved until" hint="The last day, within a year" value={until} onChange={setUntil} />
      <TextArea
        id={`${id}-why`}
        label="Why"
        hint="It stands in the audit and on the view's page. Name no patient."
        rows={2}
        value={reason}
        error={wrongAt(wrong, `${id}-why`)}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <div className="pw-buttons">
        <button type="button" className="nhsuk-button nhsuk-button--small" aria-disabled={busy} onClick={() => { decide(true); }}>
          Approve
        </button>
        <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" aria-disabled={busy} onClick={() => { decide(false); }}>
          Reject
        </button>
        <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
