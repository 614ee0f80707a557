import { formatDate } from "../../../ui/dates";
import { Icon } from "../../../ui/Icon";
import { formatNHSNumber } from "../../../ui/nhsNumber";
import { stop } from "../../../ui/words";
import { problemWords, type Understood } from "./words";

/** Whom the pasted numbers lead to, and what could not be understood. */
export function Preview({ understood }: { readonly understood: Understood }) {
  return (
    <ul className="pw-list__understood">
      {understood.numbers.map((n) => (
        <li key={n.nhsNumber} data-found={n.patient ? true : false}>
          <Icon name={n.patient ? "tick" : "warning"} />
          <span>
            <span className="pw-list__label">NHS No.</span> {formatNHSNumber(n.nhsNumber)}:{" "}
            {n.patient ? (
              <>
                <strong>{n.patient.person?.name?.text ?? "Name not known"}</strong>, born {n.patient.birthDate ? formatDate(n.patient.birthDate) : "Not known"}
                {n.patient.nhsNumber && n.patient.nhsNumber !== n.nhsNumber ? `, now NHS No. ${formatNHSNumber(n.patient.nhsNumber)}` : ""}
              </>
            ) : (
              `${problemWords(n.problem)}.`
            )}
          </span>
        </li>
      ))}
      {understood.problems.map((p, i) => (
        <li key={`line ${p.line} ${i}`} data-found={false}>
          <Icon name="cross" />
          <span>
            Line {p.line}: {stop(p.reason)}
          </span>
        </li>
      ))}
    </ul>
  );
}
