import { useId, useState } from "react";
import { ask } from "../../../api";
import { type ProposeClientMutation, ProposeClientDocument } from "../../../api/generated/graphql";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { ErrorSummary, type Wrong } from "../../../ui/ErrorSummary";
import { TextField } from "../../../ui/TextField";
import { Tick } from "../../../ui/Tick";
import { TickGroup } from "../../../ui/TickGroup";
import { useArrivalFocus } from "../../../ui/useArrivalFocus";
import { usePage } from "../../usePage";
import { AppFields } from "./AppFields";
import { blank, type Draft, inputOf, type Kind, missing, usualScopes, wrongOf } from "./draft";
import { EprFields } from "./EprFields";
import { KeyFields } from "./KeyFields";
import { ScopeFields } from "./ScopeFields";
import { Secret } from "./Secret";

type Made = NonNullable<ProposeClientMutation["proposeSmartClient"]>;

const kinds: readonly { readonly kind: Kind; readonly label: string; readonly hint: string }[] = [
  { kind: "app", label: "An app that people use", hint: "It opens in a browser, and its users sign in here" },
  { kind: "service", label: "A service without users", hint: "It runs by itself, in a role that you give it" },
  { kind: "epr", label: "A patient record system (EPR) that opens apps", hint: "Its staff open an app, or this viewer, on the patient they have open there" },
];

/** Proposes a client: nothing is given to it until another administrator approves it. */
export function NewClientPage() {
  const heading = usePage<HTMLHeadingElement>("Register an app or EPR");
  const [made, setMade] = useState<Made | null>(null);
  return (
    <>
      <p className="pw-small">
        <Link to={paths.administration("clients")}>Apps and EPRs</Link>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        Register an app or EPR
      </h1>
      {made === null ? <ProposalForm onMade={setMade} /> : <Proposed made={made} />}
    </>
  );
}

function ProposalForm({ onMade }: { readonly onMade: (made: Made) => void }) {
  const id = useId();
  const [draft, setDraft] = useState<Draft>(blank);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);
  const change = (c: Partial<Draft>) => {
    setDraft((was) => ({ ...was, ...c }));
  };
  const fields = { id, draft, wrong, onChange: change };

  const submit = async () => {
    if (busy) return;
    const lacking = missing(draft).map((m) => ({ text: m.text, field: `${id}-${m.field}` }));
    setWrong(lacking);
    if (lacking.length > 0) return;
    setBusy(true);
    try {
      onMade(await ask(ProposeClientDocument, { input: inputOf(draft) }, (data) => data.proposeSmartClient));
    } catch (error) {
      setBusy(false);
      setWrong([wrongOf(error, id)]);
    }
  };

  return (
    <form
      className="pw-client__form"
      noValidate
      aria-label="Register an app or EPR"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ErrorSummary wrong={wrong} />
      <TickGroup id={`${id}-kind`} legend="What do you want to register?" error={wrong.find((w) => w.field === `${id}-kind`)?.text}>
        {kinds.map(({ kind, label, hint }) => (
          <Tick
            key={kind}
            group={`${id}-kind`}
            label={label}
            hint={hint}
            checked={draft.kind === kind}
            onChange={() => {
              setWrong([]);
              change({ kind, scopes: usualScopes[kind] });
            }}
          />
        ))}
      </TickGroup>
      {draft.kind === "" ? null : (
        <>
          <TextField
            id={`${id}-name`}
            label="Name"
            hint={draft.kind === "app" ? "Its users see it when they are asked" : "As people call it"}
            autoComplete="off"
            maxLength={200}
            value={draft.name}
            error={wrong.find((w) => w.field === `${id}-name`)?.text}
            onChange={(event) => {
              change({ name: event.target.value });
            }}
          />
          {draft.kind === "app" ? <AppFields {...fields} /> : null}
          {draft.kind === "service" ? <KeyFields {...fields} /> : null}
          {draft.kind === "epr" ? <EprFields {...fields} /> : null}
          <ScopeFields {...fields} />
        </>
      )}
      <div className="pw-buttons">
        <button className="nhsuk-button" type="submit" aria-disabled={busy}>
          {busy ? "Registering" : "Propose it"}
        </button>
        <Link to={paths.administration("clients")}>Cancel</Link>
      </div>
    </form>
  );
}

function Proposed({ made }: { readonly made: Made }) {
  const place = useArrivalFocus<HTMLDivElement>();
  const { client, secret } = made;
  return (
    <>
      <div ref={place} tabIndex={-1} className="pw-client__made">
        <p role="status">
          <strong>{client.name} is proposed.</strong> Its client id is <code>{client.id}</code>. It gets nothing until another administrator has approved it.
        </p>
      </div>
      {secret ? <Secret secret={secret} /> : null}
      <p>
        <Link to={paths.client(client.id)}>What is registered of {client.name}</Link>
      </p>
    </>
  );
}
