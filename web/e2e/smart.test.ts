import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type FrameLocator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { flags, pathOfChromium, picture, toPassword } from "./browser";
import { only, readRegion, type Region, type User } from "./region";

/*
 * A hospital's EPR on another site opens the record in its frame, in a browser that keeps no
 * cookie of a third party, and somebody else's app reads the record through the FHIR API.
 */

let region: Region & { readonly epr: string; readonly smartApp: string };
let profile: string;
let context: BrowserContext;
let page: Page;

beforeAll(() => {
  region = readRegion() as typeof region;
  if (!region.epr || !region.smartApp) throw new Error("the demo offers no EPR or no SMART app: see its notes");
});

/** A browser of its own whose settings block third-party cookies, as a person would set them. */
beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), "patchwork-browser-"));
  mkdirSync(join(profile, "Default"));
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify({ profile: { cookie_controls_mode: 1, block_third_party_cookies: true } }));
  context = await chromium.launchPersistentContext(profile, {
    executablePath: pathOfChromium(),
    headless: true,
    args: flags,
    viewport: { width: 1360, height: 1200 },
  });
  context.setDefaultTimeout(30_000);
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
});
afterAll(() => {
  rmSync(profile, { recursive: true, force: true });
});

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);

/** The person on the EPR's screen, by the family name that its banner shows. */
async function onScreen(): Promise<string> {
  const name = (await page.locator("#patient-name").textContent()) ?? "";
  return (name.split(",")[0] ?? "").trim().toUpperCase();
}

async function choose(n: number): Promise<string> {
  await page.locator("#patients [data-patient]").nth(n).click();
  return onScreen();
}

/** Waits until a frame shows the record of somebody, and nobody else's. */
async function shows(frame: FrameLocator, family: string): Promise<void> {
  await frame.locator("[data-patient]").first().waitFor();
  await frame.locator(".pw-banner").filter({ hasText: new RegExp(family, "i") }).waitFor();
  await frame.locator(".pw-card").first().waitFor();
}

/** What the frame's site keeps in this browser. */
async function kept(): Promise<readonly string[]> {
  return (await context.cookies(region.url)).map((c) => c.name);
}

async function signIn(at: Page, who: User): Promise<void> {
  await toPassword(at);
  await at.getByLabel("User name").fill(who.username);
  await at.getByLabel("Password").fill(who.password);
  await at.getByRole("button", { name: "Sign in", exact: true }).click();
}

describe("the hospital's EPR", () => {
  test("opens the record in its frame by a launch that its back end made, without a cookie", async () => {
    await page.goto(region.epr);
    const family = await choose(0);
    await page.locator("#open-mint").click();
    const frame = page.frameLocator("#record-1");
    await shows(frame, family);
    expect(await kept()).toEqual([]);
    expect(await page.locator("#status .failed").count()).toBe(0);
    await expect(frame.getByRole("link", { name: "Find a patient" }).count()).resolves.toBe(0);
    await picture(page, "smart-mint");
  });

  test("opens it by a form that its page signed", async () => {
    await page.goto(region.epr);
    const family = await choose(1);
    await page.locator("#open-signed").click();
    await shows(page.frameLocator("#record-1"), family);
    expect(await kept()).toEqual([]);
  });

  test("opens it as the app of its own SMART server", async () => {
    await page.goto(region.epr);
    const family = await choose(0);
    await page.locator("#open-smart").click();
    const frame = page.frameLocator("#record-1");
    const yes = frame.getByRole("button", { name: /yes/i });
    await yes.or(frame.locator("[data-patient]").first()).first().waitFor();
    await picture(page, "smart-question");
    if (await yes.isVisible()) await yes.click();
    await shows(frame, family);
    await picture(page, "smart-epr");
  });

  test("fills the search in without proof, and no right follows from it", async () => {
    await page.goto(region.epr);
    await choose(0);
    await page.locator("#new-window").check();
    const [window] = await Promise.all([context.waitForEvent("page"), page.locator("#open-legacy").click()]);
    await signIn(window, user("hospital-doctor"));
    const notice = window.locator("[data-prefill]");
    await notice.waitFor();
    expect(await notice.textContent()).toContain("no proof");
    expect(new URL(window.url()).search).not.toContain("9");
    await picture(window, "smart-prefill");
  });

  test("shows two people in two frames, each its own", async () => {
    await page.goto(region.epr);
    await page.locator("#keep-frames").check();
    const first = await choose(0);
    await page.locator("#open-mint").click();
    await shows(page.frameLocator("#record-1"), first);
    const second = await choose(1);
    await page.locator("#open-mint").click();
    await shows(page.frameLocator("#record-2"), second);
    expect(second).not.toBe(first);
    await page.frameLocator("#record-1").locator(".pw-banner").filter({ hasText: new RegExp(first, "i") }).waitFor();
    expect(await page.frameLocator("#record-1").locator(".pw-banner").textContent()).not.toMatch(new RegExp(second, "i"));
  });
});

describe("somebody else's app", () => {
  /** The organisations whose measurements the app draws, over all its charts. */
  async function charted(app: Page): Promise<Set<string>> {
    await app.locator("#plot svg").first().waitFor();
    const sources = new Set<string>();
    for (const value of await app.locator("#series option").evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value))) {
      await app.locator("#series").selectOption(value);
      for (const row of await app.locator("#rows tr").all()) sources.add((await row.locator("td").nth(1).textContent()) ?? "");
    }
    return sources;
  }

  test("connects by itself: the user signs in, chooses a patient, allows it, and sees measurements of three organisations", async () => {
    await page.goto(region.smartApp);
    await page.getByRole("button", { name: /connect/i }).or(page.getByRole("link", { name: /connect/i })).first().click();
    await signIn(page, user("gp"));
    await page.locator('[data-standing="patient"]').waitFor();
    await picture(page, "smart-choose");
    const person = only(
      region.patients.find((p) => (p as { scenario?: string }).scenario === "everything"),
      "person with everything",
    );
    await page.getByRole("textbox", { name: "NHS number" }).fill(person.nhsNumber);
    await page.getByRole("button", { name: "Choose this person" }).click();
    await page.locator('[data-standing="approve"]').waitFor();
    await picture(page, "smart-approve");
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await page.waitForURL((url) => url.origin === new URL(region.smartApp).origin);
    const organisations = await charted(page);
    await picture(page, "smart-chart");
    expect(organisations.size).toBeGreaterThanOrEqual(3);
  });

  test("is refused in words, and gets nothing, when the user says no", async () => {
    await page.goto(region.smartApp);
    await page.getByRole("button", { name: /connect/i }).or(page.getByRole("link", { name: /connect/i })).first().click();
    await signIn(page, user("gp"));
    await page.locator('[data-standing="patient"]').waitFor();
    await page.getByRole("button", { name: "Give it nobody" }).click();
    await page.waitForURL((url) => url.origin === new URL(region.smartApp).origin);
    await page.getByText(/refused/i).first().waitFor();
    expect(await page.locator("svg").count()).toBe(0);
  });
});
