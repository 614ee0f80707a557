import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, settled, signIn, still, visit, waitingFor } from "./browser";
import { fail, heal, only, type Person, readRegion, type Region, type System, type User } from "./region";

let region: Region;
let browser: Browser;

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);
const everything = (): Person => only(region.patients[0], "first patient");
const hospital = (): System => only(region.systems.find((s) => s.id.includes("hospital")), "hospital");

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
});

afterAll(async () => {
  for (const system of region.systems) await heal(system);
  await browser.close();
});

/** Notes every shift of the layout that the reader did not cause, from now on. */
async function watchShifts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted = window as unknown as { shifts: number; watched?: PerformanceObserver };
    noted.shifts = 0;
    // One that was begun before would count the same again.
    noted.watched?.disconnect();
    noted.watched = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as unknown as { value: number; hadRecentInput: boolean };
        if (!shift.hadRecentInput) noted.shifts += shift.value;
      }
    });
    noted.watched.observe({ type: "layout-shift" });
  });
}

const shifts = (page: Page) => page.evaluate(() => (window as unknown as { shifts: number }).shifts);

describe("the summary", () => {
  test.each([360, 768, 1366, 2560])("at %i px: what this role needs first, in the order of the document, and nothing to scroll sideways", async (width) => {
    const visitor = await visit(browser, region, { width, height: width === 360 ? 640 : width === 2560 ? 1440 : 768 });
    const { page } = visitor;
    await signIn(page, user("gp"));
    await openByNumber(page, everything().nhsNumber);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await still(page);
    const cards = await page.$$eval(".pw-summary > .pw-card", (all) => all.map((c) => ({ name: c.querySelector("h2")?.textContent ?? "", ...(({ top, left, bottom }) => ({ top, left, bottom }))(c.getBoundingClientRect()) })));
    // In each column, and along the first row, what comes first in the document stands first.
    cards.forEach((card, i) => {
      for (const later of cards.slice(i + 1)) if (later.left === card.left) expect(later.top).toBeGreaterThanOrEqual(card.bottom);
    });
    const inSight = cards.filter((c) => c.top < (page.viewportSize()?.height ?? 0) - 60).map((c) => c.name);
    process.stdout.write(`summary at ${width}: ${new Set(cards.map((c) => c.left)).size} columns, in sight: ${inSight.join(", ")}\n`);
    await accessible(page);
    await picture(page, `summary-${width}`);
    expect(visitor.trouble).toEqual([]);
    await visitor.context.close();
  });

  test("stopped in hospital, active at the practice: one row that says so and opens to both", async () => {
    const { page, context } = await visit(browser, region, { width: 1366, height: 768 });
    await signIn(page, user("gp"));
    await openByNumber(page, everything().nhsNumber);
    const row = page.locator('[data-section="medications"] .pw-row--group', { hasText: "Naproxen" });
    expect(await row.count()).toBe(1);
    expect(await row.locator(".pw-dispute").innerText()).toMatch(/Systems disagree\. Stopped at .+ \d\d-[A-Z][a-z]{2}-\d{4}, active at .+/);
    const unfold = row.getByRole("button", { name: /3 statements from 2 systems/ });
    await unfold.focus();
    await page.keyboard.press("Enter");
    expect(await row.locator(".pw-originals > .pw-row").count()).toBe(3);
    expect(await row.locator(".pw-originals").innerText()).toContain("acute kidney injury");
    expect(await row.innerText()).toContain("In one row by the same SNOMED CT code");
    await accessible(page);
    await picture(page, "summary-disputed");
    await page.emulateMedia({ media: "print" });
    const folded = page.locator('[data-section="allergies"] .pw-originals').first();
    expect(await folded.isVisible()).toBe(true);
    await context.close();
  });

  test("a late system moves nothing that is being read: what it brings is offered", async () => {
    const { page, context } = await visit(browser, region, { width: 1366, height: 768 });
    await signIn(page, user("gp"));
    await fail(hospital(), "slow", { delay: "5s" });
    try {
      await page.getByRole("link", { name: "Find a patient" }).click();
      await page.getByRole("textbox", { name: "NHS number" }).fill(everything().nhsNumber);
      await page.getByRole("button", { name: "Open the record", exact: true }).click();
      await page.locator("[data-patient]").waitFor();
      await waitingFor(page, "medications", "Westmarch University Hospitals NHS Foundation Trust");
      await page.mouse.move(600, 500);
      await page.mouse.wheel(0, 40);
      await page.waitForFunction(() => window.scrollY >= 40);
      await watchShifts(page);
      await picture(page, "summary-waiting");
      await settled(page);
      const offer = page.locator('[data-section="allergies"]').getByRole("button", { name: /\d+ more from .+ – show/ });
      await offer.waitFor();
      const during = await shifts(page);
      process.stdout.write(`layout shift: ${during.toFixed(3)} when a late system answers to somebody who reads\n`);
      await picture(page, "summary-offered");
      await accessible(page);
      expect(during).toBeLessThan(0.1);
      await offer.click();
      await offer.waitFor({ state: "detached" });
    } finally {
      await heal(hospital());
      await context.close();
    }
  }, 120_000);
});
