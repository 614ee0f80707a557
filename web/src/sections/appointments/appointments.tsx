import { EntryRow } from "../../components/EntryRow";
import { label, line, statusTag } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import { coded } from "../../ui/words";
import { currentAndPast, section } from "../section";

const off = ["cancelled", "noshow", "entered-in-error"];

export const appointments = section({
  name: "appointments",
  title: "Future appointments",
  things: "appointments",
  show: 8,
  brief: 4,
  groups: currentAndPast((a) => off.includes(a.status ?? ""), "Cancelled or missed"),
  row: (a) => (
    <EntryRow
      entry={a}
      main={a.code?.label ?? a.service?.label ?? "Appointment"}
      under={line(a.code?.label && a.code.label !== a.service?.label ? label(a.service) : null, a.practitioner?.name, a.location)}
      date={a.start ?? a.date ?? null}
      status={off.includes(a.status ?? "") ? { text: coded(a.status ?? ""), tone: "quiet" } : statusTag(a.status, ["booked"])}
      past={off.includes(a.status ?? "")}
      facts={[
        { label: "Time", value: formatPeriod(a.start, a.end) },
        { label: "With", value: line(a.practitioner?.name, a.practitioner?.role) },
        { label: "Status", value: a.status ? coded(a.status) : null },
      ]}
      codes={{ Service: a.service, Reason: a.reason }}
    />
  ),
});
