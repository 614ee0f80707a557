import { useId, useState } from "react";
import { ask } from "../../../api";
import { type ClientFactsFragment, ReplaceClientKeysDocument } from "../../../api/generated/graphql";
import { ErrorSummary, type Wrong } from "../../../ui/ErrorSummary";
import { useArrivalFocus } from "../../../ui/useArrivalFocus";
import { blank, type Draft, keysMissing, wrongOf } from "./draft";
import { KeyFields } from "./KeyFields";

interface KeysFormProps {
  readonly client: ClientFactsFragment;
  readonly onChanged: (now: ClientFactsFragment) => void;
  readonly onCancel: () => void;
}

/** Gives a client other keys: it stops until another administrator has approved them. */
export function KeysForm({ client, onChanged, onCancel }: KeysFormProps) {
  const id = useId();
  const form = useArrivalFocus<HTMLFormElement>();
  const [draft, setDraft] = useState<Draft>({ ...blank, keysBy: client.jwksUrl ? "url" : "set", jwksUrl: client.jwksUrl ?? "" });
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);
  const title = `Replace the keys of ${client.name ?? client.id}`;

  const submit = async () => {
    if (busy) return;
    const missing = keysMissing(draft).map((m) => ({ text: m.text, field: `${id}-${m.field}` }));
    setWrong(missing);
    if (missing.length > 0) return;
    setBusy(true);
    try {
      const byUrl = draft.keysBy === "url";
      onChanged(await ask(ReplaceClientKeysDocument, { id: client.id, jwks: byUrl ? null : draft.jwks, jwksUrl: byUrl ? draft.jwksUrl.trim() : null }, (data) => data.replaceSmartClientKeys));
    } catch (error) {
      setBusy(false);
      setWrong([wrongOf(error, id)]);
    }
  };

  return (
    <form
      className="pw-policy__form"
      ref={form}
      tabIndex={-1}
      noValidate
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ErrorSummary wrong={wrong} />
      <p>It stops at once, until another administrator has approved the new keys. Keys that are fetched from an address can change without that.</p>
      <KeyFields
        id={id}
        draft={draft}
        wrong={wrong}
        onChange={(change) => {
          setDraft({ ...draft, ...change });
        }}
      />
      <div className="pw-buttons">
        <button className="nhsuk-button nhsuk-button--small" type="submit" aria-disabled={busy}>
          {busy ? "Doing it" : title}
        </button>
        <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
