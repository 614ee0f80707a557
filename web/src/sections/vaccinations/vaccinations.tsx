import { EntryRow } from "../../components/EntryRow";
import { label, line } from "../../components/values";
import { vaccinationKind } from "../grouping/vaccinations";
import { section } from "../section";

export const vaccinations = section({
  name: "vaccinations",
  title: "Vaccinations",
  things: "vaccinations",
  show: 6,
  brief: 4,
  grouping: {
    kind: vaccinationKind,
    head: (row) => ({
      main: row.lead.code?.label ?? "Vaccine not stated",
      under: line(row.agreed("Against"), row.agreed("Dose") ? `dose ${row.agreed("Dose")}` : null),
      status: row.originals.some((v) => v.status === "not-done") ? { text: row.conflict === null ? "Not given" : "Disputed", tone: "warning" } : null,
    }),
  },
  row: (v) => (
    <EntryRow
      entry={v}
      main={v.code?.label ?? "Vaccine not stated"}
      under={line(label(v.disease), v.dose ? `dose ${v.dose}` : null)}
      status={v.status === "not-done" ? { text: "Not given", tone: "warning" } : null}
      facts={[
        { label: "Batch", value: v.batch },
        { label: "Dose", value: v.dose },
      ]}
      codes={{ Against: v.disease, Site: v.site, Route: v.route, Reason: v.reason }}
    />
  ),
});
