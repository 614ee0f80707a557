import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, settled, signIn, visit } from "./browser";
import { type OwnRegion, ownRegion } from "./ownRegion";
import { only } from "./region";

/* What a regional archive of documents adds to a record: its letters among the others. */

let own: OwnRegion;
let browser: Browser;

beforeAll(async () => {
  own = await ownRegion("--more", "--patients", "60");
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
  await own.stop();
});

async function toDocuments(page: Page): Promise<void> {
  const region = own.region;
  await signIn(page, only(region.users.find((u) => u.role === "gp"), "gp"));
  await openByNumber(page, only(region.patients[0], "first patient").nhsNumber);
  await page.getByRole("navigation").getByRole("link", { name: "Documents" }).click();
  await page.locator(".pw-docs__item").first().waitFor();
  await settled(page);
}

async function open(page: Page, title: RegExp): Promise<void> {
  await page.locator(".pw-docs__title").filter({ hasText: title }).first().click();
  await page.locator('.pw-opened:not([aria-busy="true"])').waitFor();
}

describe.each([1366, 360])("a regional archive at %d pixels", (width) => {
  test("lists its letters with whose they are, and its summary opens", async () => {
    const visitor = await visit(browser, own.region, { width, height: 900 });
    const page = visitor.page;
    await toDocuments(page);
    await accessible(page);
    await picture(page, `archive-list-${width}`);
    expect(await page.locator(".pw-docs__item").filter({ hasText: "Westmarch Shared Document Archive" }).count()).toBeGreaterThan(1);
    await open(page, /Summary of the practice/);
    await page.locator("iframe").first().contentFrame().getByText("Medicines").first().waitFor();
    await picture(page, `archive-summary-${width}`);
    await visitor.context.close();
  });
});
