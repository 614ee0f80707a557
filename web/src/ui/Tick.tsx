import { useId } from "react";

interface TickProps {
  readonly label: string;
  readonly hint?: string;
  /** For radio buttons: the group that it belongs to; left out, it is a check box. */
  readonly group?: string;
  readonly id?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A check box or radio button with its label and hint. */
export function Tick({ label, hint, group, id: given, checked, onChange }: TickProps) {
  const own = useId();
  const id = given ?? own;
  return (
    <div className="pw-tick">
      <input
        id={id}
        type={group === undefined ? "checkbox" : "radio"}
        name={group}
        checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p className="pw-small" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
