import { useEffect, useRef, useState } from "react";
import { type AppGrant, appGrants, endGrant, wasAborted } from "../../api";
import { sentenceOf } from "../../components/problems";
import { formatInstant } from "../../ui/dates";
import { LiveRegion } from "../../ui/LiveRegion";
import { stop } from "../../ui/words";
import { Cell } from "./Cell";

/** What apps have access in the user's name, and the end of it. */
export function AppAccess() {
  const heading = useRef<HTMLHeadingElement>(null);
  const [grants, setGrants] = useState<readonly AppGrant[] | null>(null);
  const [problem, setProblem] = useState("");
  const [news, setNews] = useState("");
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    appGrants(controller.signal).then(
      (found) => {
        if (!controller.signal.aborted) setGrants(found);
      },
      (error: unknown) => {
        if (!wasAborted(error) && !controller.signal.aborted) setProblem(sentenceOf(error));
      },
    );
    return () => {
      controller.abort();
    };
  }, [round]);

  const end = async (grant: AppGrant) => {
    if (busy) return;
    setBusy(true);
    setProblem("");
    try {
      await endGrant(grant.id);
      setNews(`${grant.name} has no access any more`);
      setRound((n) => n + 1);
      heading.current?.focus();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    setBusy(false);
  };

  return (
    <section aria-labelledby="app-access">
      <h2 id="app-access" ref={heading} tabIndex={-1}>
        Apps that read in your name
      </h2>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <LiveRegion text={news} />
      {grants === null ? <p role="status">{problem ? "" : "Reading which apps have access"}</p> : null}
      {grants?.length === 0 ? <p>No app has access in your name.</p> : null}
      {grants?.length ? (
        <table className="pw-table pw-table--stacks">
          <caption className="nhsuk-u-visually-hidden">Apps with access, newest first</caption>
          <thead>
            <tr>
              {["App", "What it may do", "Since", "At most until", "End"].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grants.map((grant) => (
              <tr key={grant.id}>
                <Cell title="App">{grant.name}</Cell>
                <Cell title="What it may do">
                  <ul className="nhsuk-list">
                    {grant.scopes.map((words) => (
                      <li key={words}>{words}</li>
                    ))}
                  </ul>
                </Cell>
                <Cell title="Since">{formatInstant(grant.since)}</Cell>
                <Cell title="At most until">{formatInstant(grant.until)}</Cell>
                <Cell title="End">
                  <button
                    type="button"
                    className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
                    aria-disabled={busy}
                    onClick={() => {
                      void end(grant);
                    }}
                  >
                    End<span className="nhsuk-u-visually-hidden"> the access of {grant.name}</span>
                  </button>
                </Cell>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
