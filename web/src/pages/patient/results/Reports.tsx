import { EntryRow, Rows } from "../../../components/EntryRow";
import { Measurements } from "../../../components/Measurements";
import { label, line, statusTag } from "../../../components/values";
import { formatDate } from "../../../ui/dates";
import { Expander } from "../../../ui/Expander";
import { count } from "../../../ui/words";
import type { Report } from "./readings";

/** Reports that tell something in words, newest first: the conclusion stands open, as it is why one looks. */
export function Reports({ title, reports }: { readonly title: string; readonly reports: readonly Report[] }) {
  if (reports.length === 0) return null;
  return (
    <div className="pw-reports">
      <h4 className="pw-group__title">{`Reports (${reports.length})`}</h4>
      <Rows
        things={`reports, ${title.toLowerCase()}`}
        show={5}
        rows={reports.map((r, i) => (
          <ReportRow key={`${r.id ?? ""}#${i}`} of={r} />
        ))}
      />
    </div>
  );
}

function ReportRow({ of }: { readonly of: Report }) {
  const name = of.code?.label ?? "Report";
  const measurements = of.measurements ?? [];
  return (
    <EntryRow
      entry={of}
      main={name}
      under={
        <>
          {of.conclusion ? <div className="pw-note pw-reports__conclusion">{of.conclusion}</div> : "No conclusion was sent."}
          {line(label(of.category), label(of.specimen))}
          {measurements.length > 0 ? (
            <Expander summary={count(measurements.length, "measurement")} about={name}>
              <Measurements of={measurements} caption={`Measurements of ${name}`} />
            </Expander>
          ) : null}
        </>
      }
      status={statusTag(of.status, ["final"])}
      facts={[{ label: "Released", value: of.issued ? formatDate(of.issued) : null }]}
      codes={{ Category: of.category, Specimen: of.specimen }}
    />
  );
}
