import { Dialog } from "../ui/Dialog";
import { LiveRegion } from "../ui/LiveRegion";
import { leftWords } from "./limits";
import type { Ending } from "./useEnding";

interface EndingDialogProps {
  readonly ending: Ending;
  readonly onStay: () => void;
  readonly onSignOut: () => void;
  /** Only the longest time cannot be made longer: the dialog is put away. */
  readonly onSeen: () => void;
}

/** Says two minutes before that the session ends (WCAG 2.2, 2.2.1). Closing the dialog is a sign of life too. */
export function EndingDialog({ ending, onStay, onSignOut, onSeen }: EndingDialogProps) {
  const left = leftWords(ending.left);
  const idle = ending.why === "idle";
  return (
    <Dialog
      title="You are about to be signed out"
      onClose={idle ? onStay : onSeen}
      lead={
        <p>
          {idle ? "Nothing has been done for a while. For the safety of the record you will be signed out in " : "A session cannot last longer. Finish what you are doing: you will be signed out in "}
          <strong data-left="">{left}</strong>.
        </p>
      }
    >
      <LiveRegion text={`${left} left`} />
      <div className="pw-buttons">
        <button className="nhsuk-button" type="button" onClick={idle ? onStay : onSeen}>
          {idle ? "Stay signed in" : "Go on until then"}
        </button>
        <button className="nhsuk-button nhsuk-button--secondary" type="button" onClick={onSignOut}>
          Sign out
        </button>
      </div>
    </Dialog>
  );
}
