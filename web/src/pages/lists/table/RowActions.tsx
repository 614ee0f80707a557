import { Icon, type IconName } from "../../../ui/Icon";

/** Where a person can be put. */
export type Step = "up" | "down" | "top";

interface RowActionsProps {
  readonly patient: string;
  /** Whose row it is, for those who hear the buttons alone. */
  readonly about: string;
  /** Which steps lead somewhere. */
  readonly steps: readonly Step[];
  readonly busy: boolean;
  readonly onMove: (step: Step) => void;
  readonly onRemove: () => void;
}

const words: Readonly<Record<Step, string>> = { up: "Move up", down: "Move down", top: "To top" };
const icons: Readonly<Record<Step, IconName>> = { up: "up", down: "down", top: "top" };

/** Putting one person elsewhere, or taking them off, by buttons that any keyboard reaches. */
export function RowActions({ patient, about, steps, busy, onMove, onRemove }: RowActionsProps) {
  return (
    <td className="pw-list__actions">
      <div className="pw-list__steps">
        {(["up", "down", "top"] as const).map((step) => (
          <button
            key={step}
            id={`move-${step}-${patient}`}
            type="button"
            className="pw-more"
            aria-disabled={busy || !steps.includes(step)}
            onClick={() => {
              if (!busy && steps.includes(step)) onMove(step);
            }}
          >
            <Icon name={icons[step]} /> {words[step]}
            <span className="nhsuk-u-visually-hidden"> {about}</span>
          </button>
        ))}
        <button type="button" className="pw-more" aria-disabled={busy} onClick={onRemove}>
          Remove
          <span className="nhsuk-u-visually-hidden"> {about}</span>
        </button>
      </div>
    </td>
  );
}
