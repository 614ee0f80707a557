import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, signIn, visit, type Visitor } from "./browser";
import { only, readRegion, type Region, type User } from "./region";

/* A system of the region: the administrator checks it and switches it off and on, and what a clinician sees of that. */

let region: Region;
let browser: Browser;
let administrator: Visitor;
let clinician: Visitor;
let page: Page;

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);
const path = "/sources/social-care";
let name: string;

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
  clinician = await visit(browser, region);
  await signIn(clinician.page, user("gp"));
  administrator = await visit(browser, region);
  page = administrator.page;
  await signIn(page, user("administrator"), "Policies");
  await page.getByRole("link", { name: "Sources", exact: true }).click();
  name = await page.locator(`a[href="${path}"]`).innerText();
});
afterAll(async () => {
  expect([...administrator.trouble, ...clinician.trouble]).toEqual([]);
  await browser.close();
});

/** At a desk, on a phone and at 400 %: no page is wider than what shows it. */
async function look(of: string, at: Locator = page.locator("h1")): Promise<void> {
  for (const width of [1366, 360, 320]) {
    await page.setViewportSize({ width, height: width === 1366 ? 900 : 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${of} at ${width}`).toBeLessThanOrEqual(width);
    await accessible(page);
    await at.evaluate((e) => {
      e.scrollIntoView();
    });
    await picture(page, `sources-${of}-${width}`);
  }
  await page.setViewportSize({ width: 1366, height: 900 });
}

const button = (words: string | RegExp): Locator => page.getByRole("button", { name: words });

async function switches(verb: "off" | "on", why: string): Promise<void> {
  await button(`Switch ${verb} ${name}`).click();
  const dialog = page.getByRole("dialog", { name: `Switch ${verb} ${name}` });
  await dialog.getByLabel("Why").fill(why);
  if (verb === "off") await look("dialog");
  await dialog.getByRole("button", { name: `Switch ${verb} ${name}` }).click();
  await page.getByText(`${name} is switched ${verb}.`).waitFor();
}

/** What the clinician's list of systems says of it, looked at once, a second after it was switched. */
async function clinicianReads(): Promise<string> {
  const row = clinician.page.getByRole("listitem").filter({ has: clinician.page.getByRole("heading", { name, exact: true }) });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await clinician.page.reload();
  return row.locator(".pw-system__state").innerText();
}

describe("an administrator", () => {
  test("opens a system from the list", async () => {
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    await button(`Switch off ${name}`).waitFor();
    await look("system");
  });

  test("checks it: what is to be mended comes first, with how", async () => {
    await button("Check this system").click();
    const heading = page.getByRole("heading", { name: /to mend/, level: 3 });
    await heading.waitFor();
    expect(await heading.evaluate((e) => e === document.activeElement)).toBe(true);
    await page.getByText(/^Checked at \d\d:\d\d\./).waitFor();
    const verdicts = await page.locator('[aria-label="Checks that did not pass"] > li').evaluateAll((all) => all.map((li) => li.getAttribute("data-verdict")));
    expect(verdicts[0]).toBe("FAIL");
    expect(verdicts.join(" ")).toMatch(/^FAIL( FAIL)*( WARN)*( SKIP)*$/);
    await page.getByText("What to do:").first().waitFor();
    expect(await page.getByRole("row").count()).toBeGreaterThan(3);
    await page.locator("details > summary").filter({ hasText: "passed" }).click();
    await look("report", heading);
    await look("scorecard", page.getByRole("table"));
    expect(await page.locator("main").innerText()).not.toMatch(/\b\d{3} ?\d{3} ?\d{4}\b/); // tells of nobody
  });

  test("switches it off: within a second a clinician is told so, and no record says that there is nothing", async () => {
    await clinician.page.getByRole("link", { name: "Status", exact: true }).click();
    await clinician.page.getByRole("link", { name: "Sources", exact: true }).click();
    await switches("off", "A walk through the viewer");
    expect(await clinicianReads()).toMatch(/Switched off/);
    await page.getByText(/Switched off by .*: A walk through the viewer\./).waitFor();
    await look("off");
    await openByNumber(clinician.page, only(region.patients[0], "a person").nhsNumber);
    await clinician.page.getByText(/switched off/i).first().waitFor();
    await accessible(clinician.page);
  });

  test("checks it while it is off, and switches it on again", async () => {
    await button(/^Check this system/).click();
    await page.getByText(/^Checked at /).waitFor();
    await switches("on", "The walk is over");
    await clinician.page.getByRole("link", { name: "Status", exact: true }).click();
    await clinician.page.getByRole("link", { name: "Sources", exact: true }).click();
    expect(await clinicianReads()).not.toMatch(/Switched off/);
  });
});

describe("somebody else", () => {
  test("is offered neither the switch nor the check", async () => {
    await clinician.page.goto(path);
    await clinician.page.getByRole("heading", { name, level: 1 }).waitFor();
    expect(await clinician.page.getByRole("button", { name: /Switch|Check/ }).count()).toBe(0);
    await accessible(clinician.page);
  });
});
