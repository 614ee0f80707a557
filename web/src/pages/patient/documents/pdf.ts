import { getDocument, GlobalWorkerOptions, type PDFDocumentLoadingTask, type PDFDocumentProxy, type RenderTask, TextLayer } from "pdfjs-dist";
import worker from "pdfjs-dist/build/pdf.worker.min.mjs?url";

// The worker is a file of ours, which the content security policy allows as any script.
GlobalWorkerOptions.workerSrc = worker;

/** A canvas beyond this is more than some browsers have memory for. */
const mostPixels = 16_000_000;

/** Reads a PDF. Nothing in it runs or is fetched: no scripts, no forms, no attachments, no fonts or pictures from elsewhere. */
export function openPdf(bytes: Uint8Array): PDFDocumentLoadingTask {
  return getDocument({
    data: bytes.slice(), // the worker takes what it is given
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    useSystemFonts: true,
    disableAutoFetch: true,
    disableStream: true,
    disableRange: true,
    stopAtErrors: false,
    maxImageSize: 64_000_000,
    verbosity: 0,
  });
}

/** Draws one page into a place, as wide as that is to be. */
export function drawPage(file: PDFDocumentProxy, number: number, to: HTMLElement, width: number): { readonly done: Promise<void>; readonly stop: () => void } {
  let over = false;
  let task: RenderTask | null = null;
  let words: TextLayer | null = null;
  const draw = async () => {
    const page = await file.getPage(number);
    if (over) return;
    const plain = page.getViewport({ scale: 1 });
    const scale = width / plain.width;
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement("canvas");
    const dense = Math.min(window.devicePixelRatio || 1, 2, Math.sqrt(mostPixels / (viewport.width * viewport.height)));
    canvas.width = Math.floor(viewport.width * dense);
    canvas.height = Math.floor(viewport.height * dense);
    canvas.setAttribute("aria-hidden", "true");
    const layer = document.createElement("div");
    layer.className = "pw-pdf__words";
    to.style.setProperty("--total-scale-factor", String(scale));
    to.replaceChildren(canvas, layer);
    task = page.render({ canvas, viewport, ...(dense === 1 ? {} : { transform: [dense, 0, 0, dense, 0, 0] }) });
    await task.promise;
    words = new TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport });
    await words.render();
    to.dataset.drawn = "";
  };
  const done = draw().catch((error: unknown) => {
    if (!over) throw error;
  });
  return {
    done,
    stop: () => {
      over = true;
      task?.cancel();
      words?.cancel();
    },
  };
}
