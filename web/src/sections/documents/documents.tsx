import { EntryRow } from "../../components/EntryRow";
import { label, line } from "../../components/values";
import { coded } from "../../ui/words";
import { currentAndPast, section } from "../section";

const replaced = ["superseded", "entered-in-error"];

/** Bytes as people read them. */
function size(bytes: number | null | undefined): string {
  if (typeof bytes !== "number") return "";
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export const documents = section({
  name: "documents",
  title: "Documents",
  things: "documents",
  show: 8,
  brief: 4,
  groups: currentAndPast((d) => replaced.includes(d.status ?? ""), "Replaced"),
  row: (d) => (
    <EntryRow
      entry={d}
      main={d.title ?? d.code?.label ?? "Untitled document"}
      under={line(d.title ? label(d.code) : null, label(d.service), d.author?.name)}
      status={replaced.includes(d.status ?? "") ? { text: coded(d.status ?? ""), tone: "quiet" } : null}
      past={replaced.includes(d.status ?? "")}
      facts={[
        { label: "Kept by", value: d.custodian?.name },
        { label: "Format", value: line(d.contentType, size(d.size)) },
      ]}
      codes={{ Category: d.category, Service: d.service }}
    />
  ),
});
