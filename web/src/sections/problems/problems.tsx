import { EntryRow } from "../../components/EntryRow";
import { label, line } from "../../components/values";
import { formatDate } from "../../ui/dates";
import type { Tone } from "../../ui/Tag";
import { coded } from "../../ui/words";
import { past, type Problem, problemKind } from "../grouping/problems";
import { section } from "../section";

function status(p: Problem): { text: string; tone: Tone } | null {
  if (["refuted", "entered-in-error"].includes(p.verification ?? "")) return { text: coded(p.verification ?? ""), tone: "quiet" };
  if (past(p)) return { text: coded(p.clinicalStatus ?? ""), tone: "quiet" };
  return p.significance ? { text: coded(p.significance), tone: "neutral" } : null;
}

export const problems = section({
  name: "problems",
  title: "Problem list",
  things: "problems",
  show: 12,
  brief: 6,
  grouping: {
    kind: problemKind,
    past: "Past or refuted",
    head: (row) => ({
      main: row.lead.code?.label ?? "Problem not stated",
      under: line(row.agreed("Body site"), row.agreed("Severity")),
      // The lead is the most significant; who says otherwise is named below.
      status: status(row.lead),
    }),
  },
  row: (p) => (
    <EntryRow
      entry={p}
      main={p.code?.label ?? "Problem not stated"}
      under={line(label(p.bodySite), label(p.severity), p.ended ? `Ended ${formatDate(p.ended)}` : null)}
      status={status(p)}
      past={past(p)}
      facts={[
        { label: "Clinical status", value: p.clinicalStatus ? coded(p.clinicalStatus) : null },
        { label: "Verification", value: p.verification ? coded(p.verification) : null },
        { label: "Significance", value: p.significance ? coded(p.significance) : null },
        { label: "Ended", value: p.ended ? formatDate(p.ended) : null },
      ]}
      codes={{ Severity: p.severity, Category: p.category, "Body site": p.bodySite }}
    />
  ),
});
