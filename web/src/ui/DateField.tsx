import { useId } from "react";

export interface DateParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

interface DateFieldProps {
  readonly legend: string;
  readonly hint: string;
  readonly value: DateParts;
  readonly error?: string | undefined;
  readonly onChange: (value: DateParts) => void;
}

const parts = [
  ["day", "Day", "2"],
  ["month", "Month", "2"],
  ["year", "Year", "4"],
] as const;

/** The NHS date input: three numbers, no calendar. */
export function DateField({ legend, hint, value, error, onChange }: DateFieldProps) {
  const id = useId();
  return (
    <div className={`nhsuk-form-group${error ? " nhsuk-form-group--error" : ""}`}>
      <fieldset className="nhsuk-fieldset" aria-describedby={`${id}-hint${error ? ` ${id}-error` : ""}`}>
        <legend className="nhsuk-fieldset__legend">{legend}</legend>
        <div className="nhsuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
        {error ? (
          <span className="nhsuk-error-message" id={`${id}-error`}>
            <span className="nhsuk-u-visually-hidden">Error: </span>
            {error}
          </span>
        ) : null}
        <div className="nhsuk-date-input">
          {parts.map(([part, label, width]) => (
            <div className="nhsuk-date-input__item" key={part}>
              <label className="nhsuk-label nhsuk-date-input__label" htmlFor={`${id}-${part}`}>
                {label}
              </label>
              <input
                className={`nhsuk-input nhsuk-date-input__input nhsuk-input--width-${width}${error ? " nhsuk-input--error" : ""}`}
                id={`${id}-${part}`}
                inputMode="numeric"
                autoComplete="off"
                value={value[part]}
                onChange={(event) => {
                  onChange({ ...value, [part]: event.target.value });
                }}
              />
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

/** As YYYY-MM-DD; null if the three are no day that exists. */
export function dateOf({ day, month, year }: DateParts): string | null {
  const [d, m, y] = [day, month, year].map((part) => Number(part.trim()));
  if (d === undefined || m === undefined || y === undefined || !/^\d{4}$/.test(year.trim())) return null;
  const date = new Date(Date.UTC(y, m - 1, d));
  const exists = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
  return exists ? date.toISOString().slice(0, 10) : null;
}
