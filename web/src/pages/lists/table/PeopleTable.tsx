import type { Column, Row } from "../../../api";
import { columnTitle, fieldOf } from "../columns/columns";
import { ListCell } from "./ListCell";
import { nameOf, PersonCell } from "./PersonCell";
import { RowActions, type Step } from "./RowActions";

interface PeopleTableProps {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  /** How many stand before the first of them. */
  readonly before: number;
  /** Why cells are not being asked for any more. */
  readonly problem: string | null;
  /** Whether the rows can be moved and taken off. */
  readonly arranging: boolean;
  readonly busy: boolean;
  /** Where a row can be put. */
  readonly steps: (index: number) => readonly Step[];
  readonly onMove: (index: number, step: Step) => void;
  readonly onRemove: (index: number) => void;
}

/** The people of a list; on a narrow page the cells of a row stand below each other with their titles. */
export function PeopleTable({ caption, rows, columns, before, problem, arranging, busy, steps, onMove, onRemove }: PeopleTableProps) {
  return (
    <div className="pw-list__scroll">
      <table className="pw-table pw-table--stacks pw-list__table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            {columns.map((column, i) => (
              <th scope="col" key={`${i} ${columnTitle(column)}`}>
                {columnTitle(column)}
              </th>
            ))}
            {arranging ? <th scope="col">Order</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.patient.id} data-person={row.patient.id} data-new={row.new}>
              <PersonCell row={row} index={before + i + 1} />
              {columns.map((column, n) => {
                const field = fieldOf(column, columns);
                return (
                  <ListCell
                    key={`${n} ${columnTitle(column)}`}
                    column={column}
                    title={columnTitle(column)}
                    about={nameOf(row)}
                    cell={field === null ? undefined : row.cells[field]}
                    problem={field === null ? "This page cannot show it" : problem}
                  />
                );
              })}
              {arranging ? (
                <RowActions
                  patient={row.patient.id}
                  about={nameOf(row)}
                  steps={steps(i)}
                  busy={busy}
                  onMove={(step) => {
                    onMove(i, step);
                  }}
                  onRemove={() => {
                    onRemove(i);
                  }}
                />
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
