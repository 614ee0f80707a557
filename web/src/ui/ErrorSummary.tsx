import { useEffect, useId, useRef } from "react";
import { stop } from "./words";

/** One thing that is wrong, and the id of the field where it is put right. */
export interface Wrong {
  readonly text: string;
  readonly field?: string;
}

interface ErrorSummaryProps {
  readonly wrong: readonly Wrong[];
  /** The level of its heading on the page. */
  readonly level?: 2 | 3;
}

/** What is wrong with a form; it takes the focus when it appears, and each line leads to its field. */
export function ErrorSummary({ wrong, level = 2 }: ErrorSummaryProps) {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wrong.length > 0) place.current?.focus();
  }, [wrong]);
  if (wrong.length === 0) return null;
  const Heading = `h${level}` as const;
  return (
    <div className="nhsuk-error-summary" role="alert" tabIndex={-1} ref={place} aria-labelledby={id}>
      <Heading className="nhsuk-error-summary__title" id={id}>
        There is a problem
      </Heading>
      <div className="nhsuk-error-summary__body">
        <ul className="nhsuk-list nhsuk-error-summary__list">
          {wrong.map(({ text, field }) => (
            <li key={text}>
              {field === undefined ? (
                <span className="pw-lines">{stop(text)}</span>
              ) : (
                <a
                  href={`#${field}`}
                  onClick={(event) => {
                    event.preventDefault();
                    document.getElementById(field)?.focus();
                  }}
                >
                  {text}
                </a>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** The sentence at a field, if one of the wrongs is about it. */
export function wrongAt(wrong: readonly Wrong[], field: string): string | undefined {
  return wrong.find((w) => w.field === field)?.text;
}
