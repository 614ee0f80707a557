import { useCallback, useState } from "react";
import { ask } from "../../api";
import { RolesDocument } from "../../api/generated/graphql";
import { administers } from "../../roles";
import { usePaged } from "../usePaged";
import { Item } from "./Item";
import { ListState } from "./ListState";
import { sessionsEnd } from "./words";

/** The roles, and how many work in each. */
export function Roles() {
  const [news, setNews] = useState("");
  const read = useCallback(async (_: string | null, signal: AbortSignal) => ({ items: await ask(RolesDocument, {}, (data) => data.roles, signal), next: null }), []);
  const { items, problem, again } = usePaged(read);
  return (
    <>
      <ListState news={news} problem={problem} state={items === null && !problem ? "Reading the roles" : ""} />
      <ul className="pw-admin">
        {(items ?? []).map((r) => (
          <Item
            key={r.role}
            name={r.words}
            off={r.off}
            facts={[
              { label: "In policies", value: <code>{r.role}</code> },
              { label: "Accounts", value: String(r.accounts) },
              { label: "Open sessions", value: String(r.sessions) },
              { label: "Note", value: administers(r.role) ? "Cannot be switched off: nobody could switch it on again" : null },
            ]}
            switching={administers(r.role) ? null : { kind: "ROLE", what: r.role, consequence: `Nobody can work in this role any more. ${sessionsEnd(r.sessions)}` }}
            onSwitched={(_, said) => {
              setNews(said);
              again();
            }}
          />
        ))}
      </ul>
    </>
  );
}
