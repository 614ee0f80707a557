import { ask } from "../../../api";
import { goesOn, type ViewRunFacts } from "../../../api/views";
import { CancelViewRunDocument } from "../../../api/generated/graphql";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Message } from "../../../ui/Message";
import { count, stop } from "../../../ui/words";
import { useDeed } from "../../lists/useDeed";
import { runWords } from "../words";

/** How far a run is, and how it ended where it did not end well; it can be cancelled while it goes on. */
export function Progress({ run, onCancelled }: { readonly run: ViewRunFacts; readonly onCancelled: (run: ViewRunFacts) => void }) {
  const { busy, wrong, act } = useDeed();
  const cancel = () => {
    void act(async () => {
      onCancelled(await ask(CancelViewRunDocument, { id: run.id }, (data) => data.cancelViewRun));
    });
  };
  return (
    <div className="pw-views__progress" aria-busy={goesOn(run)}>
      <ErrorSummary wrong={wrong} />
      {goesOn(run) ? (
        <>
          <p role="status">{run.state === "QUEUED" ? "The run waits for its turn." : `Running: ${count(run.people, "person", "people")} read so far. You can leave this page; it goes on.`}</p>
          <button type="button" className="pw-more" aria-disabled={busy} onClick={cancel}>
            Cancel the run
          </button>
        </>
      ) : run.state === "DONE" ? null : (
        <Message tone={run.state === "CANCELLED" ? "plain" : "missing"}>{stop(run.problem ?? (run.state === "CANCELLED" ? "You cancelled this run; its rows are gone" : runWords(run)))}</Message>
      )}
    </div>
  );
}
