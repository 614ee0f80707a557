import { Dialog } from "../../../ui/Dialog";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { useDeed } from "../useDeed";

interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen. */
  readonly lead: string;
  readonly button: string;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** Says what a step does before it is taken. */
export function ConfirmDialog({ title, lead, button, onConfirm, onClose }: ConfirmDialogProps) {
  const { busy, wrong, act } = useDeed();
  return (
    <Dialog title={title} lead={<p>{lead}</p>} onClose={onClose}>
      <ErrorSummary wrong={wrong} level={3} />
      <div className="pw-buttons">
        <button type="button" className="nhsuk-button" aria-disabled={busy} onClick={() => void act(onConfirm)}>
          {button}
        </button>
        <button type="button" className="nhsuk-button nhsuk-button--secondary" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
