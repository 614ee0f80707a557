import { useMemo, useState } from "react";
import type { ViewSection } from "../../../api/views";
import { Expander } from "../../../ui/Expander";
import { TextField } from "../../../ui/TextField";
import { count } from "../../../ui/words";
import { pathInside, pathWords } from "../words";
import { type Act, personSection, type Picked, search } from "./picker";

interface FieldPickerProps {
  readonly id: string;
  readonly sections: readonly ViewSection[];
  readonly columns: readonly Picked[];
  /** Only what names nobody can be picked. */
  readonly secondary: boolean;
  readonly onAdd: (act: Act, words: string) => void;
}

/** More than these would have to be read through: another word finds what is meant. */
const mostFound = 40;

/** Everything that a column can show, by section, and by words. */
export function FieldPicker({ id, sections, columns, secondary, onAdd }: FieldPickerProps) {
  const [text, setText] = useState("");
  const found = useMemo(() => search(sections, text), [sections, text]);
  const item = (section: ViewSection, field: ViewSection["fields"][number]) => (
    <FieldItem
      key={`${section.section} ${field.path}`}
      words={pathWords(field.path)}
      of={section.title}
      about={field.description ?? ""}
      picked={columns.filter((c) => c.section === section.section && c.field === field.path && c.take !== "COUNT").length}
      off={secondary && !field.secondary}
      onAdd={() => {
        onAdd({ do: "add", section: section.section, field: field.path }, `${section.title}, ${pathInside(field.path)}`);
      }}
    />
  );
  return (
    <div className="pw-views__fields">
      <TextField
        id={`${id}-search`}
        label="Find something to show"
        hint="For example: allergy, dose, date of birth"
        value={text}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault(); // it looks by itself, and is not the form's end
        }}
      />
      <p role="status">{text.trim() === "" ? "" : found.length > mostFound ? `${found.length} found; the first ${mostFound} are shown` : `${count(found.length, "field")} found`}</p>
      {text.trim() === "" ? (
        sections.map((section) => (
          <Expander summary={section.title} key={section.section}>
            {() => (
              <ul className="pw-views__choices">
                {section.section === personSection ? null : (
                  <FieldItem
                    words="How many there are"
                    of={section.title}
                    about="A number, and no entry"
                    picked={columns.filter((c) => c.section === section.section && c.take === "COUNT").length}
                    off={false}
                    onAdd={() => {
                      onAdd({ do: "add", section: section.section, field: "" }, `${section.title}, how many there are`);
                    }}
                  />
                )}
                {section.fields.map((field) => item(section, field))}
              </ul>
            )}
          </Expander>
        ))
      ) : (
        <ul className="pw-views__choices">{found.slice(0, mostFound).map((f) => item(f.section, f.field))}</ul>
      )}
    </div>
  );
}

interface FieldItemProps {
  readonly words: string;
  readonly of: string;
  readonly about: string;
  readonly picked: number;
  readonly off: boolean;
  readonly onAdd: () => void;
}

function FieldItem({ words, of, about, picked, off, onAdd }: FieldItemProps) {
  return (
    <li>
      <button
        type="button"
        className="pw-more"
        aria-disabled={off}
        onClick={() => {
          if (!off) onAdd();
        }}
      >
        <span className="nhsuk-u-visually-hidden">Add {of}: </span>
        {words}
      </button>
      <span className="pw-small">
        {picked > 0 ? <strong>Picked. </strong> : null}
        {off ? "Cannot be picked for this purpose: it may identify somebody. " : ""}
        {about}
      </span>
    </li>
  );
}
