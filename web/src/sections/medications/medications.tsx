import type { MedicationKind } from "../../api/generated/graphql";
import { EntryRow } from "../../components/EntryRow";
import { amount, label, line } from "../../components/values";
import { formatDate, formatPeriod } from "../../ui/dates";
import { coded } from "../../ui/words";
import { medicationKind, past } from "../grouping/medications";
import { section } from "../section";

const kinds: Readonly<Record<MedicationKind, string>> = {
  STATEMENT: "Statement",
  REPEAT: "Repeat",
  ACUTE: "Acute",
  PRESCRIPTION: "Prescription",
  DISPENSE: "Dispensed",
  DEVICE: "Device",
};

export const medications = section({
  name: "medications",
  title: "Medications and medical devices",
  things: "medicines or devices",
  show: 12,
  brief: 6,
  grouping: {
    kind: medicationKind,
    past: "Stopped or completed",
    head: (row) => ({
      main: row.lead.code?.label ?? "Medicine not stated",
      under: row.agreed("Dose"),
      status: row.past ? { text: coded(row.lead.status ?? ""), tone: "quiet" } : null,
    }),
  },
  row: (m) => (
    <EntryRow
      entry={m}
      main={m.code?.label ?? "Medicine not stated"}
      under={
        <>
          {line(m.dosage, amount(m.quantity))}
          {past(m) && (m.period?.end ?? m.statusReason) ? (
            <div>{line(m.period?.end ? `Stopped ${formatDate(m.period.end)}` : null, label(m.statusReason))}</div>
          ) : null}
        </>
      }
      date={m.date ?? m.period?.start ?? null}
      status={past(m) ? { text: coded(m.status ?? ""), tone: "quiet" } : m.kind ? { text: kinds[m.kind], tone: "neutral" } : null}
      past={past(m)}
      facts={[
        { label: "Kind", value: m.kind ? kinds[m.kind] : null },
        { label: "Status", value: m.status ? coded(m.status) : null },
        { label: "Dose", value: m.dosage },
        { label: "Quantity", value: amount(m.quantity) },
        { label: "Taken", value: formatPeriod(m.period?.start, m.period?.end) },
        { label: "Last issued", value: m.lastIssued ? formatDate(m.lastIssued) : null },
        { label: "For", value: label(m.reason) },
        { label: "Why it is so", value: label(m.statusReason) },
      ]}
      codes={{ Route: m.route, Form: m.form, Reason: m.reason, "Status reason": m.statusReason }}
    />
  ),
});
