import type { SmartClientMethod } from "../../../api/generated/graphql";
import { type Wrong, wrongAt } from "../../../ui/ErrorSummary";
import { TextArea } from "../../../ui/TextArea";
import { TextField } from "../../../ui/TextField";
import { Tick } from "../../../ui/Tick";
import { TickGroup } from "../../../ui/TickGroup";
import type { Draft } from "./draft";
import { KeyFields } from "./KeyFields";

export interface FieldsProps {
  /** What the ids of the fields begin with. */
  readonly id: string;
  readonly draft: Draft;
  readonly wrong: readonly Wrong[];
  readonly onChange: (change: Partial<Draft>) => void;
}

const methods: readonly { readonly method: SmartClientMethod; readonly label: string; readonly hint: string }[] = [
  { method: "NONE", label: "It cannot keep a secret", hint: "It runs in a browser or on a phone: PKCE protects it" },
  { method: "PRIVATE_KEY_JWT", label: "By a key of its own", hint: "It has a server; best for it" },
  { method: "CLIENT_SECRET_BASIC", label: "By a secret", hint: "It has a server; Patchwork makes the secret and shows it once" },
];

/** What an app that people use needs. */
export function AppFields({ id, draft, wrong, onChange }: FieldsProps) {
  return (
    <>
      <TickGroup id={`${id}-method`} legend="How does it prove that it is itself?" error={wrongAt(wrong, `${id}-method`)}>
        {methods.map(({ method, label, hint }) => (
          <Tick
            key={method}
            group={`${id}-method`}
            label={label}
            hint={hint}
            checked={draft.method === method}
            onChange={() => {
              onChange({ method });
            }}
          />
        ))}
      </TickGroup>
      {draft.method === "PRIVATE_KEY_JWT" ? <KeyFields id={id} draft={draft} wrong={wrong} onChange={onChange} /> : null}
      <TextArea
        id={`${id}-redirectUris`}
        label="Addresses to which users are sent back"
        hint="Redirect URIs, one a line, exactly as the app sends them: https, or http on the user’s own machine (127.0.0.1)"
        rows={3}
        spellCheck={false}
        value={draft.redirectUris}
        error={wrongAt(wrong, `${id}-redirectUris`)}
        onChange={(event) => {
          onChange({ redirectUris: event.target.value });
        }}
      />
      <TextField
        id={`${id}-launchUrl`}
        label="Launch address (optional)"
        hint="Where an EPR opens it; without one it only starts by itself"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        value={draft.launchUrl}
        error={wrongAt(wrong, `${id}-launchUrl`)}
        onChange={(event) => {
          onChange({ launchUrl: event.target.value });
        }}
      />
      <Tick
        label="Users are not asked"
        hint="Administrators answer for it. Otherwise each user is asked once what it may do"
        checked={draft.trusted}
        onChange={(trusted) => {
          onChange({ trusted });
        }}
      />
      <Tick
        label="It may stay connected when its user is not there"
        hint="Offline access (offline_access): it goes on after the user has signed out, until somebody ends it. Few apps need it"
        checked={draft.offline}
        onChange={(offline) => {
          onChange({ offline });
        }}
      />
    </>
  );
}
