import type { ViewSection } from "../../../api/views";
import type { ViewTake } from "../../../api/generated/graphql";
import { SelectField } from "../../../ui/SelectField";
import { TextField } from "../../../ui/TextField";
import { pathInside, takes } from "../words";
import { type Act, allowed, type Picked, wrongName } from "./picker";

interface ChosenColumnsProps {
  readonly id: string;
  readonly sections: readonly ViewSection[];
  readonly columns: readonly Picked[];
  readonly secondary: boolean;
  /** `said` is what changed, in words; `focus` is the id of what the focus goes to. */
  readonly onAct: (act: Act, said: string, focus: string) => void;
}

/** The columns in their order, which can be named, moved and removed, and what each shows of many entries. */
export function ChosenColumns({ id, sections, columns, secondary, onAct }: ChosenColumnsProps) {
  return (
    <div className="pw-views__chosen">
      <h3 id={`${id}-columns`} tabIndex={-1}>
        Columns
      </h3>
      {columns.length === 0 ? <p>None yet. Pick what to show: who it is, and then what of their record.</p> : null}
      <ol>
        {columns.map((column, i) => (
          <Line key={column.key} id={id} column={column} columns={columns} sections={sections} secondary={secondary} first={i === 0} last={i === columns.length - 1} onAct={onAct} />
        ))}
      </ol>
    </div>
  );
}

interface LineProps extends ChosenColumnsProps {
  readonly column: Picked;
  readonly first: boolean;
  readonly last: boolean;
}

function Line({ id, column, columns, sections, secondary, first, last, onAct }: LineProps) {
  const { key, name, section, field, take } = column;
  const of = sections.find((s) => s.section === section)?.title ?? section;
  const may = allowed(sections, secondary, section, take === "COUNT" ? "" : field);
  const wrong = wrongName(column, columns) || undefined;
  const step = (by: 1 | -1, words: string, off: boolean) => (
    <button
      id={`${id}-${by < 0 ? "up" : "down"}-${key}`}
      type="button"
      className="pw-more"
      aria-disabled={off}
      onClick={() => {
        if (!off) onAct({ do: "move", key, by }, `${name} is moved ${by < 0 ? "up" : "down"}.`, `${id}-${by < 0 ? "up" : "down"}-${key}`);
      }}
    >
      {words}
      <span className="nhsuk-u-visually-hidden"> {name}</span>
    </button>
  );
  return (
    <li data-column={name}>
      <p className="pw-views__of">
        <strong>{of}</strong>
        {field === "" || take === "COUNT" ? "" : `: ${pathInside(field)}`}
      </p>
      {may ? null : <p className="nhsuk-error-message">Cannot be shown for this purpose: remove it</p>}
      <div className="pw-views__line">
        <TextField
          id={`${id}-name-${key}`}
          label="Name"
          value={name}
          error={wrong}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            onAct({ do: "name", key, name: event.target.value }, "", "");
          }}
        />
        {take === null ? null : (
          <SelectField
            label="Show"
            choices={takes.filter((t) => t.code === "COUNT" || field !== "")}
            value={take}
            onChange={(event) => {
              const wanted = takes.find((t) => t.code === event.target.value);
              const clash = wanted?.code === "EACH" && columns.some((c) => c.take === "EACH" && c.section !== section);
              if (wanted) onAct({ do: "take", key, take: wanted.code as ViewTake }, clash ? `${of} has the rows now: only one section can have a row for each entry, so the other shows its newest.` : "", "");
            }}
          />
        )}
      </div>
      <div className="pw-buttons">
        {step(-1, "Move up", first)}
        {step(1, "Move down", last)}
        <button
          id={`${id}-remove-${key}`}
          type="button"
          className="pw-more"
          onClick={() => {
            onAct({ do: "remove", key }, `${name} is removed.`, `${id}-columns`);
          }}
        >
          Remove<span className="nhsuk-u-visually-hidden"> {name}</span>
        </button>
      </div>
    </li>
  );
}
