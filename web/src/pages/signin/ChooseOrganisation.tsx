import { type ReactNode, useDeferredValue, useId, useMemo, useState } from "react";
import { type Login, ownAccounts } from "../../api";
import { startAt } from "../../paths";
import { LiveRegion } from "../../ui/LiveRegion";
import { count } from "../../ui/words";
import { usePage } from "../usePage";
import { type Match, matching } from "./matching";
import { NotRemember } from "./NotRemember";

interface ChooseOrganisationProps {
  readonly logins: readonly Login[];
  /** Where to come back to from the organisation's own page. */
  readonly back: string;
  /** Why the page is shown. */
  readonly reason: ReactNode;
  /** One where the password is typed here has been chosen. */
  readonly onChosen: (login: Login) => void;
}

/** More than these are not read through: one types on. */
const most = 20;

/** A plain list of links and buttons that grows shorter as one types; every reader and keyboard knows how. */
export function ChooseOrganisation({ logins, back, reason, onChosen }: ChooseOrganisationProps) {
  const id = useId();
  const heading = usePage<HTMLHeadingElement>("Sign in");
  const [typed, setTyped] = useState("");
  const organisations = useMemo(() => logins.filter((l) => l.id !== ownAccounts.id), [logins]);
  const found = useMemo(() => matching(organisations, typed), [organisations, typed]);
  const said = useDeferredValue(countWords(found.length, organisations.length));
  const own = logins.find((l) => l.id === ownAccounts.id);
  const choice = (match: Match) => <Choice key={match.login.id} match={match} back={back} onChosen={onChosen} />;
  return (
    <div className="pw-narrow">
      <h1 ref={heading} tabIndex={-1}>
        Sign in
      </h1>
      {reason}
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor={id}>
          Which organisation do you work for?
        </label>
        <div className="nhsuk-hint" id={`${id}-hint`}>
          Type its name, its ODS code or your work e-mail address. What you type is not sent.
        </div>
        <input
          className="nhsuk-input"
          id={id}
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby={`${id}-hint ${id}-count`}
          aria-controls={`${id}-list`}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
      </div>
      <p className="pw-small" id={`${id}-count`}>
        {said}
      </p>
      <LiveRegion text={typed === "" ? "" : said} />
      <ul className="pw-logins" id={`${id}-list`} aria-label="Organisations">
        {found.slice(0, most).map(choice)}
      </ul>
      {own ? (
        <>
          <h2 className="pw-logins__other">Not in the list?</h2>
          <ul className="pw-logins" aria-label="Another way in">
            {choice({ login: own, shown: ["For people whose organisation does not sign them in itself"] })}
          </ul>
        </>
      ) : null}
      <NotRemember />
    </div>
  );
}

function Choice({ match: { login, shown }, back, onChosen }: { readonly match: Match; readonly back: string; readonly onChosen: (login: Login) => void }) {
  const words = (
    <>
      <span className="pw-logins__name">{login.name}</span>
      {shown.length > 0 ? <span className="pw-logins__of"> {shown.join(", ")}</span> : null}
    </>
  );
  return (
    <li>
      {login.way === "redirect" ? (
        <a className="pw-logins__choice" href={startAt(login.id, back)}>
          {words}
        </a>
      ) : (
        <button
          className="pw-logins__choice"
          type="button"
          onClick={() => {
            onChosen(login);
          }}
        >
          {words}
        </button>
      )}
    </li>
  );
}

function countWords(found: number, all: number): string {
  if (found === 0) return "No organisation fits. Check the spelling, or type less.";
  if (found > most) return `The first ${most} of ${count(found, "organisation")}. Type more to find yours.`;
  return found === all ? `${count(all, "organisation")}.` : `${found} of ${count(all, "organisation")}.`;
}
