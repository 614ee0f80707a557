import { useId, useState } from "react";
import { type Column, sectionNames } from "../../../api";
import type { ListColumnShow } from "../../../api/generated/graphql";
import { sectionTitle } from "../../../sections";
import { ErrorSummary, type Wrong, wrongAt } from "../../../ui/ErrorSummary";
import { Expander } from "../../../ui/Expander";
import { SelectField } from "../../../ui/SelectField";
import { TextField } from "../../../ui/TextField";
import { characters } from "../../../ui/words";
import { byCode, codesOf, fieldOf, mostColumns, places, same } from "./columns";

interface ColumnFormProps {
  readonly columns: readonly Column[];
  readonly full: boolean;
  readonly onAdd: (column: Column) => void;
}

const shows: readonly { readonly code: ListColumnShow; readonly words: string }[] = [
  { code: "COUNT", words: "How many entries" },
  { code: "LATEST", words: "The latest entry" },
  { code: "NEXT", words: "The next to come" },
];

const sections = sectionNames.map((code) => ({ code, words: sectionTitle(code) }));
const empty: Column = { section: "alerts", show: "COUNT", code: null, title: null };

/** What is wrong with a column; nothing if it can be added. */
export function wrongColumn(id: string, column: Column, columns: readonly Column[]): Wrong[] {
  const code = `${id}-code`;
  if (columns.length >= mostColumns) return [{ text: `A list has ${mostColumns} columns at most` }];
  if (columns.some((c) => same(c, column))) return [{ text: "This column is there already" }];
  if (column.code && !/^\S+$/.test(column.code)) return [{ text: "A code has no blanks", field: code }];
  if (column.code && byCode(column.section) && !codesOf(column.section, columns).includes(column.code) && codesOf(column.section, columns).length >= places) {
    return [{ text: `At most ${places} different codes of ${sectionTitle(column.section).toLowerCase()} can be shown`, field: code }];
  }
  if (characters(column.title ?? "") > 60) return [{ text: "The title of a column has 60 characters at most", field: `${id}-title` }];
  return fieldOf(column, [...columns, column]) === null ? [{ text: "This cannot be shown" }] : [];
}

/** A column of any section. */
export function ColumnForm({ columns, full, onAdd }: ColumnFormProps) {
  const id = useId();
  const [column, setColumn] = useState(empty);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const choices = shows.filter((s) => s.code !== "NEXT" || column.section === "appointments");
  const set = (change: Partial<Column>) => {
    setColumn((was) => {
      const next = { ...was, ...change };
      return { ...next, show: next.show === "NEXT" && next.section !== "appointments" ? "COUNT" : next.show, code: byCode(next.section) ? (next.code ?? null) : null };
    });
  };
  const add = () => {
    const made: Column = { ...column, code: column.code?.trim() ? column.code.trim() : null, title: column.title?.trim() ? column.title.trim() : null };
    const found = wrongColumn(id, made, columns);
    setWrong(found);
    if (found.length > 0) return;
    onAdd(made);
    setColumn({ ...empty, section: made.section });
  };
  return (
    <Expander summary="Add another column">
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <ErrorSummary wrong={wrong} level={3} />
        <SelectField
          id={`${id}-section`}
          label="Of which section"
          choices={sections}
          value={column.section}
          onChange={(event) => {
            set({ section: event.target.value });
          }}
        />
        <SelectField
          id={`${id}-show`}
          label="What of it"
          choices={choices}
          value={column.show}
          onChange={(event) => {
            const chosen = shows.find((s) => s.code === event.target.value);
            if (chosen) set({ show: chosen.code });
          }}
        />
        {byCode(column.section) ? (
          <TextField
            id={`${id}-code`}
            label="Only with this code (optional)"
            hint="For example 1104051000000101, the SNOMED CT code of the NEWS2 score"
            spellCheck={false}
            width={20}
            value={column.code ?? ""}
            error={wrongAt(wrong, `${id}-code`)}
            onChange={(event) => {
              set({ code: event.target.value });
            }}
          />
        ) : null}
        <TextField
          id={`${id}-title`}
          label="What to call it (optional)"
          width={20}
          value={column.title ?? ""}
          error={wrongAt(wrong, `${id}-title`)}
          onChange={(event) => {
            set({ title: event.target.value });
          }}
        />
        <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="submit" aria-disabled={full}>
          Add this column
        </button>
      </form>
    </Expander>
  );
}
