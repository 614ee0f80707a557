import { useCallback, useId, useMemo, useState } from "react";
import { ask } from "../../../api";
import { AddToListDocument, CreateListDocument, ListsDocument } from "../../../api/generated/graphql";
import { Dialog } from "../../../ui/Dialog";
import { ErrorSummary, wrongAt } from "../../../ui/ErrorSummary";
import { SelectField } from "../../../ui/SelectField";
import { TextField } from "../../../ui/TextField";
import { usePaged } from "../../usePaged";
import { asInput, readyMade } from "../columns/columns";
import { wrongWords } from "../dialogs/EditDialog";
import { useDeed } from "../useDeed";
import { additionWords } from "./words";

interface AddToListDialogProps {
  readonly who: () => Promise<string> | string;
  readonly onAdded: (said: string) => void;
  readonly onClose: () => void;
}

const another = "new";

/** Asks to which list; a new one can be made on the way. */
export function AddToListDialog({ who, onAdded, onClose }: AddToListDialogProps) {
  const id = useId();
  const [to, setTo] = useState("");
  const [title, setTitle] = useState("");
  const read = useCallback(async (_: string | null, signal: AbortSignal) => ({ items: await ask(ListsDocument, { archived: false }, (data) => data.lists, signal), next: null }), []);
  const { items, problem } = usePaged(read);
  const { busy, wrong, setWrong, act } = useDeed(id);
  const shown = useMemo(() => [...(problem ? [{ text: problem }] : []), ...wrong], [problem, wrong]);
  const lists = (items ?? []).filter((list) => list.may !== "READ" && !list.roster);

  const add = () => {
    const missing = to === "" ? [{ text: "Choose a list", field: `${id}-to` }] : to === another ? wrongWords(id, title, "") : [];
    setWrong(missing);
    if (missing.length > 0) return;
    void act(async () => {
      const patient = await who();
      const list = to === another ? (await ask(CreateListDocument, { title: title.trim(), columns: asInput(readyMade.map((r) => r.column)) }, (data) => data.createList)).id : to;
      // If adding fails now, the new list is there, and is not made once more.
      setTo(list);
      const addition = await ask(AddToListDocument, { id: list, patients: [patient] }, (data) => data.addToList);
      onAdded(`${addition.list?.title ?? "The list"}: ${additionWords(addition)}`);
    });
  };

  return (
    <Dialog title="Add to a list" lead={<p>Whoever has the list sees that this person is on it.</p>} onClose={onClose}>
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <ErrorSummary wrong={shown} level={3} />
        <SelectField
          id={`${id}-to`}
          label="List"
          nothing={items === null && !problem ? "Reading your lists" : "Choose one"}
          error={wrongAt(wrong, `${id}-to`)}
          choices={[...lists.map((list) => ({ code: list.id, words: list.title })), { code: another, words: "A new list" }]}
          value={to}
          onChange={(event) => {
            setTo(event.target.value);
          }}
        />
        {to === another ? (
          <TextField
            id={`${id}-title`}
            label="Title of the new list"
            hint="Without the name or number of any person"
            value={title}
            error={wrongAt(wrong, `${id}-title`)}
            onChange={(event) => {
              setTitle(event.target.value);
            }}
          />
        ) : null}
        <div className="pw-buttons">
          <button className="nhsuk-button" type="submit" aria-disabled={busy}>
            {busy ? "Adding" : "Add"}
          </button>
          <button className="nhsuk-button nhsuk-button--secondary" type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
