import * as vega from "vega";
import type { Part } from "./check";
import type { Datum } from "./data";
import { type Drawn, drawn } from "./drawing";

/* Draws charts beside the page, so that one which takes too long can be ended. */

export interface Order {
  readonly id: number;
  readonly spec: Part;
  readonly rows: readonly Datum[];
}

export type Answer = { readonly id: number; readonly drawn: Drawn } | { readonly id: number; readonly problem: string };

// Without a page Vega only guesses how wide words are.
const pen = new OffscreenCanvas(1, 1).getContext("2d");
interface Words {
  readonly font?: string;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly limit?: number;
}
// Its types leave this out.
const { textMetrics } = vega as unknown as { textMetrics: { width: (item: Words, text: unknown) => number } };
if (pen) {
  textMetrics.width = (item, text) => {
    pen.font = `${item.fontWeight ?? "normal"} ${item.fontSize ?? 11}px ${item.font ?? "sans-serif"}`;
    // What is cut is as wide as it is shown.
    const { width } = pen.measureText(String(text));
    return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width;
  };
}

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  const answer = (a: Answer) => {
    postMessage(a);
  };
  drawn(data.spec, data.rows).then(
    (done) => {
      answer({ id: data.id, drawn: done });
    },
    (error: unknown) => {
      answer({ id: data.id, problem: error instanceof Error ? error.message : "" });
    },
  );
});
postMessage("ready");
