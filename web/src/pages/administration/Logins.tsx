import { useCallback, useState } from "react";
import { ask } from "../../api";
import { LoginsDocument, type LoginsQuery } from "../../api/generated/graphql";
import { formatInstant } from "../../ui/dates";
import { count, list } from "../../ui/words";
import { usePaged } from "../usePaged";
import { Item } from "./Item";
import { ListState } from "./ListState";
import { LoginTest } from "./LoginTest";
import { organisationWords, recheckWords, sessionsEnd } from "./words";

type Login = NonNullable<LoginsQuery["logins"]>[number];

const types: Readonly<Record<string, string>> = { oidc: "OpenID Connect", saml: "SAML", ldap: "LDAP", local: "Patchwork’s own accounts" };

/** The ways of signing in, and whether they work. */
export function Logins() {
  const [news, setNews] = useState("");
  const read = useCallback(async (_: string | null, signal: AbortSignal) => ({ items: await ask(LoginsDocument, {}, (data) => data.logins, signal), next: null }), []);
  const { items, problem, again } = usePaged(read);
  return (
    <>
      <ListState news={news} problem={problem} state={items === null ? (problem ? "" : "Reading the logins") : `${count(items.length, "login")}.`} />
      <ul className="pw-admin">
        {(items ?? []).map((login) => (
          <Item
            key={login.id}
            name={login.name ?? login.id}
            code={login.id}
            off={login.off}
            facts={factsOf(login)}
            switching={{ kind: "LOGIN", what: login.id, consequence: `Nobody can sign in by it any more. ${sessionsEnd(login.sessions)}` }}
            onSwitched={(_, said) => {
              setNews(said);
              again();
            }}
          >
            {login.type ? <LoginTest id={login.id} name={login.name ?? login.id} /> : null}
          </Item>
        ))}
      </ul>
    </>
  );
}

function factsOf(login: Login) {
  return [
    { label: "Kind", value: login.type ? (types[login.type] ?? login.type) : "No longer in the configuration" },
    { label: "Vouches for", value: list(login.organisations.map(organisationWords)) },
    { label: "E-mail domains", value: list(login.domains) },
    { label: "Asks again", value: login.type && login.type !== "local" ? recheckWords(login.recheck) : null },
    { label: "Accounts", value: String(login.accounts) },
    { label: "Open sessions", value: String(login.sessions) },
    { label: "Last signed in", value: login.lastSuccess ? formatInstant(login.lastSuccess) : null },
    { label: "Last refused", value: login.lastRefusal ? `${formatInstant(login.lastRefusal)}${login.lastCause ? `: ${login.lastCause}` : ""}` : null },
  ];
}
