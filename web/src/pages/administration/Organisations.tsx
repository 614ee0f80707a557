import { useCallback, useState } from "react";
import { ask } from "../../api";
import { OrganisationsDocument } from "../../api/generated/graphql";
import { count, list } from "../../ui/words";
import { usePaged } from "../usePaged";
import { Item } from "./Item";
import { ListState } from "./ListState";
import { sessionsEnd } from "./words";

/** The organisations of the region: what they run, who vouches for their people, how many there are. */
export function Organisations() {
  const [news, setNews] = useState("");
  const read = useCallback(async (_: string | null, signal: AbortSignal) => ({ items: await ask(OrganisationsDocument, {}, (data) => data.organisations, signal), next: null }), []);
  const { items, problem, again } = usePaged(read);
  return (
    <>
      <ListState news={news} problem={problem} state={items === null ? (problem ? "" : "Reading the organisations") : `${count(items.length, "organisation")}.`} />
      <ul className="pw-admin">
        {(items ?? []).map((o) => (
          <Item
            key={o.ods}
            name={o.name ?? o.ods}
            code={o.name ? o.ods : undefined}
            off={o.off}
            facts={[
              { label: "Systems", value: list(o.systems) },
              { label: "Signs in by", value: list(o.logins) },
              { label: "Accounts", value: String(o.accounts) },
              { label: "Open sessions", value: String(o.sessions) },
            ]}
            switching={{ kind: "ORGANISATION", what: o.ods, consequence: `Nobody can work for it any more. ${sessionsEnd(o.sessions)}` }}
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
