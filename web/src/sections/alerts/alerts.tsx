import { EntryRow } from "../../components/EntryRow";
import { label } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import type { Tone } from "../../ui/Tag";
import { coded } from "../../ui/words";
import { type Alert, alertKind, past, when } from "../grouping/alerts";
import { section } from "../section";

function status(a: Alert): { text: string; tone: Tone } | null {
  if (a.status === "active") return { text: "Active", tone: "warning" };
  return a.status ? { text: coded(a.status), tone: "quiet" } : null;
}

export const alerts = section({
  name: "alerts",
  title: "Alerts",
  things: "alerts",
  grouping: {
    kind: alertKind,
    past: "Not active",
    head: (row) => ({
      main: row.lead.code?.label ?? "Alert without a text",
      under: (
        <>
          {row.agreed("Category")}
          {row.lead.note && row.lead.note !== row.lead.code?.label ? <div className="pw-note">{row.lead.note}</div> : null}
        </>
      ),
      status: status(row.lead),
    }),
  },
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
      status={status(a)}
      past={past(a)}
      facts={[{ label: "Holds", value: formatPeriod(a.period?.start, a.period?.end) }]}
      codes={{ Category: a.category }}
    />
  ),
});
