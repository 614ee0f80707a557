import { EntryRow } from "../../components/EntryRow";
import { label } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import { coded } from "../../ui/words";
import { currentAndPast, section } from "../section";

const over = ["inactive", "rejected", "entered-in-error"];

export const consents = section({
  name: "consents",
  title: "Consent and information sharing",
  things: "consents",
  groups: currentAndPast((c) => over.includes(c.status ?? ""), "No longer holds"),
  row: (c) => (
    <EntryRow
      entry={c}
      main={c.code?.label ?? (label(c.scope) || "Consent")}
      under={c.code?.label ? label(c.scope) : ""}
      status={c.decision ? { text: coded(c.decision), tone: c.decision === "deny" ? "warning" : "neutral" } : null}
      past={over.includes(c.status ?? "")}
      facts={[
        { label: "Status", value: c.status ? coded(c.status) : null },
        { label: "Holds", value: formatPeriod(c.period?.start, c.period?.end) },
      ]}
      codes={{ About: c.scope }}
    />
  ),
});
