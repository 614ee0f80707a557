import { DateField } from "../../../ui/DateField";
import { type Wrong, wrongAt } from "../../../ui/ErrorSummary";
import { SelectField } from "../../../ui/SelectField";
import { TextField } from "../../../ui/TextField";
import { fieldIds, type SearchBy, type Typed } from "./searched";

const ways: readonly { readonly code: SearchBy; readonly words: string }[] = [
  { code: "name", words: "Name and date of birth" },
  { code: "number", words: "NHS number" },
  { code: "local", words: "A number of one system" },
];

const genders = [
  { code: "female", words: "Female" },
  { code: "male", words: "Male" },
  { code: "other", words: "Other" },
];

interface SearchFieldsProps {
  readonly id: string;
  readonly typed: Typed;
  readonly wrong: readonly Wrong[];
  readonly onChange: (more: Partial<Typed>) => void;
}

/** Whom to search for, as on the page that finds people. */
export function SearchFields({ id, typed, wrong, onChange }: SearchFieldsProps) {
  const text = (part: "number" | "family" | "given" | "postcode" | "local" | "organisation", label: string, width: 10 | 20, hint?: string) => (
    <TextField
      id={`${id}-${part}`}
      label={label}
      {...(hint === undefined ? {} : { hint })}
      autoComplete="off"
      spellCheck={false}
      width={width}
      value={typed[part]}
      error={wrongAt(wrong, `${id}-${part}`)}
      onChange={(event) => {
        onChange({ [part]: event.target.value });
      }}
    />
  );
  return (
    <fieldset className="nhsuk-fieldset">
      <legend className="nhsuk-fieldset__legend">The search</legend>
      <p className="nhsuk-hint">Everybody whom it finds is in the run, 50 people at most. What you search for is not kept with the rows.</p>
      <SelectField
        id={`${id}-by`}
        label="Search by"
        choices={ways}
        value={typed.by}
        onChange={(event) => {
          onChange({ by: ways.find((w) => w.code === event.target.value)?.code ?? "name" });
        }}
      />
      {typed.by === "number" ? text("number", "NHS number", 20, "10 digits, with or without spaces") : null}
      {typed.by === "local" ? (
        <>
          {text("local", "Number", 20, "Such as a hospital number")}
          {text("organisation", "Whose number it is", 10, "The ODS code of the organisation, or the id of the system")}
        </>
      ) : null}
      {typed.by === "name" ? (
        <>
          {text("family", "Family name", 20)}
          <div id={`${id}-${fieldIds.born}`} tabIndex={-1}>
            <DateField
              legend="Date of birth"
              hint="For example, 12 3 1948"
              value={typed.born}
              error={wrongAt(wrong, `${id}-${fieldIds.born}`)}
              onChange={(born) => {
                onChange({ born });
              }}
            />
          </div>
          {text("given", "Given name (optional)", 20)}
          {text("postcode", "Postcode (optional)", 10)}
          <SelectField
            id={`${id}-gender`}
            label="Gender (optional)"
            nothing="Any"
            choices={genders}
            value={typed.gender}
            onChange={(event) => {
              onChange({ gender: event.target.value });
            }}
          />
        </>
      ) : null}
    </fieldset>
  );
}
