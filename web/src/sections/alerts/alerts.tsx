import { EntryRow } from "../../components/EntryRow";
import { label } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import { coded } from "../../ui/words";
import { alertsInOrder, past, when } from "../grouping/alerts";
import { currentAndPast, section } from "../section";

export const alerts = section({
  name: "alerts",
  title: "Alerts",
  things: "alerts",
  groups: (entries) => currentAndPast(past, "Not active")(alertsInOrder(entries)),
  row: (a) => (
    <EntryRow
      entry={a}
      main={a.code?.label ?? "Alert without a text"}
      under={
        <>
          {label(a.category)}
          {a.note && a.note !== a.code?.label ? <div className="pw-note">{a.note}</div> : null}
        </>
      }
      date={when(a)}
      status={a.status === "active" ? { text: "Active", tone: "warning" } : a.status ? { text: coded(a.status), tone: "quiet" } : null}
      past={past(a)}
      facts={[{ label: "Holds", value: formatPeriod(a.period?.start, a.period?.end) }]}
      codes={{ Category: a.category }}
    />
  ),
});
