import { SelectField, type Choice } from "../../ui/SelectField";
import { TextArea } from "../../ui/TextArea";
import { type Wrong, wrongAt } from "../../ui/ErrorSummary";
import { characters } from "../../ui/words";

/** A reason of a closed list, and the reader's own words. */
export interface Given {
  readonly reason: string;
  readonly explanation: string;
}

interface ReasonFieldsProps {
  /** The beginning of the fields' ids. */
  readonly id: string;
  readonly choices: readonly Choice[];
  readonly least: number;
  readonly given: Given;
  readonly wrong: readonly Wrong[];
  readonly onChange: (given: Given) => void;
}

/** The two questions that every exception asks: which reason, and what it is in your words. */
export function ReasonFields({ id, choices, least, given, wrong, onChange }: ReasonFieldsProps) {
  return (
    <>
      <SelectField
        id={`${id}-reason`}
        label="Reason"
        nothing="Choose a reason"
        choices={choices}
        value={given.reason}
        error={wrongAt(wrong, `${id}-reason`)}
        onChange={(event) => {
          onChange({ ...given, reason: event.target.value });
        }}
      />
      <TextArea
        id={`${id}-explanation`}
        label="In your own words"
        hint={`At least ${least} characters. A privacy officer reads this. Do not name the patient.`}
        maxLength={500}
        autoComplete="off"
        value={given.explanation}
        error={wrongAt(wrong, `${id}-explanation`)}
        onChange={(event) => {
          onChange({ ...given, explanation: event.target.value });
        }}
      />
    </>
  );
}

/** What is missing from an answer, each with its field. */
export function missingFrom(id: string, given: Given, least: number): Wrong[] {
  return [
    ...(given.reason ? [] : [{ text: "Choose a reason", field: `${id}-reason` }]),
    ...(characters(given.explanation) >= least ? [] : [{ text: `Explain in at least ${least} characters`, field: `${id}-explanation` }]),
  ];
}
