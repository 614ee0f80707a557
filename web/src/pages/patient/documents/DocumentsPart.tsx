import { useEffect, useMemo, useRef, useState } from "react";
import { SectionCard } from "../../../components/SectionCard";
import { LiveRegion } from "../../../ui/LiveRegion";
import { Message } from "../../../ui/Message";
import { count } from "../../../ui/words";
import type { PartProps } from "../part";
import { DocumentList } from "./DocumentList";
import { type Entry, filtered, unfiltered } from "./filter";
import { Filters } from "./Filters";
import { OpenedDocument } from "./OpenedDocument";

/** Letters and other documents: what there is, and each opened in its place, from where it is kept. */
export default function DocumentsPart({ id, state, failed, edition }: PartProps) {
  const [filter, setFilter] = useState(unfiltered);
  const [open, setOpen] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const section = state.sections.documents;
  const entries = useMemo<readonly Entry[]>(() => section?.entries ?? [], [section]);
  const found = useMemo(() => filtered(entries, filter, new Date()), [entries, filter]);
  const opened = open === null ? undefined : entries.find((e) => e.id === open);
  const narrowed = filter !== unfiltered && found.shown.length !== entries.length;

  const close = () => {
    const button = place.current?.querySelector<HTMLElement>(`[data-document="${CSS.escape(open ?? "")}"]`);
    setOpen(null);
    // On a narrow screen the list was hidden, and takes no focus before it is shown again.
    requestAnimationFrame(() => button?.focus());
  };
  useEffect(() => {
    setOpen(null);
  }, [id]);

  return (
    <div className="pw-documents" data-opened={opened ? "" : undefined} ref={place}>
      <div className="pw-documents__list">
        <SectionCard name="documents" title="Documents" things="documents" section={section} problem={failed}>
          {entries.length === 0 ? null : (
            <>
              <Filters entries={entries} filter={filter} onFilter={setFilter} />
              {narrowed ? <p className="pw-documents__count">{`${found.shown.length} of ${count(entries.length, "document")} shown`}</p> : null}
              {found.undated > 0 ? <Message tone="plain">{`${count(found.undated, "document")} without a date ${found.undated === 1 ? "is" : "are"} left out: choose all time to see ${found.undated === 1 ? "it" : "them"}.`}</Message> : null}
              <LiveRegion text={narrowed ? `${found.shown.length} of ${count(entries.length, "document")} shown` : ""} />
              <DocumentList entries={found.shown} open={open} onOpen={setOpen} />
            </>
          )}
        </SectionCard>
      </div>
      <div className="pw-documents__place">
        {opened ? (
          <OpenedDocument key={`${opened.id ?? ""} ${edition}`} patient={id} entry={opened} onClose={close} />
        ) : entries.length === 0 ? null : (
          <p className="pw-documents__hint">Choose a document. It is opened here, from the system that keeps it, and nothing of it is stored.</p>
        )}
      </div>
    </div>
  );
}
