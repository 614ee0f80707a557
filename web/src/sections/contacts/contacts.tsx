import { EntryRow } from "../../components/EntryRow";
import { label, line, statusTag } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import { section } from "../section";

export const contacts = section({
  name: "contacts",
  title: "Contacts with professionals",
  things: "contacts",
  show: 6,
  brief: 4,
  row: (c) => (
    <EntryRow
      entry={c}
      main={c.code?.label ?? c.class?.display ?? c.class?.code ?? "Contact"}
      under={line(label(c.reason), label(c.service), c.practitioner?.name, c.location)}
      date={c.date ?? c.period?.start ?? null}
      status={statusTag(c.status, ["finished"])}
      facts={[
        { label: "Time", value: formatPeriod(c.period?.start, c.period?.end) },
        { label: "Setting", value: c.class?.display ?? c.class?.code },
        { label: "With", value: line(c.practitioner?.name, c.practitioner?.role) },
      ]}
      codes={{ Reason: c.reason, Service: c.service }}
    />
  ),
});
