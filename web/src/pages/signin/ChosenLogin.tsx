import type { ReactNode } from "react";
import { type Login, ownAccounts, type Session } from "../../api";
import { startAt } from "../../paths";
import { usePage } from "../usePage";
import { NotRemember } from "./NotRemember";
import { PasswordForm } from "./PasswordForm";

interface ChosenLoginProps {
  readonly login: Login;
  /** There are others to choose from. */
  readonly onOther: (() => void) | null;
  readonly back: string;
  /** Why the page is shown. */
  readonly reason: ReactNode;
  readonly onSignedIn: (session: Session) => void;
  readonly onRefused: (code: string, request: string) => void;
}

/** One organisation is known: one button leads there, or the password is typed here. */
export function ChosenLogin({ login, onOther, back, reason, onSignedIn, onRefused }: ChosenLoginProps) {
  const own = login.id === ownAccounts.id;
  const heading = usePage<HTMLHeadingElement>("Sign in");
  const beginning = (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {own || login.way === "redirect" ? "Sign in" : `Sign in with ${login.name}`}
      </h1>
      {own && onOther ? <p className="pw-lead">With a Patchwork account</p> : null}
      {reason}
    </>
  );
  return (
    <div className="pw-narrow">
      {login.way === "redirect" ? (
        <>
          {beginning}
          <a className="nhsuk-button pw-start" href={startAt(login.id, back)}>
            Sign in with {login.name}
          </a>
        </>
      ) : (
        <PasswordForm key={login.id} login={login} onSignedIn={onSignedIn} onRefused={onRefused}>
          {beginning}
        </PasswordForm>
      )}
      {onOther ? (
        <>
          <p className="pw-signin__other">
            <button type="button" className="pw-more" onClick={onOther}>
              Use another organisation
            </button>
          </p>
          <NotRemember />
        </>
      ) : null}
      <p className="pw-small">What you look at is recorded: who, whom, when and why.</p>
    </div>
  );
}
