import { useCallback, useState } from "react";
import { ask } from "../../api";
import { OpenSessionsDocument } from "../../api/generated/graphql";
import { SelectField } from "../../ui/SelectField";
import { count } from "../../ui/words";
import { MoreButton } from "../MoreButton";
import { useFocusAfter } from "../useFocusAfter";
import { usePaged } from "../usePaged";
import { ListState } from "./ListState";
import { OpenSession } from "./OpenSession";
import { useChoices } from "./useChoices";

/** Who is signed in now, newest first. */
export function Sessions({ heading }: { readonly heading: string }) {
  const choices = useChoices();
  const focusAfter = useFocusAfter();
  const [news, setNews] = useState("");
  const [organisation, setOrganisation] = useState("");
  const [login, setLogin] = useState("");
  const read = useCallback(
    async (after: string | null, signal: AbortSignal) => {
      const page = await ask(OpenSessionsDocument, { organisation: organisation || null, login: login || null, after }, (data) => data.sessions, signal);
      return { items: page.items, next: page.next ?? null };
    },
    [organisation, login],
  );
  const { items, next, busy, problem, more, again } = usePaged(read);
  return (
    <>
      <div className="pw-admin__filter">
        <SelectField
          label="Organisation"
          nothing="Any"
          choices={choices.organisations}
          value={organisation}
          onChange={(event) => {
            setOrganisation(event.target.value);
          }}
        />
        <SelectField
          label="Login"
          nothing="Any"
          choices={choices.logins}
          value={login}
          onChange={(event) => {
            setLogin(event.target.value);
          }}
        />
      </div>
      <ListState news={news} problem={problem} state={items === null ? (problem ? "" : "Reading the sessions") : items.length === 0 ? "Nobody is signed in." : `${count(items.length, "open session")} shown${next === null ? "" : "; there are more"}.`} />
      <ul className="pw-admin">
        {(items ?? []).map((session) => (
          <OpenSession
            key={session.id}
            session={session}
            level={3}
            onEnded={(said) => {
              setNews(said);
              focusAfter(heading);
              again();
            }}
          />
        ))}
      </ul>
      <MoreButton next={next} busy={busy} what="sessions" onMore={more} />
    </>
  );
}
