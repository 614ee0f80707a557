import { useCallback } from "react";
import { ask } from "../../../api";
import { ViewRunsDocument } from "../../../api/generated/graphql";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { Problem } from "../Problem";
import { useAsked } from "../useAsked";
import { runLine } from "../words";

/** The reader's earlier runs of a view; their rows are kept for a while. */
export function Runs({ view }: { readonly view: string }) {
  const read = useCallback((signal: AbortSignal) => ask(ViewRunsDocument, { view }, (data) => data.viewRuns, signal), [view]);
  const { value, problem } = useAsked(read);
  return (
    <section aria-labelledby="view-runs" className="pw-views__part">
      <h2 id="view-runs">Earlier runs</h2>
      <Problem text={problem} />
      {value === null ? (
        <p role="status">{problem ? "" : "Reading your runs"}</p>
      ) : value.length === 0 ? (
        <p>You have not run it yet.</p>
      ) : (
        <ul className="pw-views__runs">
          {value.map((run) => (
            <li key={run.id}>
              <Link to={paths.viewRun(run.id)}>{runLine(run)}</Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
