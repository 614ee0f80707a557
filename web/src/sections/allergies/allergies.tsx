import { EntryRow } from "../../components/EntryRow";
import { labels, line } from "../../components/values";
import { formatDate } from "../../ui/dates";
import { joined } from "../../ui/direction";
import type { Tone } from "../../ui/Tag";
import { coded } from "../../ui/words";
import { type Allergy, allergyKind, past } from "../grouping/allergies";
import { section } from "../section";

function status(a: Allergy): { text: string; tone: Tone } | null {
  if (["refuted", "entered-in-error"].includes(a.verification ?? "")) return { text: coded(a.verification ?? ""), tone: "quiet" };
  if (past(a)) return { text: coded(a.clinicalStatus ?? ""), tone: "quiet" };
  if (a.criticality === "high") return { text: "High risk", tone: "danger" };
  return a.verification && a.verification !== "confirmed" ? { text: coded(a.verification), tone: "neutral" } : null;
}

export const allergies = section({
  name: "allergies",
  title: "Allergies and adverse reactions",
  things: "allergies",
  grouping: {
    kind: allergyKind,
    past: "Resolved, inactive or refuted",
    head: (row) => ({
      main: row.lead.code?.label ?? "Substance not stated",
      under: row.agreed("Reaction"),
      // As grave as anybody says, whoever else says otherwise.
      status: !row.past && row.originals.some((a) => a.criticality === "high") ? { text: "High risk", tone: "danger" } : status(row.lead),
    }),
  },
  row: (a) => (
    <EntryRow
      entry={a}
      main={a.code?.label ?? "Substance not stated"}
      under={(a.reactions ?? []).map((r, i) => (
        <div key={i}>{line(labels(r.manifestations) || r.description, r.severity ? coded(r.severity) : null)}</div>
      ))}
      status={status(a)}
      past={past(a)}
      facts={[
        { label: "Kind", value: a.kind ? coded(a.kind) : null },
        { label: "Category", value: a.categories?.map(coded).join(", ") },
        { label: "Criticality", value: a.criticality ? coded(a.criticality) : null },
        { label: "Verification", value: a.verification ? coded(a.verification) : null },
        { label: "Clinical status", value: a.clinicalStatus ? coded(a.clinicalStatus) : null },
        { label: "Reaction in words", value: joined(a.reactions?.map((r) => r.description) ?? [], "; ") },
        { label: "Last occurrence", value: a.lastOccurrence ? formatDate(a.lastOccurrence) : null },
        { label: "Ended", value: a.ended ? formatDate(a.ended) : null },
      ]}
      codes={{ Reaction: a.reactions?.flatMap((r) => r.manifestations ?? []) }}
    />
  ),
});
