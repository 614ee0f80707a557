import { Link } from "../../navigation";
import { type PatientPart, patientParts, paths } from "../../paths";
import { sentence } from "../../ui/words";

interface PartNavProps {
  readonly id: string;
  readonly part: PatientPart;
  /** Where the view has no address of its own, opened by an EPR; null where it has. */
  readonly onPart: ((part: PatientPart) => void) | null;
}

/** The parts of one person's record. */
export function PartNav({ id, part, onPart }: PartNavProps) {
  return (
    <nav className="pw-parts" aria-label="Parts of this record">
      <ul>
        {patientParts.map((p) => {
          const current = p === part ? "page" : undefined;
          return (
            <li key={p}>
              {onPart === null ? (
                <Link to={paths.patient(id, p)} aria-current={current}>
                  {sentence(p)}
                </Link>
              ) : (
                <button
                  type="button"
                  aria-current={current}
                  onClick={() => {
                    onPart(p);
                  }}
                >
                  {sentence(p)}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
