import { lazy, type ReactNode, Suspense, useId, useState } from "react";
import type { Content } from "../../../api";
import { formatDate } from "../../../ui/dates";
import { Facts } from "../../../ui/Facts";
import { LiveRegion } from "../../../ui/LiveRegion";
import { Message } from "../../../ui/Message";
import { stop } from "../../../ui/words";
import { useArrivalFocus } from "../../../ui/useArrivalFocus";
import { download } from "./download";
import { categoryOf, type Entry, fileName, formatOf, fromOf, sizeOf, titleOf } from "./filter";
import { Letter } from "./Letter";
import { Picture } from "./Picture";
import { PlainText } from "./PlainText";
import { useDocument } from "./useDocument";

// What reads PDF weighs more than the rest of the viewer: it comes with the first PDF.
const PdfPages = lazy(() => import("./PdfPages"));

interface OpenedDocumentProps {
  readonly patient: string;
  readonly entry: Entry;
  readonly onClose: () => void;
}

/** One document: what is said of it, and itself. */
export function OpenedDocument({ patient, entry, onClose }: OpenedDocumentProps) {
  const heading = useId();
  const arrival = useArrivalFocus<HTMLHeadingElement>();
  const title = titleOf(entry);
  const opens = entry.content?.opens === true;
  const { opening, cancel, again } = useDocument(patient, entry.id ?? "", opens);
  const [zoom, setZoom] = useState(1);
  const content = opening.phase === "open" ? opening.content : null;
  const sized = content !== null && (content.type === "application/pdf" || content.type.startsWith("image/"));
  return (
    <section className="pw-opened" aria-labelledby={heading} aria-busy={opens && opening.phase === "opening"} data-phase={opens ? opening.phase : "closed"}>
      <div className="pw-opened__head">
        <h3 id={heading} ref={arrival} tabIndex={-1}>
          <bdi>{title}</bdi>
        </h3>
        <div className="pw-opened__tools">
          <button type="button" className="pw-more pw-opened__back" onClick={onClose}>
            Close<span className="nhsuk-u-visually-hidden"> this document and go back to the list</span>
          </button>
          {content ? (
            <button
              type="button"
              className="pw-more"
              onClick={() => {
                download(content, fileName(title, content.type));
              }}
            >
              Download
            </button>
          ) : null}
          {content && shows(content) ? (
            <button type="button" className="pw-more" onClick={print}>
              Print
            </button>
          ) : null}
          {sized ? (
            <>
              <button
                type="button"
                className="pw-more"
                disabled={zoom <= 0.5}
                onClick={() => {
                  setZoom(zoom - 0.25);
                }}
              >
                Smaller
              </button>
              <button
                type="button"
                className="pw-more"
                disabled={zoom >= 3}
                onClick={() => {
                  setZoom(zoom + 0.25);
                }}
              >
                Larger
              </button>
            </>
          ) : null}
        </div>
      </div>
      <Facts
        facts={[
          { label: "Date", value: entry.date ? formatDate(entry.date) : "No date" },
          { label: "Category", value: categoryOf(entry) },
          { label: "From", value: [...new Set(fromOf(entry))].join(", ") },
          { label: "Format", value: [formatOf(entry.contentType), sizeOf(entry.size)].filter(Boolean).join(", ") },
          { label: "Kept in", value: entry.provenance?.source?.name ?? "Source withheld" },
        ]}
      />
      <LiveRegion text={spoken(opens, opening.phase)} />
      {opens ? (
        opening.phase === "opening" ? (
          <div className="pw-opened__wait">
            <Message tone="waiting">{`Opening${progressWords(opening.received, opening.of)}. ${entry.provenance?.source?.name ?? "The system that keeps it"} is asked for it now.`}</Message>
            {opening.of ? <progress max={opening.of} value={opening.received} aria-label="How much has come" /> : null}
            <button type="button" className="pw-more" onClick={cancel}>
              Cancel
            </button>
          </div>
        ) : opening.phase === "stopped" ? (
          <Again words="You stopped it. Nothing is shown." label="Open it" onAgain={again} />
        ) : opening.phase === "failed" ? (
          <Again words={`${stop(opening.error.message)} This says nothing about what stands in the document.`} label="Try again" reference={opening.error.requestId} onAgain={again} />
        ) : (
          <Shown content={opening.content} title={title} zoom={zoom} />
        )
      ) : (
        <Closed entry={entry} />
      )}
    </section>
  );
}

function progressWords(received: number, of: number | null): string {
  if (received === 0) return "";
  return of === null ? `: ${sizeOf(received)} so far` : `: ${sizeOf(received)} of ${sizeOf(of)}`;
}

function spoken(opens: boolean, phase: "opening" | "stopped" | "failed" | "open"): string {
  if (!opens) return "This document does not open here";
  return { opening: "Opening the document", stopped: "Stopped", failed: "The document could not be opened", open: "The document is open" }[phase];
}

/** Why there is nothing to open: each cause a sentence of its own. */
function Closed({ entry }: { readonly entry: Entry }) {
  if (!entry.content) return <Message tone="withheld">Withheld from you. You may see that there is this document, and not what stands in it.</Message>;
  return <Message tone="missing">{`It does not open here. ${stop(entry.content.reason ?? "Its system does not hand it out")} Ask ${entry.custodian?.name ?? "the organisation that keeps it"} for it.`}</Message>;
}

function Again({ words, label, reference, onAgain }: { readonly words: string; readonly label: string; readonly reference?: string; readonly onAgain: () => void }) {
  return (
    <div role="alert">
      <Message tone="missing">
        {words}
        {reference ? <span className="pw-opened__reference"> Reference {reference}</span> : null}
      </Message>
      <button type="button" className="pw-again" onClick={onAgain}>
        {label}
      </button>
    </div>
  );
}

function shows(content: Content): boolean {
  return content.type !== "image/tiff" && content.type !== "application/rtf";
}

/** The document itself, each kind by what can bear it. */
function Shown({ content, title, zoom }: { readonly content: Content; readonly title: string; readonly zoom: number }): ReactNode {
  switch (content.type) {
    case "application/pdf":
      return (
        <Suspense fallback={<Message tone="waiting">Opening</Message>}>
          <PdfPages bytes={content.bytes} zoom={zoom} />
        </Suspense>
      );
    case "image/png":
    case "image/jpeg":
    case "image/gif":
    case "image/webp":
      return <Picture content={content} title={title} zoom={zoom} />;
    case "text/plain":
      return <PlainText bytes={content.bytes} title={title} />;
    case "text/html":
      return <Letter bytes={content.bytes} title={title} />;
  }
  return <Message tone="plain">Browsers do not show documents of this format. Download it to open it with another program.</Message>;
}

/** Prints what is open; pages that were not drawn yet are drawn first. */
function print(): void {
  const ready: Promise<void>[] = [];
  document.dispatchEvent(new CustomEvent("pw-print", { detail: ready }));
  void Promise.allSettled(ready).then(() => {
    window.print();
  });
}
