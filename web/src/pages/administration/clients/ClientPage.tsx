import { useCallback, useId, useState } from "react";
import { ApiError, ask, run } from "../../../api";
import { ApproveClientDocument, ClientDocument, type ClientFactsFragment, ReplaceClientSecretDocument } from "../../../api/generated/graphql";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { Facts } from "../../../ui/Facts";
import { Tag } from "../../../ui/Tag";
import { useFocusAfter } from "../../useFocusAfter";
import { usePage } from "../../usePage";
import { usePaged } from "../../usePaged";
import { ListState } from "../ListState";
import { Switch } from "../Switch";
import { offSentence } from "../words";
import { ConfirmForm } from "./ConfirmForm";
import { factsOf, launchingFacts } from "./facts";
import { KeysForm } from "./KeysForm";
import { ScopeList } from "./ScopeList";
import { Secret } from "./Secret";
import { states } from "./words";

/** One client as whoever approves it should see it, and what can be done with it. */
export function ClientPage({ id }: { readonly id: string }) {
  const [news, setNews] = useState("");
  const [secret, setSecret] = useState("");
  const read = useCallback(
    async (_: string | null, signal: AbortSignal) => {
      const { data, problems } = await run(ClientDocument, { id }, signal);
      const said = problems[0];
      if (said) throw new ApiError(said.message, said.code, said.requestId);
      return { items: data?.smartClient ? [data.smartClient] : [], next: null };
    },
    [id],
  );
  const { items, problem, replace, again } = usePaged(read);
  const client = items?.[0] ?? null;
  const heading = usePage<HTMLHeadingElement>(client?.name ?? "App or EPR");
  const place = useId();
  const changed = (now: ClientFactsFragment, said: string) => {
    setNews(said);
    replace(() => [now]);
  };
  return (
    <>
      <p className="pw-small">
        <Link to={paths.administration("clients")}>Apps and EPRs</Link>
      </p>
      <h1 id={place} ref={heading} tabIndex={-1}>
        {client?.name ?? "App or EPR"} {client ? <Tag tone={states[client.state].tone}>{states[client.state].words}</Tag> : null}
      </h1>
      <ListState news={news} problem={items?.length === 0 ? "There is no app or EPR of this id" : problem} state={items === null && !problem ? "Reading what is registered" : ""} />
      {secret ? <Secret key={secret} secret={secret} /> : null}
      {client ? (
        <>
          <Registered client={client} />
          <Changes
            client={client}
            place={place}
            onChanged={changed}
            onSecret={(now, made) => {
              setSecret(made);
              changed(now, "The old secret is of no use any more.");
            }}
            onSwitched={(said) => {
              setNews(said);
              again();
            }}
          />
        </>
      ) : null}
    </>
  );
}

function Registered({ client }: { readonly client: ClientFactsFragment }) {
  const id = useId();
  return (
    <>
      {client.off ? <p className="pw-note">{offSentence(client.off)}</p> : null}
      <Facts facts={factsOf(client)} />
      <h2 className="pw-client__title" id={`${id}-scopes`}>What it may do at most</h2>
      <p className="pw-small">As its users are told. Whatever stands here, nobody sees by it what their own role may not see.</p>
      <ScopeList scopes={client.scopes} heading={`${id}-scopes`} />
      {client.launching ? (
        <>
          <h2 className="pw-client__title">What it may open</h2>
          <Facts facts={launchingFacts(client)} />
        </>
      ) : null}
    </>
  );
}

interface ChangesProps {
  readonly client: ClientFactsFragment;
  /** The id of the heading that gets the focus when a form has gone. */
  readonly place: string;
  readonly onChanged: (now: ClientFactsFragment, news: string) => void;
  readonly onSecret: (now: ClientFactsFragment, secret: string) => void;
  readonly onSwitched: (news: string) => void;
}

function Changes({ client, place, onChanged, onSecret, onSwitched }: ChangesProps) {
  const focusAfter = useFocusAfter();
  const [open, setOpen] = useState<"" | "approve" | "secret" | "keys">("");
  const name = client.name ?? client.id;
  const close = () => {
    setOpen("");
    focusAfter(place);
  };
  if (client.builtIn) return <p>It is part of Patchwork and follows its configuration: it cannot be changed here.</p>;
  const waits = client.state === "PROPOSED";
  return (
    <section className="pw-client__changes" aria-label={`Change ${name}`}>
      {waits && client.proposedByYou ? (
        <div className="nhsuk-inset-text">
          <p>You proposed it as it stands now: another administrator must approve it. Where there is none, the operator of this server can: “patchwork client approve {client.id}”.</p>
        </div>
      ) : null}
      <div className="pw-buttons">
        {waits && !client.proposedByYou ? (
          <Opener
            words="Approve"
            name={name}
            onOpen={() => {
              setOpen("approve");
            }}
          />
        ) : null}
        {client.method === "CLIENT_SECRET_BASIC" ? (
          <Opener
            words="Replace the secret"
            name={name}
            onOpen={() => {
              setOpen("secret");
            }}
          />
        ) : null}
        {client.method === "PRIVATE_KEY_JWT" ? (
          <Opener
            words="Replace the keys"
            name={name}
            onOpen={() => {
              setOpen("keys");
            }}
          />
        ) : null}
        <Switch
          kind="CLIENT"
          what={client.id}
          name={name}
          isOff={Boolean(client.off)}
          consequence="Nobody can use it any more from the next request on"
          onSwitched={(_, said) => {
            onSwitched(said);
          }}
          place={place}
        />
      </div>
      {open === "approve" ? (
        <ConfirmForm
          title={`Approve ${name}`}
          lead="You answer for it with whoever proposed it. Check that the addresses and keys above are those of the organisation that asked"
          change={async () => {
            const now = await ask(ApproveClientDocument, { id: client.id, edition: client.edition }, (data) => data.approveSmartClient);
            close();
            onChanged(now, `${name} is approved.`);
          }}
          onCancel={close}
        />
      ) : null}
      {open === "secret" ? (
        <ConfirmForm
          title={`Replace the secret of ${name}`}
          lead="The old secret is of no use at once: the app stops until it has the new one"
          change={async () => {
            const made = await ask(ReplaceClientSecretDocument, { id: client.id }, (data) => data.replaceSmartClientSecret);
            setOpen(""); // the focus is the secret's
            onSecret(made.client, made.secret ?? "");
          }}
          onCancel={close}
        />
      ) : null}
      {open === "keys" ? (
        <KeysForm
          client={client}
          onChanged={(now) => {
            close();
            onChanged(now, "The keys are replaced. Another administrator must approve them.");
          }}
          onCancel={close}
        />
      ) : null}
    </section>
  );
}

function Opener({ words, name, onOpen }: { readonly words: string; readonly name: string; readonly onOpen: () => void }) {
  return (
    <button type="button" className="pw-more" onClick={onOpen}>
      {words}
      <span className="nhsuk-u-visually-hidden"> {words === "Approve" ? name : `of ${name}`}</span>
    </button>
  );
}
