import { type SelectHTMLAttributes, useId } from "react";
import { describedBy, Field } from "./Field";

/** One choice: its code and its words. */
export interface Choice {
  readonly code: string;
  readonly words: string;
}

interface SelectFieldProps extends SelectHTMLAttributes<HTMLSelectElement> {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly choices: readonly Choice[];
  /** Stands first and means that nothing is chosen; left out, something always is. */
  readonly nothing?: string;
}

/** An NHS select with its label, hint and error joined to it. */
export function SelectField({ label, hint, error, choices, nothing, id: given, ...select }: SelectFieldProps) {
  const own = useId();
  const id = given ?? own;
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <select
        {...select}
        id={id}
        className={`nhsuk-select${error ? " nhsuk-select--error" : ""}`}
        aria-describedby={describedBy(id, hint, error)}
        aria-invalid={error ? true : undefined}
      >
        {nothing === undefined ? null : <option value="">{nothing}</option>}
        {choices.map((c) => (
          <option key={c.code} value={c.code}>
            {c.words}
          </option>
        ))}
      </select>
    </Field>
  );
}
