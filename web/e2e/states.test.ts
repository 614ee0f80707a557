import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, picture, visit } from "./browser";

/* Every component in every state (src/states), checked by axe as it looks in each scheme. */

const root = new URL("../", import.meta.url).pathname;
const types: Readonly<Record<string, string>> = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
// As strict as the viewer's own (web/embed.go), so that a component cannot need more.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

let server: Server;
let browser: Browser;
let url = "";

beforeAll(async () => {
  await promisify(execFile)("npx", ["vite", "build", "--config", "vite.states.config.ts", "--logLevel", "error"], { cwd: root });
  server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://states").pathname;
    readFile(`${root}states${/^\/assets\/[\w.-]+$/.test(path) ? path : "/states.html"}`).then(
      (body) => {
        response.writeHead(200, { "Content-Type": types[path.split(".").pop() ?? ""] ?? types.html, "Content-Security-Policy": policy }).end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

const schemes = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  "forced colours": { colorScheme: "light", forcedColors: "active" },
} as const;

const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe.each(Object.keys(schemes) as (keyof typeof schemes)[])("%s", (scheme) => {
  test("no state has a violation, or is wider than a phone", async () => {
    const { page, context, trouble } = await visit(browser, { url, systems: [], users: [], patients: [] });
    await page.emulateMedia(schemes[scheme]);
    await page.goto("/");
    await page.locator("section[data-component]").first().waitFor();
    await page.evaluate(() => {
      for (const details of document.querySelectorAll<HTMLDetailsElement>("main details")) details.open = true;
    });
    await accessible(page);
    await picture(page, `states-${scheme}`);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await wide(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1360, height: 900 });
    const alone = await page.locator("section[data-alone] a").evaluateAll((links) => links.map((a) => [a.getAttribute("href") ?? "", a.textContent]));
    expect(alone.length).toBeGreaterThan(10);
    for (const [href = "", name = ""] of alone) {
      await page.goto(`/${href}`);
      await page.locator("main h1").first().waitFor();
      await accessible(page);
      await picture(page, `states-${scheme}-${name}`);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await wide(page), name).toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 1360, height: 900 });
    }
    expect(trouble).toEqual([]);
    await context.close();
  });
});
