import { useId, useState } from "react";
import type { Approval, AskedScope, Decision } from "../../api";
import { sentenceOf } from "../../components/problems";
import { ErrorSummary, type Wrong } from "../../ui/ErrorSummary";
import { coded } from "../../ui/words";
import { usePage } from "../usePage";

interface ConsentProps {
  readonly approval: Approval;
  /** The person that was chosen, in words; "" where none is needed. */
  readonly patient: string;
  /** Chooses another person; null where none is needed. */
  readonly onOther: (() => void) | null;
  readonly onAnswer: (decision: Decision) => Promise<void>;
}

/** What an app asks for, in words, and whether it gets it. */
export function Consent({ approval: { app, scopes, launch, user }, patient, onOther, onAnswer }: ConsentProps) {
  const id = useId();
  const heading = usePage<HTMLHeadingElement>("Allow an app");
  const [left, setLeft] = useState<readonly string[]>(() => scopes.map((s) => s.scope));
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);
  const optional = app.trusted ? [] : scopes.filter(isOptional);
  const fixed = app.trusted ? [] : scopes.filter((s) => !isOptional(s));

  const answer = async (decision: Decision) => {
    if (busy) return;
    setBusy(true);
    setWrong([]);
    try {
      await onAnswer(decision);
    } catch (error) {
      setWrong([{ text: sentenceOf(error) }]);
    }
    setBusy(false);
  };
  const allow = () => {
    if (optional.length > 0 && !optional.some((s) => left.includes(s.scope))) {
      setWrong([{ text: "Leave at least one of these ticked, or refuse", field: `${id}-0` }]);
      return;
    }
    void answer({ decision: "approve", ...(optional.length > 0 ? { scopes: left } : {}) });
  };

  return (
    <div className="pw-narrow" data-standing="approve">
      <ErrorSummary wrong={wrong} />
      <h1 ref={heading} tabIndex={-1}>
        {app.trusted ? `Go on with ${app.name}` : `Allow ${app.name}?`}
      </h1>
      {user ? (
        <p>
          You are signed in as <strong>{user.name}</strong>
          {user.role ? `, ${coded(user.role)}` : ""}
          {user.organisation ? `, ${user.organisation}` : ""}.{launch?.epr ? ` It was opened from ${launch.epr}.` : ""}
        </p>
      ) : null}
      {patient ? (
        <p>
          For this person: <strong>{patient}</strong>.{" "}
          {onOther ? (
            <button type="button" className="pw-more" onClick={onOther}>
              Choose another person
            </button>
          ) : null}
        </p>
      ) : null}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          allow();
        }}
      >
        {optional.length > 0 ? (
          <fieldset className="nhsuk-fieldset" aria-describedby={`${id}-hint`}>
            <legend className="nhsuk-fieldset__legend">What it may read</legend>
            <p className="nhsuk-hint" id={`${id}-hint`}>
              It never sees more than you may see yourself. Take the tick from what it is not to read.
            </p>
            {optional.map((scope, n) => (
              <div className="pw-tick" key={scope.scope}>
                <input
                  type="checkbox"
                  id={`${id}-${n}`}
                  checked={left.includes(scope.scope)}
                  onChange={(event) => {
                    setLeft((now) => (event.target.checked ? [...now, scope.scope] : now.filter((s) => s !== scope.scope)));
                  }}
                />
                <label htmlFor={`${id}-${n}`}>{wordsOf(scope)}</label>
              </div>
            ))}
          </fieldset>
        ) : null}
        {fixed.length > 0 ? (
          <>
            <h2 className="pw-approve__fixed">It also asks for</h2>
            <ul className="nhsuk-list nhsuk-list--bullet">
              {fixed.map((scope) => (
                <li key={scope.scope}>{wordsOf(scope)}</li>
              ))}
            </ul>
          </>
        ) : null}
        <p className="pw-small">What it reads is recorded as read by you. Signing out of Patchwork ends its access, unless it was allowed to stay.</p>
        <div className="pw-buttons">
          <button className="nhsuk-button" type="submit" aria-disabled={busy}>
            {app.trusted ? "Go on" : "Allow"}
          </button>
          <button
            className="nhsuk-button nhsuk-button--secondary"
            type="button"
            aria-disabled={busy}
            onClick={() => {
              void answer({ decision: "refuse" });
            }}
          >
            {app.trusted ? "Cancel" : "Refuse"}
          </button>
        </div>
      </form>
    </div>
  );
}

/** What may be read can be taken away one by one; the rest is how the app works. */
function isOptional({ scope }: AskedScope): boolean {
  return /^(patient|user)\//.test(scope);
}

function wordsOf({ scope, words }: AskedScope): string {
  return words || scope;
}
