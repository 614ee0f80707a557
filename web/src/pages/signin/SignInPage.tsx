import { type ReactNode, useState } from "react";
import { type Elsewhere, type Login, ownAccounts, type Session } from "../../api";
import { paths, startAt } from "../../paths";
import { wanted } from "../../session/back";
import { stop } from "../../ui/words";
import { usePage } from "../usePage";
import type { Arrival } from "./arrival";
import { ChooseOrganisation } from "./ChooseOrganisation";
import { ChosenLogin } from "./ChosenLogin";
import { ProblemPage } from "./ProblemPage";
import { anotherAccount } from "./problems";
import { Reason } from "./Reason";
import { forget, remembered } from "./remembered";
import { useLogins } from "./useLogins";

interface SignInPageProps {
  /** Why the page is shown, where it is not simply the beginning. */
  readonly reason: string;
  /** Where somebody who has signed out may still be signed in. */
  readonly elsewhere: Elsewhere | null;
  /** What the address said. */
  readonly arrival: Arrival;
  /** Where to come back to from an organisation's own page, where it is not where somebody was going. */
  readonly back?: string;
  readonly onSignedIn: (session: Session) => void;
}

type Refused = Pick<Arrival, "problem" | "request">;

/** The way in: the organisation that is remembered or hinted at, else the choice of one; or why it did not work. */
export function SignInPage({ reason, elsewhere, arrival, back: given, onSignedIn }: SignInPageProps) {
  const { logins, problem, again } = useLogins();
  const [id, setId] = useState(() => arrival.login || remembered());
  const [refused, setRefused] = useState<Refused | null>(arrival.problem === "" || arrival.problem === "left" ? null : arrival);
  const [left] = useState(arrival.problem === "left");
  if (logins === null) return <Waiting reason={<Reason text={reason} elsewhere={elsewhere} />} problem={problem} onAgain={again} />;

  const alone = logins.length === 1 ? logins[0] : undefined;
  const chosen = alone ?? logins.find((l) => l.id === id);
  // Without somewhere to go back to, the page of the role leads on to where a role begins.
  const back = given ?? wanted() ?? paths.role;
  const choose = (login: Login | null) => {
    if (login === null) forget();
    setId(login?.id ?? "");
    setRefused(null);
  };
  if (refused !== null) {
    return (
      <ProblemPage code={refused.problem} request={refused.request} at={nameOf(chosen)} requires={chosen?.requires ?? []}>
        <Again
          login={chosen}
          fresh={anotherAccount(refused.problem)}
          back={back}
          onAgain={() => {
            setRefused(null);
          }}
        />
        {alone === undefined && chosen !== undefined ? (
          <button
            type="button"
            className="nhsuk-button nhsuk-button--secondary"
            onClick={() => {
              choose(null);
            }}
          >
            Use another organisation
          </button>
        ) : null}
      </ProblemPage>
    );
  }
  const why = <Reason text={left ? `You are signed out of Patchwork and of ${nameOf(chosen) || "your organisation"}.` : reason} elsewhere={elsewhere} />;
  if (chosen === undefined) return <ChooseOrganisation logins={logins} back={back} reason={why} onChosen={choose} />;
  return (
    <ChosenLogin
      login={chosen}
      back={back}
      reason={why}
      onOther={
        alone === undefined
          ? () => {
              choose(null);
            }
          : null
      }
      onSignedIn={onSignedIn}
      onRefused={(code, request) => {
        setRefused({ problem: code, request });
      }}
    />
  );
}

/** Tries the same organisation once more, or begins with the choice if it is not known. */
function Again({ login, back, fresh, onAgain }: { readonly login: Login | undefined; readonly back: string; readonly fresh: boolean; readonly onAgain: () => void }) {
  if (login?.way === "redirect") {
    return (
      <a className="nhsuk-button" href={startAt(login.id, back, fresh ? "fresh" : undefined)}>
        Try again
      </a>
    );
  }
  return (
    <button type="button" className="nhsuk-button" onClick={onAgain}>
      Try again
    </button>
  );
}

function Waiting({ reason, problem, onAgain }: { readonly reason: ReactNode; readonly problem: string; readonly onAgain: () => void }) {
  const heading = usePage<HTMLHeadingElement>("Sign in");
  return (
    <div className="pw-narrow">
      <h1 ref={heading} tabIndex={-1}>
        Sign in
      </h1>
      {reason}
      {problem ? (
        <>
          <p className="nhsuk-error-message" role="alert">
            {stop(problem)}
          </p>
          <button type="button" className="nhsuk-button" onClick={onAgain}>
            Try again
          </button>
        </>
      ) : (
        <p role="status">Reading who can sign in here</p>
      )}
    </div>
  );
}

/** As it ends a sentence; Patchwork's own accounts belong to no organisation. */
function nameOf(login: Login | undefined): string {
  return login === undefined ? "" : login.id === ownAccounts.id ? "Patchwork" : login.name;
}
