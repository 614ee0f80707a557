import { EntryRow } from "../../components/EntryRow";
import { label } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import { coded } from "../../ui/words";
import { currentAndPast, section } from "../section";

export const alerts = section({
  name: "alerts",
  title: "Alerts",
  things: "alerts",
  groups: currentAndPast((a) => a.status !== null && a.status !== undefined && a.status !== "active", "Not active"),
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
      date={a.date ?? a.period?.start ?? null}
      status={a.status === "active" ? { text: "Active", tone: "warning" } : a.status ? { text: coded(a.status), tone: "quiet" } : null}
      past={Boolean(a.status) && a.status !== "active"}
      facts={[{ label: "Holds", value: formatPeriod(a.period?.start, a.period?.end) }]}
      codes={{ Category: a.category }}
    />
  ),
});
