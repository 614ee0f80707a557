import { wrongAt } from "../../../ui/ErrorSummary";
import { SelectField } from "../../../ui/SelectField";
import { TextField } from "../../../ui/TextField";
import { useChoices } from "../useChoices";
import type { FieldsProps } from "./AppFields";

/** As whom a client with system scopes acts: policies decide what that role may see. */
export function PositionFields({ id, draft, wrong, onChange }: FieldsProps) {
  const choices = useChoices();
  return (
    <>
      <SelectField
        id={`${id}-role`}
        label="Role in which it acts"
        hint="Policies decide what this role may see, as for people"
        nothing="Choose a role"
        choices={choices.roles}
        value={draft.role}
        error={wrongAt(wrong, `${id}-role`)}
        onChange={(event) => {
          onChange({ role: event.target.value });
        }}
      />
      <TextField
        id={`${id}-organisation`}
        label="Organisation for which it acts"
        hint="Its ODS code"
        width={10}
        autoComplete="off"
        spellCheck={false}
        value={draft.organisation}
        error={wrongAt(wrong, `${id}-organisation`)}
        onChange={(event) => {
          onChange({ organisation: event.target.value });
        }}
      />
    </>
  );
}
