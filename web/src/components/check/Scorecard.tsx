import type { ReactNode } from "react";
import { lacking, populated, type Score, share } from "./words";

const columns = ["Section", "People", "Entries", "Mandatory items", "Required items", "Coded", "Valid codes", "Valid dates", "Said twice"] as const;

/** How well what the sample people have fits the PRSB Core Information Standard; on a narrow page the cells of a section stand below each other. */
export function Scorecard({ scores }: { readonly scores: readonly Score[] }) {
  return (
    <>
      <table className="pw-table pw-table--stacks pw-score">
        <caption>Against the PRSB Core Information Standard</caption>
        <thead>
          <tr>
            {columns.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scores.map((s) => (
            <ScoreRow score={s} key={s.section} />
          ))}
        </tbody>
      </table>
      <p className="pw-note">Shares are of the entries that the sample people have. The standard wants a section that is marked with * of everybody, the others where there is something to say.</p>
    </>
  );
}

function ScoreRow({ score }: { readonly score: Score }) {
  const lacks = lacking(score);
  return (
    <tr data-section={score.section}>
      <th scope="row">
        {score.title ?? score.section}
        {score.mandatory ? <span aria-label=", wanted of everybody"> *</span> : null}
        {lacks ? <span className="pw-small pw-score__lacks">Not always there: {lacks}</span> : null}
      </th>
      <Cell title={columns[1]}>{score.people}</Cell>
      <Cell title={columns[2]}>{score.entries}</Cell>
      <Cell title={columns[3]}>{populated(score, true)}</Cell>
      <Cell title={columns[4]}>{populated(score, false)}</Cell>
      <Cell title={columns[5]}>{share(score.coded, score.statements)}</Cell>
      <Cell title={columns[6]}>{share(score.validCodes, score.codes)}</Cell>
      <Cell title={columns[7]}>{share(score.validDates, score.dates)}</Cell>
      <Cell title={columns[8]}>{score.duplicates}</Cell>
    </tr>
  );
}

/** One figure, with its title where there are no columns. What has no figure is no zero. */
function Cell({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <td>
      <span className="pw-table__title">{title}</span>
      <span>{children === "" ? <span aria-label="nothing to count">–</span> : children}</span>
    </td>
  );
}
