import { EntryRow } from "../../components/EntryRow";
import { label, line, statusTag } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import { section } from "../section";

export const procedures = section({
  name: "procedures",
  title: "Procedures and therapies",
  things: "procedures",
  show: 6,
  brief: 4,
  row: (p) => (
    <EntryRow
      entry={p}
      main={p.code?.label ?? "Procedure not stated"}
      under={line(label(p.bodySite), label(p.outcome), p.location)}
      date={p.date ?? p.performed?.start ?? null}
      status={p.status === "not-done" ? { text: "Not done", tone: "warning" } : statusTag(p.status, ["completed"])}
      facts={[{ label: "Performed", value: formatPeriod(p.performed?.start, p.performed?.end) }]}
      codes={{ "Body site": p.bodySite, Reason: p.reason, Outcome: p.outcome }}
    />
  ),
});
