import type { Column } from "../../../api";
import { columnTitle } from "./columns";

interface ChosenColumnsProps {
  readonly columns: readonly Column[];
  /** `focus` is the id of what the focus goes to; "" if its place has gone. */
  readonly onChange: (columns: readonly Column[], said: string, focus: string) => void;
}

/** The columns in their order. */
export function ChosenColumns({ columns, onChange }: ChosenColumnsProps) {
  if (columns.length === 0) return <p>None yet: the list shows who the people are.</p>;
  const move = (from: number, to: number) => {
    const column = columns[from];
    const rest = columns.filter((_, i) => i !== from);
    if (column === undefined || to < 0 || to >= columns.length) return;
    onChange([...rest.slice(0, to), column, ...rest.slice(to)], `${columnTitle(column)} is number ${to + 1}.`, `column-${to}-${to < from ? "up" : "down"}`);
  };
  return (
    <ol className="pw-list__columns">
      {columns.map((column, i) => (
        <li key={`${column.section} ${column.show} ${column.code ?? ""}`}>
          <span>{columnTitle(column)}</span>
          <span className="pw-buttons">
            <Step
              id={`column-${i}-up`}
              words="Move up"
              title={columnTitle(column)}
              off={i === 0}
              onStep={() => {
                move(i, i - 1);
              }}
            />
            <Step
              id={`column-${i}-down`}
              words="Move down"
              title={columnTitle(column)}
              off={i === columns.length - 1}
              onStep={() => {
                move(i, i + 1);
              }}
            />
            <Step
              id={`column-${i}-remove`}
              words="Remove"
              title={columnTitle(column)}
              off={false}
              onStep={() => {
                onChange(
                  columns.filter((_, n) => n !== i),
                  `${columnTitle(column)} is removed.`,
                  "",
                );
              }}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}

interface StepProps {
  readonly id: string;
  readonly words: string;
  readonly title: string;
  readonly off: boolean;
  readonly onStep: () => void;
}

function Step({ id, words, title, off, onStep }: StepProps) {
  return (
    <button
      id={id}
      type="button"
      className="pw-more"
      aria-disabled={off}
      onClick={() => {
        if (!off) onStep();
      }}
    >
      {words}
      <span className="nhsuk-u-visually-hidden"> {title}</span>
    </button>
  );
}
