import { extractTime } from "../../../components/EntryRow";
import { formatDate } from "../../../ui/dates";
import { SourceBadge } from "../../../ui/SourceBadge";
import { Tag } from "../../../ui/Tag";
import { coded } from "../../../ui/words";
import { categoryOf, type Entry, formatOf, fromOf, titleOf } from "./filter";

interface DocumentListProps {
  readonly entries: readonly Entry[];
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
}

/** What there is, newest first; each with whose it is, and whether it opens. */
export function DocumentList({ entries, open, onOpen }: DocumentListProps) {
  return (
    <ul className="pw-docs" aria-label="Documents">
      {entries.map((e, i) => (
        <li key={`${e.id ?? ""}#${i}`} className="pw-docs__item" data-open={e.id === open || undefined}>
          <button
            type="button"
            className="pw-docs__title"
            data-document={e.id ?? ""}
            aria-current={e.id !== null && e.id === open ? "true" : undefined}
            disabled={!e.id}
            onClick={() => {
              if (e.id) onOpen(e.id);
            }}
          >
            <bdi>{titleOf(e)}</bdi>
          </button>
          <div className="pw-docs__line">
            <span>{e.date ? formatDate(e.date) : "No date"}</span>
            <span>{categoryOf(e)}</span>
            {e.content && !e.content.opens ? <Tag tone="quiet">Does not open here</Tag> : null}
            {e.content ? null : <Tag tone="info">Content withheld</Tag>}
            {e.status && e.status !== "current" ? <Tag tone="quiet">{coded(e.status)}</Tag> : null}
            {(e.labels ?? []).map((l) => (
              <Tag key={l.code} tone="info">
                {l.code === "R" ? "Restricted" : coded(l.display ?? l.code ?? "Labelled")}
              </Tag>
            ))}
          </div>
          <div className="pw-docs__line pw-docs__from">
            {[...new Set(fromOf(e))].map((f) => (
              <span key={f}>{f}</span>
            ))}
            <span>{formatOf(e.contentType)}</span>
          </div>
          <SourceBadge name={e.provenance?.source?.name ?? "Source withheld"} careSetting={e.provenance?.source?.careSetting} asOf={extractTime(e.provenance)} />
        </li>
      ))}
    </ul>
  );
}
