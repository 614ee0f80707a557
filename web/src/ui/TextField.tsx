import { type InputHTMLAttributes, type Ref, useId } from "react";
import { describedBy, Field } from "./Field";

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly width?: 10 | 20;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** An NHS text input with its label, hint and error joined to it. */
export function TextField({ label, hint, error, width, inputRef, id: given, ...input }: TextFieldProps) {
  const own = useId();
  const id = given ?? own;
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <input
        {...input}
        id={id}
        ref={inputRef}
        className={`nhsuk-input${width ? ` nhsuk-input--width-${width}` : ""}${error ? " nhsuk-input--error" : ""}`}
        aria-describedby={describedBy(id, hint, error)}
        aria-invalid={error ? true : undefined}
      />
    </Field>
  );
}
