import type { Prefill } from "../../api";
import { formatDate } from "../../ui/dates";
import { formatNHSNumber } from "../../ui/nhsNumber";

interface PrefillNoticeProps {
  readonly asked: Prefill | null;
  readonly problem: string;
  readonly onEnd: () => void;
}

/** Says that another system filled the search in, and that nobody has proved anything by it. */
export function PrefillNotice({ asked, problem, onEnd }: PrefillNoticeProps) {
  if (problem) {
    return (
      <p className="nhsuk-error-message" role="alert">
        What another system asked for could not be read. {problem}
      </p>
    );
  }
  if (asked === null) return null;
  return (
    <div className="nhsuk-inset-text" role="status" data-prefill="">
      <p>
        <strong>{asked.epr || "Another system"}</strong> asked for the person with NHS number {formatNHSNumber(asked.nhsNumber)}
        {asked.birthDate ? `, born ${formatDate(asked.birthDate)}` : ""}. It gave no proof of who is asking. Check that this is the person you mean before you open the record.
      </p>
      <p>
        <button type="button" className="pw-more" onClick={onEnd}>
          Look for somebody else
        </button>
      </p>
    </div>
  );
}
