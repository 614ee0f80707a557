import type { ReactNode } from "react";
import type { ClientFactsFragment } from "../../../api/generated/graphql";
import { formatInstant } from "../../../ui/dates";
import type { Fact } from "../../../ui/Facts";
import { organisationWords, positionWords } from "../words";
import { kindOf, methods } from "./words";

/** What is registered of a client. */
export function factsOf(client: ClientFactsFragment): readonly Fact[] {
  return [
    { label: "Kind", value: kindOf(client) },
    { label: "Client id", value: <code>{client.id}</code> },
    { label: "Proves who it is by", value: methods[client.method] },
    { label: "Sends users back to", value: codes(client.redirectUris) },
    { label: "A launch opens", value: client.launchUrl ? <code>{client.launchUrl}</code> : null },
    { label: "Users are asked", value: client.redirectUris.length === 0 ? null : client.trusted ? "No: administrators answer for it" : "Yes, each for themselves" },
    { label: "Acts as", value: client.position ? positionWords(client.position) : null },
    { label: "Keys are fetched from", value: client.jwksUrl ? <code>{client.jwksUrl}</code> : null },
    { label: "Keys", value: lines(client.keys.map((k) => ({ key: k.kid, words: `${k.kid}: ${k.kty}, ${k.alg}, SHA-256 thumbprint ${k.thumbprint}` }))) },
    { label: "Proposed", value: when(client.proposed, client.builtIn ? null : client.proposedByYou ? "you" : client.proposedBy) },
    { label: "Approved", value: when(client.approved, client.builtIn ? null : client.approvedBy) },
  ];
}

/** What a patient record system may open; none for others. */
export function launchingFacts({ launching }: ClientFactsFragment): readonly Fact[] {
  if (!launching) return [];
  return [
    { label: "May open", value: lines(launching.apps.map((a) => ({ key: a.id, words: a.name ?? `${a.id}, which is not registered any more` }))) },
    { label: "For staff of", value: lines(launching.organisations.map((o) => ({ key: o.ods ?? "", words: organisationWords(o) }))) },
    { label: "Names them by", value: lines(launching.logins.map((l) => ({ key: l.id, words: l.name ?? `${l.id}, which has gone from the configuration` }))) },
    { label: "In frames of", value: codes(launching.origins) },
    { label: "Its word for a user", value: launching.trust ? "Is taken for a short sign-in, to that patient only, if the user has signed in here before" : "Is not enough: the user signs in" },
    { label: "May fill in the search", value: launching.prefill ? "Yes, with what nobody signed; no right follows from it" : null },
  ];
}

function when(at: string | null | undefined, by: string | null | undefined): string | null {
  return at ? `${formatInstant(at)}${by ? ` by ${by}` : ""}` : null;
}

function lines(values: readonly { readonly key: string; readonly words: ReactNode }[]): ReactNode {
  if (values.length === 0) return null;
  return (
    <ul className="pw-policy__list">
      {values.map((v) => (
        <li key={v.key}>{v.words}</li>
      ))}
    </ul>
  );
}

function codes(values: readonly string[]): ReactNode {
  return lines(values.map((v) => ({ key: v, words: <code>{v}</code> })));
}
