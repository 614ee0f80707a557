import type { ProposalFactsFragment } from "../../api/generated/graphql";
import { Icon } from "../../ui/Icon";
import { compared } from "./compare";

/** The proposed record beside what the systems that know the person say. */
export function Comparison({ proposal }: { readonly proposal: ProposalFactsFragment }) {
  const { candidate, known } = proposal;
  if (candidate === null || candidate === undefined) return null;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard (WCAG 2.1.1)
    <div className="pw-compare__scroll" tabIndex={0} role="group" aria-label="The records side by side">
      <table className="pw-compare">
        <thead>
          <tr>
            <th scope="col">
              <span className="nhsuk-u-visually-hidden">What</span>
            </th>
            <th scope="col">
              {candidate.source.name ?? candidate.source.id}: <strong>whose is it?</strong>
            </th>
            {known.map((k, i) => (
              <th scope="col" key={`${k.source.id ?? ""}#${i}`}>
                {k.source.name ?? k.source.id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {compared([candidate, ...known]).map((row) => (
            <tr key={row.label} data-differs={row.differs}>
              <th scope="row">
                {row.differs ? (
                  <>
                    <Icon name="warning" /> <span className="nhsuk-u-visually-hidden">Differs: </span>
                  </>
                ) : null}
                {row.label}
              </th>
              {row.cells.map((cell, i) => (
                <td key={`${row.label}#${i}`}>{cell || <span className="pw-compare__quiet">Not stated</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
