import { useCallback, useId, useState } from "react";
import { ask } from "../../api";
import { EndAllSessionsDocument, OpenSessionsDocument } from "../../api/generated/graphql";
import { count } from "../../ui/words";
import { useFocusAfter } from "../useFocusAfter";
import { usePaged } from "../usePaged";
import { ListState } from "./ListState";
import { NextButton } from "./NextButton";
import { OpenSession } from "./OpenSession";
import { ReasonForm } from "./ReasonForm";

interface UserSessionsProps {
  /** The account's id. */
  readonly account: string;
  readonly name: string;
}

/** Where one user is signed in; one session or all of them can be ended. */
export function UserSessions({ account, name }: UserSessionsProps) {
  const id = useId();
  const focusAfter = useFocusAfter();
  const [news, setNews] = useState("");
  const [ending, setEnding] = useState(false);
  const read = useCallback(
    async (after: string | null, signal: AbortSignal) => {
      const page = await ask(OpenSessionsDocument, { account, after }, (data) => data.sessions, signal);
      return { items: page.items, next: page.next ?? null };
    },
    [account],
  );
  const { items, next, busy, problem, more, again } = usePaged(read);
  const close = () => {
    setEnding(false);
    focusAfter(id);
  };
  return (
    <section className="pw-admin__sessions" aria-labelledby={id}>
      <h4 id={id} tabIndex={-1}>
        Sessions of {name}
      </h4>
      <ListState news={news} problem={problem} state={items === null ? (problem ? "" : "Reading the sessions") : items.length === 0 ? "Not signed in anywhere." : `${count(items.length, "open session")}.`} />
      <ul className="pw-admin">
        {(items ?? []).map((session) => (
          <OpenSession
            key={session.id}
            session={session}
            level={5}
            onEnded={(said) => {
              setNews(said);
              focusAfter(id);
              again();
            }}
          />
        ))}
      </ul>
      <NextButton next={next} busy={busy} what="sessions" onMore={more} />
      {items !== null && items.length > 0 && !ending ? (
        <button
          type="button"
          className="pw-more"
          onClick={() => {
            setEnding(true);
          }}
        >
          End all<span className="nhsuk-u-visually-hidden"> sessions of {name}</span>
        </button>
      ) : null}
      {ending ? (
        <ReasonForm
          title={`End all sessions of ${name}`}
          lead="They are signed out everywhere at the next request, and may sign in again"
          change={async (reason) => {
            await ask(EndAllSessionsDocument, { account, reason }, (data) => data.endSessions);
            setNews("All sessions have ended.");
            close();
            again();
          }}
          onCancel={close}
        />
      ) : null}
    </section>
  );
}
