import { useId, useState } from "react";
import type { Session } from "../../api";
import { ProofFields } from "../../components/confirm/ProofFields";
import { usePasswordProof } from "../../components/confirm/usePasswordProof";
import { paths, startAt } from "../../paths";
import { inFrame } from "../../smart/frame";
import { ErrorSummary, type Wrong } from "../../ui/ErrorSummary";
import { usePage } from "../usePage";
import { problemWords } from "../signin/problems";

interface LockPageProps {
  readonly session: Session;
  /** Why unlocking at the provider did not work; "" if it was not tried. */
  readonly problem: string;
  /** The server has unlocked the session. */
  readonly onUnlocked: () => Promise<void>;
  readonly onSignOut: () => void;
}

/** Stands in the place of everything while the session is locked: who is signed in, and how they go on. */
export function LockPage({ session, problem, onUnlocked, onSignOut }: LockPageProps) {
  const id = useId();
  const heading = usePage<HTMLHeadingElement>("Locked");
  const proof = usePasswordProof(id);
  const [busy, setBusy] = useState(false);
  const { login } = session;
  const [failed] = useState(() => wrongOf(problem, login.name));

  const unlock = async () => {
    if (busy) return;
    setBusy(true);
    if (await proof.prove()) await onUnlocked();
    setBusy(false);
  };

  return (
    <div className="pw-narrow" data-locked="">
      <ErrorSummary wrong={failed ?? proof.wrong} />
      <h1 ref={heading} tabIndex={-1}>
        Patchwork is locked
      </h1>
      <p className="pw-lead">
        <strong>{session.name}</strong> is signed in{session.organisation.name ? `, ${session.organisation.name}` : ""}.
      </p>
      {login.way === "redirect" ? (
        <p>
          {inFrame() ? (
            <a className="nhsuk-button pw-start" href={startAt(login.id, paths.confirmed, "again")} target="_blank" rel="noopener">
              Unlock with {login.name} in a window
            </a>
          ) : (
            <a className="nhsuk-button pw-start" href={startAt(login.id, window.location.pathname, "again")}>
              Unlock with {login.name}
            </a>
          )}
        </p>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void unlock();
          }}
        >
          <ProofFields id={id} proof={proof} />
          <button className="nhsuk-button" type="submit" aria-disabled={busy}>
            {busy ? "Unlocking" : "Unlock"}
          </button>
        </form>
      )}
      <p className="pw-signin__other">
        <button type="button" className="pw-more" onClick={onSignOut}>
          Sign in as somebody else
        </button>
      </p>
      <p className="pw-small">Signing in as somebody else signs {session.name} out. What is not saved is lost.</p>
    </div>
  );
}

/** Why the organisation's own sign-in did not unlock; null if it was not tried. */
function wrongOf(problem: string, at: string): readonly Wrong[] | null {
  if (problem === "") return null;
  const words = problemWords(problem, at || "your organisation");
  return [{ text: `${words.happened} ${words.next}` }];
}
