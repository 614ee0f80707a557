import type { Row } from "../../../api";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { age, formatDate, today } from "../../../ui/dates";
import { formatNHSNumber } from "../../../ui/nhsNumber";
import { Tag } from "../../../ui/Tag";

/** Who it is: the name leads to the record. What is not known is said. */
export function PersonCell({ row, index }: { readonly row: Row; readonly index: number }) {
  const { patient } = row;
  const born = patient.person?.birthDate ?? patient.birthDate ?? "";
  const years = born && !patient.person?.deceased ? age(born, today()) : "";
  return (
    <th scope="row">
      <div className="pw-list__person">
        <span className="pw-list__place" aria-hidden="true">
          {index}
        </span>
        <div>
          <Link to={paths.patient(patient.id)} className="pw-list__name" id={`person-${patient.id}`}>
            {nameOf(row)}
          </Link>{" "}
          {row.new ? <Tag tone="info">New</Tag> : null} {patient.person?.deceased ? <Tag tone="neutral">Deceased</Tag> : null}
          <div className="pw-list__who">
            <span>
              <span className="pw-list__label">Born</span> {born ? `${formatDate(born)}${years ? ` (${years})` : ""}` : "Not known"}
            </span>{" "}
            <span>
              <span className="pw-list__label">NHS No.</span> {patient.nhsNumber ? formatNHSNumber(patient.nhsNumber) : "Not known"}
            </span>
          </div>
        </div>
      </div>
    </th>
  );
}

/** FAMILY, Given; a name that is still awaited is not an unknown one. */
export function nameOf({ patient }: Pick<Row, "patient">): string {
  const name = patient.person?.name?.text;
  if (name) return name;
  return patient.registrations.some((r) => r.state === "PENDING") ? "Waiting for the name" : "Name not known";
}
