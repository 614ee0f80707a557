import { useId, useState } from "react";
import { ask, type Column, type ListFacts } from "../../../api";
import { EditListDocument, ListAsItIsDocument } from "../../../api/generated/graphql";
import { Dialog } from "../../../ui/Dialog";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { LiveRegion } from "../../../ui/LiveRegion";
import { useFocusAfter } from "../../useFocusAfter";
import { useDeed } from "../useDeed";
import { meanwhile, wasChanged } from "../words";
import { ChosenColumns } from "./ChosenColumns";
import { ColumnForm } from "./ColumnForm";
import { asInput, columnTitle, mostColumns, readyMade, same } from "./columns";

interface ColumnsDialogProps {
  readonly list: ListFacts;
  readonly onChanged: (list: ListFacts, news: string) => void;
  readonly onClose: () => void;
}

/** Which columns a list has, and in which order. */
export function ColumnsDialog({ list, onChanged, onClose }: ColumnsDialogProps) {
  const id = useId();
  const [base, setBase] = useState(list);
  const [columns, setColumns] = useState<readonly Column[]>(list.columns);
  const [said, setSaid] = useState("");
  const { busy, wrong, setWrong, act } = useDeed();
  const focusAfter = useFocusAfter();
  const full = columns.length >= mostColumns;

  const change = (next: readonly Column[], words: string) => {
    setColumns(next);
    setSaid(words);
  };
  const add = (column: Column) => {
    if (full || columns.some((c) => same(c, column))) return;
    change([...columns, column], `${columnTitle(column)} is added.`);
  };
  const save = () =>
    act(
      async () => {
        onChanged(await ask(EditListDocument, { id: list.id, version: base.version, columns: asInput(columns) }, (data) => data.editList), "The columns are changed.");
      },
      async (error) => {
        if (!wasChanged(error)) return false;
        const now = await ask(ListAsItIsDocument, { id: list.id }, (data) => data.list);
        setWrong([{ text: meanwhile(base, now, "columns") }]);
        setBase(now);
        return true;
      },
    );

  return (
    <Dialog title="Choose columns" lead={<p>What the list shows of each person, to everybody who has it. Each sees what their own role may see.</p>} onClose={onClose}>
      <ErrorSummary wrong={wrong} level={3} />
      <LiveRegion text={said} />
      <h3 id={`${id}-chosen`} tabIndex={-1}>
        Columns
      </h3>
      <ChosenColumns
        columns={columns}
        onChange={(next, words, focus) => {
          change(next, words);
          focusAfter(focus || `${id}-chosen`);
        }}
      />
      <h3>Ready to add</h3>
      <div className="pw-buttons pw-list__ready">
        {readyMade.map(({ words, column }) => {
          const there = columns.some((c) => same(c, column));
          return (
            <button
              key={words}
              type="button"
              className="pw-more"
              aria-disabled={there || full}
              onClick={() => {
                add(column);
              }}
            >
              {there ? `${words}: there already` : `Add ${words}`}
            </button>
          );
        })}
      </div>
      <ColumnForm columns={columns} full={full} onAdd={add} />
      <div className="pw-buttons">
        <button type="button" className="nhsuk-button" aria-disabled={busy} onClick={() => void save()}>
          Save the columns
        </button>
        <button type="button" className="nhsuk-button nhsuk-button--secondary" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
