import { memo, useMemo, useState } from "react";
import { extractTime } from "../../../components/EntryRow";
import { found } from "../../../components/values";
import { formatDay } from "../../../ui/dates";
import { SourceBadge } from "../../../ui/SourceBadge";
import { count } from "../../../ui/words";
import { chartOf, labOf } from "./chart";
import { isWithdrawn } from "./readings";
import { type Row, rows } from "./same";
import type { Test } from "./series";
import { Sparkline } from "./Sparkline";
import type { Units } from "./ucum";
import { Value } from "./Value";
import { When } from "./When";

interface TestTableProps {
  readonly title: string;
  readonly tests: readonly Test[];
  readonly units: Units;
  readonly opened: readonly string[];
  readonly onOpen: (test: Test) => void;
}

/** How many tests stand before asking: more than any laboratory's panel, and quick to draw. */
const first = 60;

/** One row for each test: its newest value, what was before it, and the shape of both. */
export function TestTable({ title, tests, units, opened, onOpen }: TestTableProps) {
  const [all, setAll] = useState(false);
  const folded = tests.length - first;
  return (
    <>
      <table className="pw-tests">
        <caption className="nhsuk-u-visually-hidden">{title}: the newest value of each test</caption>
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col">Newest</th>
            <th scope="col">When</th>
            <th scope="col">Laboratory and source</th>
            <th scope="col">Before</th>
            <th scope="col">Trend</th>
          </tr>
        </thead>
        <tbody>
          {(all ? tests : tests.slice(0, first)).map((test) => (
            <TestRow key={test.key} test={test} units={units} open={opened.includes(test.key)} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
      {folded > 0 ? (
        <button
          type="button"
          className="pw-more"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? "Show fewer tests" : `Show ${count(folded, "more test")}`}
          <span className="nhsuk-u-visually-hidden"> of {title}</span>
        </button>
      ) : null}
    </>
  );
}

interface TestRowProps {
  readonly test: Test;
  readonly units: Units;
  readonly open: boolean;
  readonly onOpen: (test: Test) => void;
}

const TestRow = memo(function TestRow({ test, units, open, onOpen }: TestRowProps) {
  const all = useMemo(() => rows(test.readings), [test]);
  const chart = useMemo(() => chartOf(test, units), [test, units]);
  const newest = newestOf(all);
  if (newest === undefined) return null;
  const reading = newest.shown;
  const before = all.filter((r) => r !== newest && !isWithdrawn(r.shown)).slice(0, 3);
  const source = reading.entry.provenance?.source;
  return (
    <tr aria-current={open ? "true" : undefined}>
      <th scope="row" className="pw-tests__name">
        <button
          type="button"
          className="pw-tests__open"
          onClick={() => {
            onOpen(test);
          }}
        >
          {test.name}
        </button>
        {reading.whole ? <span className="pw-tests__whole"> {reading.whole}</span> : null}
      </th>
      <td className="pw-tests__value">
        <Value of={reading} />
      </td>
      <td className="pw-tests__when">
        <When date={reading.date} />
      </td>
      <td className="pw-tests__source">
        {labOf(reading) === source?.name ? null : <span className="pw-tests__lab">{labOf(reading)}</span>}
        <SourceBadge name={source?.name ?? "Source withheld"} careSetting={source?.careSetting} asOf={extractTime(reading.entry.provenance)} />
        {newest.originals.length > 1 ? <span className="pw-tests__copies">{count(newest.originals.length, "system")} hold it</span> : null}
      </td>
      <td className="pw-tests__before">
        {before.length === 0 ? null : (
          <ul>
            {before.map((r) => (
              <li key={r.shown.key}>
                <span className="pw-tests__was">{found(r.shown.original.value, r.shown.original.absent) || "No value"}</span>{" "}
                <span className="pw-tests__then">{r.shown.date === null ? "no date" : formatDay(r.shown.date)}</span>
              </li>
            ))}
          </ul>
        )}
      </td>
      <td className="pw-tests__trend">
        <Sparkline axis={chart.axes[0]} />
        <span className="pw-tests__count">{count(all.length, "result")}</span>
      </td>
    </tr>
  );
});

/** The newest that stands; one that was withdrawn only where there is no other. */
export function newestOf(all: readonly Row[]): Row | undefined {
  return all.find((r) => !isWithdrawn(r.shown)) ?? all[0];
}
