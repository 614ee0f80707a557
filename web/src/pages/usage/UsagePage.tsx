import { useCallback, useState } from "react";
import { ApiError, run } from "../../api";
import { UsageDocument, type UsageQuery } from "../../api/generated/graphql";
import { handOver } from "../../ui/handOver";
import { SelectField } from "../../ui/SelectField";
import { count, stop } from "../../ui/words";
import { usePage } from "../usePage";
import { useAsked } from "../views/useAsked";
import { csv, doorWords, organisationWords, type Row, roleWords, seconds, type Wait } from "./words";

const spans = [
  { code: "7", words: "7 days" },
  { code: "28", words: "28 days" },
  { code: "91", words: "13 weeks" },
  { code: "366", words: "A year" },
];

/** How many rows are shown at first; the file has all. */
const shown = 100;

/** How much the record is used, for those who lead it. */
export function UsagePage() {
  const heading = usePage<HTMLHeadingElement>("Usage");
  const [days, setDays] = useState("28");
  const read = useCallback((signal: AbortSignal) => usage(Number(days), signal), [days]);
  const { value, problem } = useAsked(read);
  const rows = value?.usage ?? [];
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Usage
      </h1>
      <p>How much the record is used, by day, organisation, role and the way in. It counts staff, and has nothing of any patient.</p>
      <div className="pw-views__line">
        <SelectField
          label="Of the last"
          choices={spans}
          value={days}
          onChange={(event) => {
            setDays(event.target.value);
          }}
        />
        <button
          type="button"
          className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
          aria-disabled={rows.length === 0}
          onClick={() => {
            if (rows.length > 0) handOver(new Blob([csv(rows)], { type: "text/csv;charset=utf-8" }), "usage.csv");
          }}
        >
          Download as CSV
        </button>
      </div>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <p role="status">{value === null ? (problem ? "" : "Counting") : rows.length === 0 ? "Nobody has opened a person or searched in this time." : summary(rows)}</p>
      {rows.length > 0 ? <Rows rows={rows} /> : null}
      {value === null ? null : <Waits waits={value.firstPaints ?? []} />}
    </>
  );
}

async function usage(days: number, signal: AbortSignal): Promise<UsageQuery> {
  const { data, problems, requestId } = await run(UsageDocument, { days }, signal);
  if (data?.usage) return data;
  throw new ApiError(problems[0]?.message ?? "Nothing came back", problems[0]?.code ?? "UNREADABLE", requestId);
}

function summary(rows: readonly Row[]): string {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  return `${count(sum((r) => r.opened), "person opened", "people opened")}, ${count(sum((r) => r.searches), "search", "searches")}.`;
}

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard (WCAG 2.1.1)
    <div className="pw-views__scroll" role="region" aria-label="By day, organisation, role and way in" tabIndex={0}>
      <table className="pw-table">
        <caption>{rows.length > shown ? `The latest ${shown} of ${rows.length} rows; the file has all` : "By day, organisation, role and way in"}</caption>
        <thead>
          <tr>
            {["Day", "Organisation", "Role", "Way in", "Users", "People opened", "Searches"].map((title) => (
              <th scope="col" key={title}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((r) => (
            <tr key={`${r.day} ${r.organisation ?? ""} ${r.role} ${r.door}`}>
              <th scope="row">{r.day}</th>
              <td>{organisationWords(r)}</td>
              <td>{roleWords(r.role)}</td>
              <td>{doorWords(r.door)}</td>
              <td>{r.users}</td>
              <td>{r.opened}</td>
              <td>{r.searches}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How long users waited for the first rows of a record, as their browsers measured it. */
function Waits({ waits }: { readonly waits: readonly Wait[] }) {
  return (
    <section aria-labelledby="waits">
      <h2 id="waits">Time to the first rows of a record</h2>
      <p>From choosing a person to seeing something of their record, measured by users&rsquo; own browsers.</p>
      {waits.length === 0 ? (
        <p>Nothing has been measured in this time.</p>
      ) : (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard (WCAG 2.1.1)
        <div className="pw-views__scroll" role="region" aria-label="Time to the first rows" tabIndex={0}>
          <table className="pw-table">
            <caption>At most so long</caption>
            <thead>
              <tr>
                {["Organisation", "Way in", "Records", "Half", "Three quarters", "95 of 100"].map((title) => (
                  <th scope="col" key={title}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {waits.map((w) => (
                <tr key={`${w.organisation ?? ""} ${w.door ?? ""}`}>
                  <th scope="row">{w.door ? (w.organisation ?? "Not known") : "All"}</th>
                  <td>{w.door ? doorWords(w.door) : ""}</td>
                  <td>{w.count}</td>
                  <td>{seconds(w.p50Milliseconds)}</td>
                  <td>{seconds(w.p75Milliseconds)}</td>
                  <td>{seconds(w.p95Milliseconds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
