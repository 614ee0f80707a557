import { useId, useState } from "react";
import { ask, type ListFacts } from "../../../api";
import { EditListDocument, ListAsItIsDocument } from "../../../api/generated/graphql";
import { Dialog } from "../../../ui/Dialog";
import { ErrorSummary, wrongAt } from "../../../ui/ErrorSummary";
import { TextArea } from "../../../ui/TextArea";
import { TextField } from "../../../ui/TextField";
import { characters } from "../../../ui/words";
import { useDeed } from "../useDeed";
import { meanwhile, wasChanged } from "../words";

interface EditDialogProps {
  readonly list: ListFacts;
  readonly onChanged: (list: ListFacts, news: string) => void;
  readonly onClose: () => void;
}

/** What is wrong with a title or description; the server has the same limits. */
export function wrongWords(id: string, title: string, description: string): { readonly text: string; readonly field: string }[] {
  return [
    ...(characters(title) === 0 ? [{ text: "Enter a title", field: `${id}-title` }] : []),
    ...(characters(title) > 120 ? [{ text: "A title has 120 characters at most", field: `${id}-title` }] : []),
    ...(characters(description) > 1000 ? [{ text: "A description has 1,000 characters at most", field: `${id}-description` }] : []),
  ];
}

/**
 * Title and description. If somebody else was faster, what they made of it is shown, what
 * was typed stays, and saving again says which of the two shall hold.
 */
export function EditDialog({ list, onChanged, onClose }: EditDialogProps) {
  const id = useId();
  // As it was when the form was opened: later changes must not be saved over unseen.
  const [base, setBase] = useState(list);
  const [title, setTitle] = useState(list.title);
  const [description, setDescription] = useState(list.description ?? "");
  const [conflict, setConflict] = useState(false);
  const { busy, wrong, setWrong, act } = useDeed(id);

  const save = () => {
    const missing = wrongWords(id, title, description);
    setWrong(missing);
    if (missing.length > 0) return;
    void act(
      async () => {
        const change = { ...(title.trim() === base.title ? {} : { title: title.trim() }), ...(description.trim() === (base.description ?? "") ? {} : { description: description.trim() }) };
        if (Object.keys(change).length === 0) {
          onClose();
          return;
        }
        onChanged(await ask(EditListDocument, { id: list.id, version: base.version, ...change }, (data) => data.editList), "The list is changed.");
      },
      async (error) => {
        if (!wasChanged(error)) return false;
        const now = await ask(ListAsItIsDocument, { id: list.id }, (data) => data.list);
        setWrong([{ text: meanwhile(base, now, "words") }]);
        setConflict(true);
        setBase(now);
        return true;
      },
    );
  };

  return (
    <Dialog title="Title and description" lead={<p>Everybody who has the list reads them: never put a name or a number of a person into them.</p>} onClose={onClose}>
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <ErrorSummary wrong={wrong} level={3} />
        <TextField
          id={`${id}-title`}
          label="Title"
          value={title}
          error={wrongAt(wrong, `${id}-title`)}
          onChange={(event) => {
            setTitle(event.target.value);
          }}
        />
        <TextArea
          id={`${id}-description`}
          label="Description (optional)"
          value={description}
          error={wrongAt(wrong, `${id}-description`)}
          onChange={(event) => {
            setDescription(event.target.value);
          }}
        />
        <div className="pw-buttons">
          <button className="nhsuk-button" type="submit" aria-disabled={busy}>
            {conflict ? "Save mine" : "Save"}
          </button>
          {conflict ? (
            <button
              className="nhsuk-button nhsuk-button--secondary"
              type="button"
              onClick={() => {
                setTitle(base.title);
                setDescription(base.description ?? "");
                setWrong([]);
                setConflict(false);
                document.getElementById(`${id}-title`)?.focus();
              }}
            >
              Take theirs
            </button>
          ) : null}
          <button className="nhsuk-button nhsuk-button--secondary" type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
