import type { BrowserContext, Page, Request } from "playwright-core";
import { afterEach } from "vitest";

/* When a walk fails, its report says where every page stood: what it showed, what it still asked and what had gone wrong.
   The people are the synthetic region's. */

const contexts = new Set<BrowserContext>();
const notes = new WeakMap<Page, { asking: Map<Request, number>; wrong: string[] }>();

/** Remembers a context's pages for the report of a walk that fails. */
export function watched(context: BrowserContext): BrowserContext {
  contexts.add(context);
  context.on("close", () => contexts.delete(context));
  context.on("page", (page) => {
    const note = { asking: new Map<Request, number>(), wrong: [] as string[] };
    notes.set(page, note);
    page.on("request", (request) => {
      note.asking.set(request, Date.now());
    });
    page.on("requestfinished", (request) => note.asking.delete(request));
    page.on("requestfailed", (request) => {
      note.asking.delete(request);
      note.wrong.push(`${path(request.url())}: ${request.failure()?.errorText ?? "failed"}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) note.wrong.push(`${path(response.url())}: ${String(response.status())}`);
    });
    page.on("pageerror", (error) => {
      note.wrong.push(error.message);
    });
  });
  return context;
}

const path = (url: string): string => url.replace(/[?#].*$/, "");

async function standing(page: Page): Promise<string> {
  const text = await Promise.race([
    page.evaluate(() => `${document.readyState}: ${document.body.innerText.replace(/\s+/g, " ").slice(0, 2000)}`),
    new Promise<string>((resolve) => setTimeout(resolve, 2000, "the page does not answer")),
  ]).catch((error: unknown) => String(error));
  const note = notes.get(page);
  const asking = [...(note?.asking ?? [])].map(([request, since]) => `${request.method()} ${path(request.url())} for ${String(Date.now() - since)} ms`);
  return [path(page.url()), text, `asking: ${asking.join(", ")}`, `wrong: ${(note?.wrong ?? []).slice(-10).join(", ")}`].join("\n    ");
}

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const context of contexts) {
    for (const page of context.pages()) process.stderr.write(`  ${task.name}: ${await standing(page)}\n`);
  }
});
