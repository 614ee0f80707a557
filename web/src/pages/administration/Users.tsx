import { useCallback, useState } from "react";
import { ask } from "../../api";
import { AccountsDocument, type AccountsQueryVariables } from "../../api/generated/graphql";
import { count } from "../../ui/words";
import { usePaged } from "../usePaged";
import { ListState } from "./ListState";
import { NextButton } from "./NextButton";
import { User } from "./User";
import { UserFilter } from "./UserFilter";

/** Everybody who has an account: found, seen with their positions and sessions, switched off and on. */
export function Users() {
  const [news, setNews] = useState("");
  const [filter, setFilter] = useState<AccountsQueryVariables>({});
  const read = useCallback(
    async (after: string | null, signal: AbortSignal) => {
      const page = await ask(AccountsDocument, { ...filter, after }, (data) => data.accounts, signal);
      return { items: page.items, next: page.next ?? null };
    },
    [filter],
  );
  const { items, next, busy, problem, more, replace } = usePaged(read);
  return (
    <>
      <UserFilter
        onFilter={(wanted) => {
          setNews("");
          setFilter(wanted);
        }}
      />
      <ListState news={news} problem={problem} state={items === null ? (problem ? "" : "Reading the users") : items.length === 0 ? "Nobody is like that." : `${count(items.length, "user")} shown${next === null ? "" : "; there are more"}.`} />
      <ul className="pw-admin">
        {(items ?? []).map((account) => (
          <User
            key={account.id}
            account={account}
            onSwitched={(all, said) => {
              setNews(said);
              const off = all.find((o) => o.kind === "USER" && o.what === account.id) ?? null;
              replace((shown) => shown.map((a) => (a.id === account.id ? { ...a, off } : a)));
            }}
          />
        ))}
      </ul>
      <NextButton next={next} busy={busy} what="users" onMore={more} />
    </>
  );
}
