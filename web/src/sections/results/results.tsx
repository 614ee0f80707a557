import { EntryRow } from "../../components/EntryRow";
import { Measurements } from "../../components/Measurements";
import { label, line, statusTag } from "../../components/values";
import { formatDate } from "../../ui/dates";
import { section } from "../section";

export const results = section({
  name: "results",
  title: "Investigation results",
  things: "results",
  show: 6,
  brief: 4,
  row: (r) => (
    <EntryRow
      entry={r}
      main={r.code?.label ?? "Report"}
      under={
        <>
          {line(label(r.category), label(r.specimen))}
          <Measurements of={r.measurements ?? []} caption={`Measurements of ${r.code?.label ?? "the report"}`} />
          {r.conclusion ? <div className="pw-note">{r.conclusion}</div> : null}
        </>
      }
      status={statusTag(r.status, ["final"])}
      facts={[{ label: "Released", value: r.issued ? formatDate(r.issued) : null }]}
      codes={{ Category: r.category, Specimen: r.specimen, ...Object.fromEntries((r.measurements ?? []).map((m, i) => [`Test ${i + 1}`, m.code])) }}
    />
  ),
});
