import type { Part } from "./check";
import type { Datum } from "./data";
import type { Answer, Order } from "./drawer.worker";
import type { Drawn } from "./drawing";

/** How long a drawing may take, in milliseconds, before it is ended. */
const longest = 5000;

interface Drawer {
  readonly worker: Worker;
  readonly ready: Promise<void>;
}

let drawer: Drawer | null = null;
let last = 0;

function begun(): Drawer {
  if (drawer !== null) return drawer;
  const worker = new Worker(new URL("./drawer.worker.ts", import.meta.url), { type: "module" });
  const ready = new Promise<void>((resolve, reject) => {
    worker.addEventListener("message", () => { resolve(); }, { once: true });
    worker.addEventListener("error", () => { reject(new Error("The drawing of charts could not be loaded")); }, { once: true });
  });
  ready.catch(end);
  drawer = { worker, ready };
  return drawer;
}

function end(): void {
  drawer?.worker.terminate();
  drawer = null;
}

/** Draws beside the page. Rejects with a sentence if it cannot be drawn, or takes too long. */
export async function draw(spec: Part, rows: readonly Datum[], signal: AbortSignal): Promise<Drawn> {
  const { worker, ready } = begun();
  await ready;
  signal.throwIfAborted();
  const order: Order = { id: ++last, spec, rows };
  return new Promise((resolve, reject) => {
    const over = () => {
      clearTimeout(timer);
      worker.removeEventListener("message", heard);
      signal.removeEventListener("abort", aborted);
    };
    const timer = setTimeout(() => {
      over();
      end();
      reject(new Error("It takes too long to draw"));
    }, longest);
    const heard = ({ data }: MessageEvent<Answer>) => {
      if (data.id !== order.id) return;
      over();
      if ("drawn" in data) resolve(data.drawn);
      else reject(new Error(data.problem === "" ? "It cannot be drawn" : `It cannot be drawn: ${data.problem}`));
    };
    const aborted = () => {
      over();
      end(); // what nobody waits for holds up nobody
      reject(new DOMException("superseded", "AbortError"));
    };
    worker.addEventListener("message", heard);
    signal.addEventListener("abort", aborted, { once: true });
    worker.postMessage(order);
  });
}
