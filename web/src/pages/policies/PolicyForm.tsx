import { useId, useState } from "react";
import { ask } from "../../api";
import { PutPolicyDocument, type PolicySetFactsFragment } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { ErrorSummary, type Wrong, wrongAt } from "../../ui/ErrorSummary";
import { SelectField } from "../../ui/SelectField";
import { TextArea } from "../../ui/TextArea";
import { TextField } from "../../ui/TextField";
import { useArrivalFocus } from "../../ui/useArrivalFocus";
import { lines } from "./conditions";
import { blank, type Draft, draftOf, inputOf, type Policy } from "./draft";

interface PolicyFormProps {
  /** null to write a new one. */
  readonly policy: Policy | null;
  /** The version that the reader has seen: the server refuses if it is no longer the one in force. */
  readonly version: number;
  readonly onSaved: (set: PolicySetFactsFragment) => void;
  readonly onCancel: () => void;
}

const long: readonly { readonly name: "roles" | "organisations" | "actions" | "resources" | "when"; readonly label: string; readonly hint: string; readonly rows: number }[] = [
  { name: "roles", label: "Roles", hint: "One a line; “any” means every role", rows: 4 },
  { name: "organisations", label: "Organisations", hint: "ODS codes, one a line; none means all", rows: 2 },
  { name: "actions", label: "Actions", hint: "One a line: read, search, list, share, export, launch, audit, administer", rows: 3 },
  { name: "resources", label: "Resources", hint: "One a line: record:allergies, record:allergies:reactions, or with :* everything under it", rows: 4 },
  { name: "when", label: "Conditions", hint: "One a line, all must hold: “purpose: TREAT, ETREAT” or “relationship: not none”", rows: 4 },
];

/** Writes one policy. It takes effect on every server within a second. */
export function PolicyForm({ policy, version, onSaved, onCancel }: PolicyFormProps) {
  const id = useId();
  const form = useArrivalFocus<HTMLFormElement>();
  const [draft, setDraft] = useState<Draft>(() => (policy === null ? blank : draftOf(policy)));
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change });
  };

  const submit = async () => {
    if (busy) return;
    const { policy: input, unread } = inputOf(draft);
    const missing: Wrong[] = [
      ...(input.id ? [] : [{ text: "Give the policy an id, in lower-case words with hyphens", field: `${id}-id` }]),
      ...(input.description ? [] : [{ text: "Say what the policy is for", field: `${id}-description` }]),
      ...unread.map((line) => ({ text: `“${line}” is not a condition: write “key: value, value”`, field: `${id}-when` })),
      ...(reason.trim() ? [] : [{ text: "Say why you change it", field: `${id}-why` }]),
    ];
    setWrong(missing);
    if (missing.length > 0) return;
    setBusy(true);
    try {
      onSaved(await ask(PutPolicyDocument, { policy: input, version, reason: reason.trim() }, (data) => data.putPolicy));
    } catch (error) {
      setBusy(false);
      // A refusal names every problem on a line of its own.
      setWrong(lines(sentenceOf(error)).map((text) => ({ text })));
    }
  };

  return (
    <form
      className="pw-policy__form"
      ref={form}
      tabIndex={-1}
      noValidate
      aria-label={policy === null ? "Add a policy" : `Change ${policy.id}`}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ErrorSummary wrong={wrong} level={3} />
      {policy === null ? (
        <TextField
          id={`${id}-id`}
          label="Id"
          hint="Lower-case words with hyphens"
          spellCheck={false}
          autoComplete="off"
          value={draft.id}
          error={wrongAt(wrong, `${id}-id`)}
          onChange={(event) => {
            set({ id: event.target.value });
          }}
        />
      ) : null}
      <TextArea
        id={`${id}-description`}
        label="What it is for"
        rows={2}
        value={draft.description}
        error={wrongAt(wrong, `${id}-description`)}
        onChange={(event) => {
          set({ description: event.target.value });
        }}
      />
      <div className="pw-policy__pair">
        <SelectField
          label="Effect"
          choices={[
            { code: "allow", words: "Allow" },
            { code: "deny", words: "Deny" },
          ]}
          value={draft.effect}
          onChange={(event) => {
            set({ effect: event.target.value, mode: event.target.value === "deny" ? "disclose" : "" });
          }}
        />
        {draft.effect === "deny" ? (
          <SelectField
            label="How it is denied"
            choices={[
              { code: "disclose", words: "Say that something is withheld" },
              { code: "conceal", words: "As if it did not exist" },
            ]}
            value={draft.mode}
            onChange={(event) => {
              set({ mode: event.target.value });
            }}
          />
        ) : null}
      </div>
      {long.map(({ name, label, hint, rows }) => (
        <TextArea
          key={name}
          id={`${id}-${name}`}
          label={label}
          hint={hint}
          rows={rows}
          spellCheck={false}
          value={draft[name]}
          error={wrongAt(wrong, `${id}-${name}`)}
          onChange={(event) => {
            set({ [name]: event.target.value });
          }}
        />
      ))}
      <TextArea
        id={`${id}-why`}
        label="Why you change it"
        hint="Stands in the history of the policies"
        rows={2}
        value={reason}
        error={wrongAt(wrong, `${id}-why`)}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <div className="pw-buttons">
        <button className="nhsuk-button nhsuk-button--small" type="submit" aria-disabled={busy}>
          {busy ? "Saving" : "Save as a new version"}
        </button>
        <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
