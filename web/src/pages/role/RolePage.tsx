import { useId, useState } from "react";
import { type Position, type Session, takePosition } from "../../api";
import { sentenceOf } from "../../components/problems";
import { ErrorSummary, type Wrong } from "../../ui/ErrorSummary";
import { coded } from "../../ui/words";
import { usePage } from "../usePage";

interface RolePageProps {
  readonly session: Session;
  /** Only those at this organisation, by its ODS code, may be taken; "" for all. */
  readonly at?: string;
  readonly onTaken: (session: Session) => void;
  /** Leads back without a change; null while no role is taken. */
  readonly onCancel: (() => void) | null;
  readonly onSignOut: () => void;
}

/** Somebody with several roles acts in one at a time, and says in which. */
export function RolePage({ session, at = "", onTaken, onCancel, onSignOut }: RolePageProps) {
  const id = useId();
  const heading = usePage<HTMLHeadingElement>("What are you working as?");
  const [chosen, setChosen] = useState(session.position);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);

  const take = async () => {
    if (busy) return;
    if (chosen < 0) {
      setWrong([{ text: "Choose what you are working as", field: `${id}-0` }]);
      return;
    }
    setBusy(true);
    try {
      onTaken(await takePosition(chosen));
    } catch (error) {
      setBusy(false);
      setWrong([{ text: sentenceOf(error) }]);
    }
  };

  return (
    <div className="pw-narrow">
      <ErrorSummary wrong={wrong} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void take();
        }}
      >
        <fieldset className="nhsuk-fieldset" aria-describedby={`${id}-hint`}>
          <legend className="pw-legend">
            <h1 ref={heading} tabIndex={-1}>
              What are you working as?
            </h1>
          </legend>
          <p className="nhsuk-hint" id={`${id}-hint`}>
            {session.name}, you have several roles. What you may see, and what is recorded, goes by the one you choose. You can change it.
          </p>
          <div className="pw-roles">
            {session.positions.map((position, n) => (at !== "" && position.organisation.ods !== at ? null : (
              <div className="pw-tick" key={`${n} ${position.role}`}>
                <input
                  type="radio"
                  name={id}
                  id={`${id}-${n}`}
                  checked={chosen === n}
                  aria-describedby={`${id}-${n}-where`}
                  onChange={() => {
                    setChosen(n);
                  }}
                />
                <label htmlFor={`${id}-${n}`}>{coded(position.role)}</label>
                <p className="pw-small" id={`${id}-${n}-where`}>
                  {whereOf(position)}
                </p>
              </div>
            )))}
          </div>
        </fieldset>
        <div className="pw-buttons">
          <button className="nhsuk-button" type="submit" aria-disabled={busy}>
            {busy ? "Changing" : "Continue"}
          </button>
          {onCancel ? (
            <button className="nhsuk-button nhsuk-button--secondary" type="button" onClick={onCancel}>
              Cancel
            </button>
          ) : (
            <button className="nhsuk-button nhsuk-button--secondary" type="button" onClick={onSignOut}>
              Sign out
            </button>
          )}
        </div>
      </form>
    </div>
  );
}

/** Organisation and care setting, as far as they are known. */
function whereOf({ organisation, careSetting }: Position): string {
  const name = [organisation.name, organisation.ods ? `(${organisation.ods})` : ""].filter(Boolean).join(" ");
  return [name || "Organisation not known", careSetting ? coded(careSetting) : ""].filter(Boolean).join(", ");
}
