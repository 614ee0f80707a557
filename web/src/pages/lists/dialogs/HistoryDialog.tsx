import { useCallback } from "react";
import { ask } from "../../../api";
import { ListHistoryDocument } from "../../../api/generated/graphql";
import { formatInstant } from "../../../ui/dates";
import { Dialog } from "../../../ui/Dialog";
import { stop } from "../../../ui/words";
import { usePaged } from "../../usePaged";

/** What has been done to a list, newest first; without anybody's name who is on it. */
export function HistoryDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const read = useCallback(
    async (_: string | null, signal: AbortSignal) => ({ items: await ask(ListHistoryDocument, { id }, (data) => data.list?.history, signal), next: null }),
    [id],
  );
  const { items, problem } = usePaged(read);
  return (
    <Dialog title="History" lead={<p>The last changes of this list, newest first.</p>} onClose={onClose}>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <p role="status">{items === null && !problem ? "Reading what was changed" : ""}</p>
      <ol className="pw-list__history">
        {(items ?? []).map((change) => (
          <li key={change.version}>
            <span className="pw-list__when">{change.at ? formatInstant(change.at) : "Time not known"}</span> <strong>{change.by || "Patchwork"}</strong>: {stop(change.what)}
          </li>
        ))}
      </ol>
      <div className="pw-buttons">
        <button type="button" className="nhsuk-button nhsuk-button--secondary" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
