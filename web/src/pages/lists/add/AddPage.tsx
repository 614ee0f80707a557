import { useCallback, useState } from "react";
import { ask } from "../../../api";
import { AddToListDocument, type AddToListMutationVariables, ListAsItIsDocument } from "../../../api/generated/graphql";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { stop } from "../../../ui/words";
import { FindForms } from "../../find/FindForms";
import { useFocusAfter } from "../../useFocusAfter";
import { usePage } from "../../usePage";
import { usePaged } from "../../usePaged";
import { CopyForm } from "./CopyForm";
import { PasteForm } from "./PasteForm";
import { additionWords } from "./words";

/** Adds people to one list: found one by one, pasted, or copied from another list. */
export function AddPage({ id }: { readonly id: string }) {
  const read = useCallback(async (_: string | null, signal: AbortSignal) => ({ items: [await ask(ListAsItIsDocument, { id }, (data) => data.list, signal)], next: null }), [id]);
  const { items, problem, replace } = usePaged(read);
  const list = items?.[0];
  const heading = usePage<HTMLHeadingElement>("Add people to a list");
  const [news, setNews] = useState("");
  const focusAfter = useFocusAfter();

  const add = async (people: Omit<AddToListMutationVariables, "id">) => {
    const addition = await ask(AddToListDocument, { id, ...people }, (data) => data.addToList);
    const now = addition.list;
    if (now) replace(() => [now]);
    setNews(additionWords(addition));
    focusAfter("added");
  };

  return (
    <>
      <p className="pw-small">
        <Link to={paths.list(id)}>{list ? list.title : "The list"}</Link>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        Add people{list ? ` to ${list.title}` : ""}
      </h1>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <div id="added" tabIndex={-1} role="status" className="pw-admin__news">
        {news}
      </div>
      {list && (list.may === "READ" || list.roster) ? <p>{list.roster ? "Who is on this list is decided by the system it is read from." : "You may read this list and not change it."}</p> : null}
      {list && list.may !== "READ" && !list.roster ? (
        <>
          <FindForms button="Add to the list" onFound={(patient) => add({ patients: [patient] })} />
          <div className="pw-find pw-list__more">
            <PasteForm onAdd={add} />
            <CopyForm to={id} onAdd={add} />
          </div>
          <p>
            <Link to={paths.list(id)}>Back to the list</Link>
          </p>
        </>
      ) : null}
    </>
  );
}
