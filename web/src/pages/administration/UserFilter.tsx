import { useState } from "react";
import type { AccountsQueryVariables } from "../../api/generated/graphql";
import { SelectField } from "../../ui/SelectField";
import { TextField } from "../../ui/TextField";
import { useChoices } from "./useChoices";

/** Chooses whose accounts are shown; nothing chosen is everybody. */
export function UserFilter({ onFilter }: { readonly onFilter: (filter: AccountsQueryVariables) => void }) {
  const choices = useChoices();
  const [search, setSearch] = useState("");
  const [organisation, setOrganisation] = useState("");
  const [role, setRole] = useState("");
  const [login, setLogin] = useState("");
  const [off, setOff] = useState(false);
  const choosing = (set: (value: string) => void) => (event: { readonly target: { readonly value: string } }) => {
    set(event.target.value);
  };
  return (
    <form
      className="pw-admin__filter"
      role="search"
      aria-label="Users"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onFilter({ search: search.trim() || null, organisation: organisation || null, role: role || null, login: login || null, off });
      }}
    >
      <div className="pw-admin__search">
        <TextField label="Name or identifier" hint="A part of the name, or the beginning of a GMC, NMC or other number" autoComplete="off" spellCheck={false} maxLength={200} value={search} onChange={choosing(setSearch)} />
      </div>
      <SelectField label="Organisation" nothing="Any" choices={choices.organisations} value={organisation} onChange={choosing(setOrganisation)} />
      <SelectField label="Role" nothing="Any" choices={choices.roles} value={role} onChange={choosing(setRole)} />
      <SelectField label="Login" nothing="Any" choices={choices.logins} value={login} onChange={choosing(setLogin)} />
      <SelectField
        label="Show"
        choices={[
          { code: "", words: "Everybody" },
          { code: "off", words: "Only who is switched off" },
        ]}
        value={off ? "off" : ""}
        onChange={(event) => {
          setOff(event.target.value === "off");
        }}
      />
      <button className="nhsuk-button nhsuk-button--small" type="submit">
        Search
      </button>
    </form>
  );
}
