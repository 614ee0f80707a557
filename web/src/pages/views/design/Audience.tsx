import { useId } from "react";
import { viewRoles } from "../../../roles";
import { Expander } from "../../../ui/Expander";
import { TextField } from "../../../ui/TextField";
import { Tick } from "../../../ui/Tick";
import { TickGroup } from "../../../ui/TickGroup";
import { coded } from "../../../ui/words";
import { audienceWords } from "../words";
import type { Form } from "./useDesign";

/** Who may run it once it is approved. */
export function Audience({ form, onChange }: { readonly form: Form; readonly onChange: (more: Partial<Form>) => void }) {
  const id = useId();
  const organisations = form.organisations.split(/[\s,;]+/).filter(Boolean);
  return (
    <Expander summary={`Who may run it once it is approved: ${audienceWords({ roles: [...form.roles], organisations })}`}>
      <div className="pw-client__form">
        <TickGroup id={`${id}-roles`} legend="Roles" hint="None is everybody who may use views. You may always run your own">
          {viewRoles.map((role) => (
            <Tick
              key={role}
              label={coded(role)}
              checked={form.roles.includes(role)}
              onChange={(on) => {
                onChange({ roles: on ? [...form.roles, role] : form.roles.filter((r) => r !== role) });
              }}
            />
          ))}
        </TickGroup>
        <TextField
          label="Organisations"
          hint="ODS codes, with blanks between them. None is all"
          value={form.organisations}
          onChange={(event) => {
            onChange({ organisations: event.target.value });
          }}
        />
      </div>
    </Expander>
  );
}
