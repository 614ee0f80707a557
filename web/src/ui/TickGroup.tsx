import type { ReactNode } from "react";

interface TickGroupProps {
  readonly id: string;
  readonly legend: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  /** The ticks. */
  readonly children: ReactNode;
}

/** Check boxes or radio buttons that belong together, with what is asked. */
export function TickGroup({ id, legend, hint, error, children }: TickGroupProps) {
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={`nhsuk-fieldset nhsuk-form-group${error ? " nhsuk-form-group--error" : ""}`}
      aria-describedby={[hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined}
    >
      <legend className="pw-legend nhsuk-label">{legend}</legend>
      {hint ? (
        <div className="nhsuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      {error ? (
        <span className="nhsuk-error-message" id={`${id}-error`}>
          <span className="nhsuk-u-visually-hidden">Error: </span>
          {error}
        </span>
      ) : null}
      {children}
    </fieldset>
  );
}
