import { EntryRow } from "../../components/EntryRow";
import { labels, line } from "../../components/values";
import type { AllergiesCardFragment } from "../../api/generated/graphql";
import { formatDate } from "../../ui/dates";
import { joined } from "../../ui/direction";
import type { Tone } from "../../ui/Tag";
import { coded } from "../../ui/words";
import { section } from "../section";

type Allergy = NonNullable<AllergiesCardFragment["entries"]>[number];

/** Refuted, entered in error, resolved or inactive: must never look active. */
function past(a: Allergy): boolean {
  return ["refuted", "entered-in-error"].includes(a.verification ?? "") || ["resolved", "inactive"].includes(a.clinicalStatus ?? "");
}

function status(a: Allergy): { text: string; tone: Tone } | null {
  if (["refuted", "entered-in-error"].includes(a.verification ?? "")) return { text: coded(a.verification ?? ""), tone: "quiet" };
  if (past(a)) return { text: coded(a.clinicalStatus ?? ""), tone: "quiet" };
  if (a.criticality === "high") return { text: "High risk", tone: "danger" };
  return a.verification && a.verification !== "confirmed" ? { text: coded(a.verification), tone: "neutral" } : null;
}

const gravity = (a: Allergy) => ["high", "unable-to-assess", null, undefined, "low"].indexOf(a.criticality);

export const allergies = section({
  name: "allergies",
  title: "Allergies and adverse reactions",
  things: "allergies",
  groups: (entries) => [
    { heading: "", entries: entries.filter((a) => !past(a)).sort((a, b) => gravity(a) - gravity(b)) },
    { heading: "Resolved, inactive or refuted", entries: entries.filter(past) },
  ],
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
