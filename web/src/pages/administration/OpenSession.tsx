import { useId, useState } from "react";
import { ask } from "../../api";
import { EndSessionDocument, type OpenSessionFactsFragment } from "../../api/generated/graphql";
import { formatInstant } from "../../ui/dates";
import { Facts } from "../../ui/Facts";
import { Tag } from "../../ui/Tag";
import { coded } from "../../ui/words";
import { useFocusAfter } from "../useFocusAfter";
import { ReasonForm } from "./ReasonForm";
import { organisationWords, placeWords } from "./words";

interface OpenSessionProps {
  readonly session: OpenSessionFactsFragment;
  /** Of its heading. */
  readonly level: 3 | 5;
  readonly onEnded: (news: string) => void;
}

/** One open session: whose, where, since when; it can be ended, but for the reader's own. */
export function OpenSession({ session, level, onEnded }: OpenSessionProps) {
  const id = useId();
  const focusAfter = useFocusAfter();
  const [ending, setEnding] = useState(false);
  const Heading = `h${level}` as const;
  const name = session.name ?? "Somebody";
  const since = session.created ? `, since ${formatInstant(session.created)}` : "";
  return (
    <li className="pw-admin__item" data-session={session.id} aria-labelledby={id}>
      <Heading className="pw-review__title" id={id} tabIndex={-1}>
        {level === 3 ? name : placeWords(session)} {session.locked ? <Tag tone="quiet">Locked</Tag> : null} {session.current ? <Tag tone="info">This session</Tag> : null}
      </Heading>
      <Facts
        facts={[
          { label: "Acts as", value: [session.role ? coded(session.role) : "No role yet", organisationWords(session.organisation)].filter(Boolean).join(", ") },
          { label: "Where", value: level === 3 ? placeWords(session) : null },
          { label: "Signed in by", value: session.login },
          { label: "Since", value: session.created ? formatInstant(session.created) : null },
          { label: "Last used", value: session.lastSeen ? formatInstant(session.lastSeen) : null },
        ]}
      />
      {session.current ? null : ending ? (
        <ReasonForm
          title={`End the session of ${name}`}
          lead="They are signed out there at the next request, and may sign in again"
          change={async (reason) => {
            const was = await ask(EndSessionDocument, { id: session.id, reason }, (data) => data.endSession);
            setEnding(false);
            onEnded(was ? `The session of ${name} has ended.` : `The session of ${name} had ended already.`);
          }}
          onCancel={() => {
            setEnding(false);
            focusAfter(id);
          }}
        />
      ) : (
        <div className="pw-buttons">
          <button
            type="button"
            className="pw-more"
            onClick={() => {
              setEnding(true);
            }}
          >
            End
            <span className="nhsuk-u-visually-hidden">
              {" "}
              the session of {name}
              {since}
            </span>
          </button>
        </div>
      )}
    </li>
  );
}
