import { useCallback, useId, useState } from "react";
import { ask } from "../../../api";
import { ListsDocument } from "../../../api/generated/graphql";
import { ErrorSummary, wrongAt } from "../../../ui/ErrorSummary";
import { SelectField } from "../../../ui/SelectField";
import { stop } from "../../../ui/words";
import { usePaged } from "../../usePaged";
import { useDeed } from "../useDeed";
import { sizeWords } from "../words";

interface CopyFormProps {
  /** The list to which they are added. */
  readonly to: string;
  readonly onAdd: (people: { readonly fromList: string }) => Promise<void>;
}

/** Adds everybody of another list. */
export function CopyForm({ to, onAdd }: CopyFormProps) {
  const id = useId();
  const [from, setFrom] = useState("");
  const read = useCallback(async (_: string | null, signal: AbortSignal) => ({ items: await ask(ListsDocument, { archived: false }, (data) => data.lists, signal), next: null }), []);
  const { items, problem } = usePaged(read);
  const { busy, wrong, setWrong, act } = useDeed(id);
  const others = (items ?? []).filter((list) => list.id !== to && !list.roster);
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>Copy from another list</h2>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setWrong(from === "" ? [{ text: "Choose a list", field: `${id}-from` }] : []);
          if (from !== "") void act(() => onAdd({ fromList: from }));
        }}
      >
        <ErrorSummary wrong={wrong} level={3} />
        <SelectField
          id={`${id}-from`}
          label="List"
          nothing={items === null ? "Reading your lists" : others.length === 0 ? "You have no other list" : "Choose one"}
          error={wrongAt(wrong, `${id}-from`)}
          choices={others.map((list) => ({ code: list.id, words: `${list.title} (${sizeWords(list).toLowerCase()})` }))}
          value={from}
          onChange={(event) => {
            setFrom(event.target.value);
          }}
        />
        <button className="nhsuk-button nhsuk-button--secondary" type="submit" aria-disabled={busy}>
          {busy ? "Adding them" : "Add everybody of it"}
        </button>
      </form>
    </section>
  );
}
