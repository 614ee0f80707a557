import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, picture, signIn, visit, type Visitor } from "./browser";
import { only, type Person, readRegion, type Region, type User } from "./region";

/* Whose record is it: what data-quality staff see, decide and undo, and what becomes of it for a GP. */

let region: Region;
let browser: Browser;
let steward: Visitor;
let gp: Visitor;

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);
const person = (family: string): Person => only(region.patients.find((p) => p.familyName === family), family);

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
  gp = await visit(browser, region);
  await signIn(gp.page, user("gp"), "Find a patient");
  // A record is found to be in question when the person is first opened.
  await openAs(gp.page, person("Maybeworth"));
  steward = await visit(browser, region);
  await signIn(steward.page, user("data-quality"), "Whose record is it?");
});
afterAll(async () => {
  expect([...steward.trouble, ...gp.trouble]).toEqual([]);
  await browser.close();
});

async function openAs(page: Page, who: Person): Promise<void> {
  await page.goto(region.url);
  const box = page.getByLabel("NHS number, or family name and date of birth");
  await box.fill(who.nhsNumber);
  await box.press("Enter");
  await page.locator(".pw-banner[data-patient]").waitFor();
}

async function look(page: Page, name: string): Promise<void> {
  await accessible(page);
  await picture(page, `linking-${name}`);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await picture(page, `linking-${name}-320`);
  await page.setViewportSize({ width: 1360, height: 900 });
}

describe("a record of which matching cannot say whose it is", () => {
  test("the GP is told that it may be missing, and not shown it", async () => {
    await expect.poll(() => gp.page.locator(".pw-registrations").textContent()).toContain("somebody has been asked");
  });

  test("both sides stand side by side, with what held it back", async () => {
    const { page } = steward;
    const item = page.getByRole("listitem").filter({ hasText: "MAYBEWORTH" }).first();
    await item.getByRole("group", { name: "The records side by side" }).waitFor();
    expect(await item.getByRole("row", { name: /Differs: Address/ }).count()).toBe(1);
    await look(page, "worklist");
  });

  test("linked with a reason, it is the person's at once, for everybody", async () => {
    const { page } = steward;
    const item = page.getByRole("listitem").filter({ hasText: "MAYBEWORTH" }).first();
    await item.getByRole("button", { name: "It is this person’s" }).click();
    await look(page, "confirm");
    await item.getByRole("button", { name: "Link it" }).click();
    await item.getByText("There is a problem").waitFor();
    await item.getByLabel("Reason").fill("Both addresses confirmed with his sister by telephone");
    await item.getByRole("button", { name: "Link it" }).click();
    await item.getByText(/Confirmed by Moira Ledgerwood/).waitFor();
    await openAs(gp.page, person("Maybeworth"));
    await expect.poll(() => gp.page.locator('.pw-registrations li[data-state="LINKED"]').count()).toBe(3);
    expect(await gp.page.locator(".pw-registrations").textContent()).not.toContain("somebody has been asked");
  });

  test("what the systems state differently stands under the banner", async () => {
    await gp.page.getByText(/Systems state the postcode differently/).waitFor();
    await look(gp.page, "banner");
  });

  test("unlinked again with a reason, it is not shown any more, and the history says all of it", async () => {
    const { page } = steward;
    await page.getByRole("listitem").filter({ hasText: "MAYBEWORTH" }).first().getByRole("link", { name: "Links of this person" }).click();
    await page.getByRole("heading", { name: /Links of MAYBEWORTH/ }).waitFor();
    await look(page, "links");
    const trust = page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 2 }), hasText: /confirmed/i }).first();
    await trust.getByRole("button", { name: /^Unlink/ }).click();
    await page.getByLabel("Reason").fill("It was his cousin of the same name after all");
    await page.getByRole("button", { name: "Unlink it" }).click();
    await page.getByText(/Unlinked by hand/).waitFor();
    await page.getByText("It was his cousin of the same name after all").first().waitFor();
    await look(page, "history");
    await openAs(gp.page, person("Maybeworth"));
    await expect.poll(() => gp.page.locator('.pw-registrations li[data-state="LINKED"]').count()).toBe(2);
    await gp.page.getByText(/Systems state the postcode differently/).waitFor({ state: "detached" });
  });
});
