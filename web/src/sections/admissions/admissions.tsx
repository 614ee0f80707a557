import { EntryRow } from "../../components/EntryRow";
import { label, line } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import { coded } from "../../ui/words";
import { section } from "../section";

export const admissions = section({
  name: "admissions",
  title: "Admission details",
  things: "admissions",
  show: 6,
  brief: 4,
  row: (a) => (
    <EntryRow
      entry={a}
      main={label(a.reason) || label(a.code) || "Admission"}
      under={line(a.ward, label(a.specialty), a.consultant?.name)}
      date={a.date ?? a.period?.start ?? null}
      status={a.status === "in-progress" ? { text: "In hospital now", tone: "info" } : a.status && a.status !== "finished" ? { text: coded(a.status), tone: "neutral" } : null}
      facts={[
        { label: "Stay", value: formatPeriod(a.period?.start, a.period?.end) },
        { label: "Consultant", value: line(a.consultant?.name, a.consultant?.role) },
      ]}
      codes={{ "Came from": a.source, Reason: a.reason, Specialty: a.specialty }}
    />
  ),
});
