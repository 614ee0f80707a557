import type { PDFDocumentProxy } from "pdfjs-dist";
import { useEffect, useRef, useState } from "react";
import { Message } from "../../../ui/Message";
import { openPdf } from "./pdf";
import { PdfPage } from "./PdfPage";

interface PdfPagesProps {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly zoom: number;
}

/** The pages of a PDF, each drawn when it comes near, with its words over the drawing. */
export default function PdfPages({ bytes, zoom }: PdfPagesProps) {
  const place = useRef<HTMLDivElement>(null);
  const [file, setFile] = useState<PDFDocumentProxy | null>(null);
  const [width, setWidth] = useState(0);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const task = openPdf(bytes);
    let over = false;
    task.promise.then(
      (opened) => {
        if (!over) setFile(opened);
      },
      (error: unknown) => {
        if (over) return;
        const locked = error instanceof Error && error.name === "PasswordException";
        setProblem(locked ? "It is locked with a password, which is not asked for here. You can download it." : "It is damaged, and cannot be shown. You can download it.");
      },
    );
    return () => {
      over = true;
      void task.destroy();
    };
  }, [bytes]);
  useEffect(() => {
    const to = place.current;
    if (!to) return;
    const measure = () => {
      setWidth(Math.max(200, Math.floor(to.clientWidth)));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(to);
    return () => {
      watch.disconnect();
    };
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- enlarged pages scroll sideways, with the arrow keys too
    <div className="pw-pdf" ref={place} tabIndex={0} role="region" aria-label="Pages of the document">
      {problem ? <Message tone="missing">{problem}</Message> : null}
      {file === null && !problem ? <Message tone="waiting">Opening</Message> : null}
      {file !== null && width > 0
        ? Array.from({ length: file.numPages }, (_, i) => <PdfPage key={i} file={file} number={i + 1} width={width * zoom} />)
        : null}
    </div>
  );
}
