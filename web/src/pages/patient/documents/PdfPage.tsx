import type { PDFDocumentProxy } from "pdfjs-dist";
import { useEffect, useRef, useState } from "react";
import { drawPage } from "./pdf";

interface PdfPageProps {
  readonly file: PDFDocumentProxy;
  readonly number: number;
  /** How wide it stands, in CSS pixels. */
  readonly width: number;
}

/** One page. Until it comes near it is only as tall as a page is. */
export function PdfPage({ file, number, width }: PdfPageProps) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(number === 1);
  const [failed, setFailed] = useState(false);
  const drawing = useRef<{ readonly done: Promise<void>; readonly stop: () => void } | null>(null);
  useEffect(() => {
    const to = place.current;
    if (!to || near) return;
    const come = new IntersectionObserver(
      (seen) => {
        if (seen.some((s) => s.isIntersecting)) setNear(true);
      },
      { rootMargin: "800px" },
    );
    come.observe(to);
    return () => {
      come.disconnect();
    };
  }, [near]);
  useEffect(() => {
    const to = place.current;
    if (!to) return;
    const begin = () => {
      drawing.current ??= drawPage(file, number, to, width);
      drawing.current.done.catch(() => {
        setFailed(true);
      });
      return drawing.current.done;
    };
    if (near) void begin().catch(() => undefined);
    const printing = (event: Event) => {
      if (event instanceof CustomEvent && Array.isArray(event.detail)) event.detail.push(begin());
    };
    document.addEventListener("pw-print", printing);
    return () => {
      document.removeEventListener("pw-print", printing);
      drawing.current?.stop();
      drawing.current = null;
      to.replaceChildren();
    };
  }, [file, number, width, near]);
  return (
    <div className="pw-pdf__sheet" role="group" aria-label={`Page ${number} of ${file.numPages}`}>
      {failed ? <p className="pw-message">This page could not be drawn.</p> : null}
      <div className="pw-pdf__page" ref={place} data-page={number} style={{ width, minHeight: near ? 0 : width * 1.41 }} />
      <p className="pw-pdf__number">{`Page ${number} of ${file.numPages}`}</p>
    </div>
  );
}
