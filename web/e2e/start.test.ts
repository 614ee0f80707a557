import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, visit } from "./browser";
import { readRegion, type Region } from "./region";

/* A page always comes, whatever comes first: its scripts and answers, or the rest of its document. */

let region: Region;
let browser: Browser;
let between: Server;
let address = "";

/** Long enough for everything else to be there before the second half of the document. */
const held = 700;

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
  // A slow line before the server: documents come in two halves, everything else at once.
  between = createServer((asked, answer) => {
    const onward = request(new URL(asked.url ?? "/", region.url), { method: asked.method, headers: { ...asked.headers, host: new URL(region.url).host, "accept-encoding": "identity" } }, (got) => {
      const document = (got.headers["content-type"] ?? "").startsWith("text/html");
      answer.writeHead(got.statusCode ?? 502, got.headers);
      if (!document) {
        got.pipe(answer);
        return;
      }
      got.setEncoding("utf8");
      let text = "";
      got.on("data", (part: string) => (text += part));
      got.on("end", () => {
        const body = text.indexOf("<body>");
        answer.write(text.slice(0, body));
        setTimeout(() => answer.end(text.slice(body)), held);
      });
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${String((between.address() as AddressInfo).port)}`;
});

afterAll(async () => {
  await browser.close();
  between.close();
});

test("comes when every script and answer is there before its document is", async () => {
  const { page, context, trouble } = await visit(browser, { ...region, url: address });
  for (const path of ["/sign-in", "/sources", "/launch"]) {
    await page.goto(path);
    await page.locator("#root h1").first().waitFor({ timeout: 5000 });
  }
  expect(trouble).toEqual([]);
  await context.close();
});
