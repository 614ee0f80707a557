import { useCallback, useId } from "react";
import { ask } from "../../../api";
import { type ClientLineFragment, ClientsDocument } from "../../../api/generated/graphql";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { formatInstant } from "../../../ui/dates";
import { Facts } from "../../../ui/Facts";
import { Tag } from "../../../ui/Tag";
import { count } from "../../../ui/words";
import { usePaged } from "../../usePaged";
import { ListState } from "../ListState";
import { offSentence } from "../words";
import { kindOf, states } from "./words";

/** The apps, services and patient record systems that are registered; what waits for approval first. */
export function Clients() {
  const read = useCallback(async (_: string | null, signal: AbortSignal) => ({ items: await ask(ClientsDocument, {}, (data) => data.smartClients, signal), next: null }), []);
  const { items, problem } = usePaged(read);
  const waiting = (items ?? []).filter((c) => c.state === "PROPOSED");
  return (
    <>
      <p>
        <Link to={paths.newClient} className="nhsuk-button nhsuk-button--small pw-admin__new">
          Register an app or EPR
        </Link>
      </p>
      <ListState news="" problem={problem} state={items === null ? (problem ? "" : "Reading what is registered") : `${count(items.length, "app or EPR", "apps and EPRs")}${waiting.length > 0 ? `, of which ${waiting.length} ${waiting.length === 1 ? "waits" : "wait"} for approval` : ""}.`} />
      <ul className="pw-admin">
        {[...waiting, ...(items ?? []).filter((c) => c.state !== "PROPOSED")].map((client) => (
          <Line key={client.id} client={client} />
        ))}
      </ul>
    </>
  );
}

function Line({ client }: { readonly client: ClientLineFragment }) {
  const id = useId();
  const state = states[client.state];
  return (
    <li className="pw-admin__item" data-off={client.off ? true : undefined} aria-labelledby={id}>
      <h3 className="pw-review__title" id={id}>
        <Link to={paths.client(client.id)}>{client.name ?? client.id}</Link> <Tag tone={state.tone}>{state.words}</Tag>
      </h3>
      {client.off ? <p className="pw-note">{offSentence(client.off)}</p> : null}
      <Facts
        facts={[
          { label: "Kind", value: kindOf(client) },
          { label: "Client id", value: <code>{client.id}</code> },
          { label: "Proposed", value: client.proposed && client.proposedBy && !client.builtIn ? `${formatInstant(client.proposed)} by ${client.proposedByYou ? "you" : client.proposedBy}` : null },
        ]}
      />
    </li>
  );
}
