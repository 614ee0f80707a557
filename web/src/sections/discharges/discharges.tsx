import { EntryRow } from "../../components/EntryRow";
import { label, labels, line } from "../../components/values";
import { formatDate } from "../../ui/dates";
import { section } from "../section";

export const discharges = section({
  name: "discharges",
  title: "Discharge details",
  things: "discharges",
  show: 6,
  brief: 4,
  row: (d) => (
    <EntryRow
      entry={d}
      main={labels(d.diagnoses) || label(d.code) || "Discharge"}
      under={line(d.ward, label(d.specialty), d.destination ? `to ${label(d.destination)}` : null)}
      facts={[
        { label: "Admitted", value: d.admitted ? formatDate(d.admitted) : null },
        { label: "Consultant", value: line(d.consultant?.name, d.consultant?.role) },
      ]}
      codes={{ Diagnoses: d.diagnoses, Destination: d.destination, Specialty: d.specialty }}
    />
  ),
});
