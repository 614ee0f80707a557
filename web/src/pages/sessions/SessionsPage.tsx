import { useEffect, useState } from "react";
import { endSessions, type OwnSession, ownSessions, wasAborted } from "../../api";
import { sentenceOf } from "../../components/problems";
import { LiveRegion } from "../../ui/LiveRegion";
import { stop } from "../../ui/words";
import { usePage } from "../usePage";
import { AppAccess } from "./AppAccess";
import { SessionRow } from "./SessionRow";

interface SessionsPageProps {
  /** All sessions have ended, this one too. */
  readonly onEverywhere: () => void;
}

/** Where the user is signed in, so that a computer that was left open can be signed out from here. */
export function SessionsPage({ onEverywhere }: SessionsPageProps) {
  const heading = usePage<HTMLHeadingElement>("Your sessions");
  const [sessions, setSessions] = useState<readonly OwnSession[] | null>(null);
  const [problem, setProblem] = useState("");
  const [news, setNews] = useState("");
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    ownSessions(controller.signal).then(
      (found) => {
        if (!controller.signal.aborted) setSessions(found);
      },
      (error: unknown) => {
        if (!wasAborted(error) && !controller.signal.aborted) setProblem(sentenceOf(error));
      },
    );
    return () => {
      controller.abort();
    };
  }, [round]);

  const end = async (which: { readonly id: string } | { readonly all: true }) => {
    if (busy) return;
    setBusy(true);
    setProblem("");
    try {
      await endSessions(which);
      if ("all" in which) {
        onEverywhere();
        return;
      }
      setNews("That session has ended");
      setRound((n) => n + 1);
      heading.current?.focus();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    setBusy(false);
  };

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Your sessions
      </h1>
      <p className="pw-lead">Where you are signed in. End what you do not know or do not need, and tell your IT service desk if it was not you.</p>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <LiveRegion text={news} />
      {sessions === null ? (
        <p role="status">{problem ? "" : "Reading your sessions"}</p>
      ) : (
        <table className="pw-table pw-table--stacks">
          <caption className="nhsuk-u-visually-hidden">Your sessions, newest first</caption>
          <thead>
            <tr>
              {["Device", "Where", "Since", "Last used", "End"].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                busy={busy}
                onEnd={() => {
                  void end({ id: session.id });
                }}
              />
            ))}
          </tbody>
        </table>
      )}
      <div className="pw-buttons">
        <button
          type="button"
          className="nhsuk-button nhsuk-button--warning"
          aria-disabled={busy}
          onClick={() => {
            void end({ all: true });
          }}
        >
          Sign out everywhere
        </button>
      </div>
      <p className="pw-small">This ends all of them, this one too.</p>
      <AppAccess />
    </>
  );
}
