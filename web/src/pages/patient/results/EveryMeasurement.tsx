import { Fragment, useMemo, useState } from "react";
import { EntryRow, extractTime } from "../../../components/EntryRow";
import { Measurements } from "../../../components/Measurements";
import { found, usual } from "../../../components/values";
import { SourceBadge } from "../../../ui/SourceBadge";
import { count } from "../../../ui/words";
import { labOf } from "./chart";
import type { Reading } from "./readings";
import { type Row, rows } from "./same";
import type { Test } from "./series";
import { Value } from "./Value";
import { When } from "./When";

/** Every measurement of a test as its source reported it, newest first; each opens to its originals. */
export function EveryMeasurement({ test }: { readonly test: Test }) {
  const all = useMemo(() => rows(test.readings), [test]);
  const [opened, setOpened] = useState<ReadonlySet<Row>>(new Set());
  const toggle = (row: Row) => {
    const next = new Set(opened);
    if (!next.delete(row)) next.add(row);
    setOpened(next);
  };
  return (
    <>
      <table className="pw-tests pw-tests--every">
        <caption>
          Every result of {test.name}, as reported{test.names.length > 0 ? ` (also worded ${test.names.join(", ")})` : ""}
        </caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Value</th>
            <th scope="col">Range</th>
            <th scope="col">Laboratory and source</th>
            <th scope="col">Report</th>
            <th scope="col">Original</th>
          </tr>
        </thead>
        <tbody>
          {all.map((row) => (
            <Fragment key={row.shown.key}>
              <MeasurementRow
                row={row}
                open={opened.has(row)}
                onToggle={() => {
                  toggle(row);
                }}
              />
              {opened.has(row) ? (
                <tr className="pw-tests__originals">
                  <td colSpan={6}>
                    <ul className="pw-rows">
                      {row.originals.map((r) => (
                        <Original key={r.key} of={r} />
                      ))}
                    </ul>
                  </td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </>
  );
}

function MeasurementRow({ row, open, onToggle }: { readonly row: Row; readonly open: boolean; readonly onToggle: () => void }) {
  const reading = row.shown;
  const source = reading.entry.provenance?.source;
  const words = row.originals.length > 1 ? count(row.originals.length, "original") : "Original";
  return (
    <tr>
      <th scope="row" className="pw-tests__when">
        <When date={reading.date} />
      </th>
      <td className="pw-tests__value">
        <Value of={reading} />
      </td>
      <td className="pw-tests__range">{usual(reading.original.ranges)}</td>
      <td className="pw-tests__source">
        {labOf(reading) === source?.name ? null : <span className="pw-tests__lab">{labOf(reading)}</span>}
        <SourceBadge name={source?.name ?? "Source withheld"} careSetting={source?.careSetting} asOf={extractTime(reading.entry.provenance)} />
      </td>
      <td className="pw-tests__report">{reading.from === "report" ? (reading.entry.code?.label ?? "Report") : reading.whole}</td>
      <td className="pw-tests__more">
        <button type="button" className="pw-more" aria-expanded={open} onClick={onToggle}>
          {words}
          <span className="nhsuk-u-visually-hidden"> of {found(reading.original.value, reading.original.absent)}</span>
        </button>
      </td>
    </tr>
  );
}

/** The statement it stands in, whole: the report with all its measurements and its conclusion. */
function Original({ of }: { readonly of: Reading }) {
  const { entry } = of;
  const measurements = "measurements" in entry ? (entry.measurements ?? []) : "components" in entry ? (entry.components ?? []) : [];
  const name = entry.code?.label ?? of.original.code?.label ?? "Result";
  return (
    <EntryRow
      entry={entry}
      main={name}
      under={
        <>
          <Measurements of={measurements.length > 0 ? measurements : [of.original]} caption={`Measurements of ${name}`} />
          {"conclusion" in entry && entry.conclusion ? <div className="pw-note">{entry.conclusion}</div> : null}
        </>
      }
      codes={{ Test: of.original.code, Value: of.original.value?.concept, Flag: of.original.interpretation, Specimen: of.specimen, Category: entry.category }}
    />
  );
}
