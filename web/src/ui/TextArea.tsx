import { type TextareaHTMLAttributes, useId } from "react";
import { describedBy, Field } from "./Field";

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
}

/** An NHS text area with its label, hint and error joined to it. */
export function TextArea({ label, hint, error, id: given, ...area }: TextAreaProps) {
  const own = useId();
  const id = given ?? own;
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <textarea
        rows={3}
        {...area}
        id={id}
        className={`nhsuk-textarea${error ? " nhsuk-textarea--error" : ""}`}
        aria-describedby={describedBy(id, hint, error)}
        aria-invalid={error ? true : undefined}
      />
    </Field>
  );
}
