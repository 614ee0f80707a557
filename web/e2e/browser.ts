import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { watched } from "./failed";
import type { Region, User } from "./region";

/* A real headless Chromium, with axe beside the page and a note of whatever went wrong in it. */

export const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything the page asked of another host than the server, and every script or policy error. */
  readonly trouble: string[];
}

export function pathOfChromium(): string {
  return process.env.CHROMIUM ?? "/usr/bin/chromium";
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: pathOfChromium(), headless: true, args: flags });
}

export async function visit(browser: Browser, region: Region, size = { width: 1360, height: 900 }): Promise<Visitor> {
  const context = watched(await browser.newContext({ viewport: size, baseURL: region.url }));
  context.setDefaultTimeout(20_000);
  await context.addInitScript({ path: axe });
  await context.addInitScript(standStill);
  const page = await context.newPage();
  const trouble: string[] = [];
  const own = new URL(region.url).host;
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.host !== own) trouble.push(`asked ${url.host}`);
  });
  page.on("pageerror", (error) => trouble.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy|Refused to/.test(message.text())) trouble.push(message.text());
  });
  return { page, context, trouble };
}

/** Goes from wherever the sign-in page begins to user name and password: with several organisations the account is chosen first. */
export async function toPassword(page: Page): Promise<void> {
  const username = page.getByLabel("User name");
  const other = page.getByRole("button", { name: "Use another organisation" });
  const own = page.getByRole("button", { name: "Patchwork account" });
  await username.or(own).or(other).first().waitFor();
  if (await username.isVisible()) return;
  if (await other.isVisible()) await other.click();
  await own.click();
  await username.waitFor();
}

/** Signs in and waits for the page where this role begins. */
export async function signIn(page: Page, user: User, begins = "Find a patient"): Promise<void> {
  await page.goto("/");
  await toPassword(page);
  await page.getByLabel("User name").fill(user.username);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: begins, level: 1 }).waitFor();
}

export async function openByNumber(page: Page, nhsNumber: string): Promise<void> {
  await page.getByRole("link", { name: "Find a patient" }).click();
  await page.getByRole("textbox", { name: "NHS number" }).fill(nhsNumber);
  await page.getByRole("button", { name: "Open the record", exact: true }).click();
  await settled(page);
}

/** Waits until nothing is busy: every system has answered or given up. A part without cards has none to wait for. */
export async function settled(page: Page, cards = true): Promise<void> {
  await page.locator("[data-patient]").waitFor();
  await page.waitForFunction((some) => {
    const found = document.querySelectorAll(".pw-card");
    if (document.querySelectorAll('main [aria-busy="true"]').length > 0 || (some && found.length === 0)) return false;
    return found.length > 0 || !/waiting for |asking who this is/i.test(document.querySelector(".pw-banner")?.textContent ?? "waiting for ");
  }, cards);
}

/** Reads the summary anew until this organisation's system, which is slow now, is the only one being waited for: what was read a moment ago is remembered for some seconds. */
export async function waitingFor(page: Page, section: string, organisation: string): Promise<void> {
  const awaits = async () => {
    await page.reload();
    await page.locator("[data-section] .pw-row:visible").first().waitFor();
    const known = await page.waitForFunction(
      ([name, who]) => {
        const card = document.querySelector(`[data-section="${name}"]`);
        if (card === null) return "";
        if (card.textContent.replace(/[\u2066-\u2069]/g, "").includes(`Waiting for ${who}.`)) return "awaited";
        return card.getAttribute("aria-busy") === "true" ? "" : "remembered";
      },
      [section, organisation] as const,
    );
    return known.jsonValue();
  };
  await expect.poll(awaits, { timeout: 50_000, interval: 1000 }).toBe("awaited");
}

interface Standing {
  standsStill: () => Promise<void>;
}

/** In every page: waits until nothing moves any more. Between the change of a card and the next painting the cards below it are not where they will be seen. */
function standStill(): void {
  (window as unknown as Standing).standsStill = () =>
    new Promise((resolve) => {
      const places = () => JSON.stringify([...document.querySelectorAll("main .pw-card, main .pw-row, main table, main form")].map((e) => Object.values(e.getBoundingClientRect().toJSON() as Record<string, number>)));
      let before = "";
      let same = 0;
      let frames = 0;
      const look = () => {
        const now = places();
        same = now === before ? same + 1 : 0;
        before = now;
        if (same >= 2 || ++frames > 120) resolve();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
}

/** Waits until nothing on the page moves any more. */
export function still(page: Page): Promise<void> {
  return page.evaluate(() => (window as unknown as Standing).standsStill());
}

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[] }[];
}

/** No accessibility violation of WCAG 2.2 AA or best practice on what is shown now. */
export async function accessible(page: Page): Promise<void> {
  const result = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<AxeResult> } };
    // It measures everything at once, as nobody sees it: what is out of sight is laid out for it as if it were in sight.
    const cards = [...document.querySelectorAll<HTMLElement>(".pw-summary > .pw-card")];
    for (const card of cards) card.style.contentVisibility = "visible";
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await (window as unknown as Standing).standsStill();
    const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
    for (const card of cards) card.style.contentVisibility = "";
    return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => `${JSON.stringify(n.target)} ${n.failureSummary ?? ""}`).slice(0, 3).join(" | ")}`);
  });
  expect(result).toEqual([]);
}

/** Keeps a picture, of what is in sight or of the whole page, where PATCHWORK_SHOTS or PATCHWORK_SCREENSHOTS says; never in the repository. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  const folder = process.env.PATCHWORK_SHOTS ?? process.env.PATCHWORK_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}
