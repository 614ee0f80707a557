import { useContext, useId, useState } from "react";
import { ask } from "../../../api";
import type { ViewFacts } from "../../../api/views";
import { RunViewDocument } from "../../../api/generated/graphql";
import { navigate } from "../../../history";
import { paths } from "../../../paths";
import { keepsLists } from "../../../roles";
import { SessionContext } from "../../../session/context";
import { ErrorSummary, wrongAt } from "../../../ui/ErrorSummary";
import { useDeed } from "../../lists/useDeed";
import { bySearch, CohortField } from "../CohortField";
import { SearchFields } from "./SearchFields";
import { nothingTyped, searchOf, type Typed, wrongWith } from "./searched";

/** How long the page waits for a small run, so that its rows are there at once. */
const wait = 2000;

/** Runs a view over a list, or in care over the people whom a search finds. */
export function RunForm({ view }: { readonly view: ViewFacts }) {
  const id = useId();
  const session = useContext(SessionContext);
  const [list, setList] = useState("");
  const [typed, setTyped] = useState<Typed>(nothingTyped);
  const searches = list === bySearch && !view.secondary;
  const { busy, wrong, setWrong, act } = useDeed();
  if (!view.runnable) {
    return (
      <section aria-labelledby={`${id}-title`} className="pw-views__part">
        <h2 id={`${id}-title`}>Run it</h2>
        <p>{view.problems.length > 0 ? "It cannot run as it is." : "You cannot run it: it is not approved, or not any more."}</p>
      </section>
    );
  }
  const begin = () => {
    const missing = list === "" ? [{ text: `Choose a list to run it over${view.secondary ? "" : ", or a search"}`, field: `${id}-list` }] : searches ? wrongWith(typed, id) : [];
    setWrong(missing);
    if (missing.length > 0) return;
    void act(async () => {
      const run = await ask(RunViewDocument, { id: view.id, version: view.version, ...(searches ? { search: searchOf(typed) } : { list }), wait }, (data) => data.runView);
      navigate(paths.viewRun(run.id));
    });
  };
  return (
    <section aria-labelledby={`${id}-title`} className="pw-views__part">
      <h2 id={`${id}-title`}>Run it</h2>
      <form
        className="pw-client__form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <ErrorSummary wrong={wrong} level={3} />
        <CohortField id={`${id}-list`} label="Over the people of" keeps={keepsLists(session?.role ?? "")} search={!view.secondary} error={wrongAt(wrong, `${id}-list`)} value={list} onChange={setList} />
        {searches ? (
          <SearchFields
            id={id}
            typed={typed}
            wrong={wrong}
            onChange={(more) => {
              setTyped((was) => ({ ...was, ...more }));
            }}
          />
        ) : null}
        <button className="nhsuk-button" type="submit" aria-disabled={busy}>
          {busy ? "Running" : "Run"}
        </button>
      </form>
    </section>
  );
}
