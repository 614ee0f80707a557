import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, settled, signIn, visit, type Visitor } from "./browser";
import { fail, heal, only, type Person, readRegion, type Region, type System, type User } from "./region";

let region: Region;
let browser: Browser;

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);
const hospital = (): System => only(region.systems.find((s) => s.id === "hospital"), "hospital");
const everything = (): Person => only(region.patients[0], "first patient");

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
});

afterAll(async () => {
  for (const system of region.systems) await heal(system);
  await browser.close();
});

async function toDocuments(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Documents" }).click();
  await page.locator(".pw-docs__item").first().waitFor();
}

async function open(page: Page, title: RegExp): Promise<void> {
  await page.locator(".pw-docs__title").filter({ hasText: title }).first().click();
  await page.locator('.pw-opened:not([aria-busy="true"])').waitFor();
}

describe("documents", () => {
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    visitor = await visit(browser, region, { width: 1366, height: 900 });
    page = visitor.page;
    await signIn(page, user("gp"));
    await openByNumber(page, everything().nhsNumber);
    await toDocuments(page);
    await settled(page);
  });
  afterAll(() => visitor.context.close());

  test("are listed with whose they are, and narrowed as one types", async () => {
    await accessible(page);
    await picture(page, "documents-list");
    const all = await page.locator(".pw-docs__item").count();
    expect(all).toBeGreaterThan(3);
    await page.getByLabel("Words in the title").fill("heart trace");
    await page.getByText(`1 of ${all} documents shown`).first().waitFor();
    expect(await page.locator(".pw-docs__item").count()).toBe(1);
    await page.getByLabel("Words in the title").fill("");
    await page.getByLabel("Category").selectOption({ index: 1 });
    expect(await page.locator(".pw-docs__item").count()).toBeLessThan(all);
    await page.getByLabel("Category").selectOption("");
  });

  test("a picture is painted", async () => {
    await open(page, /Heart trace/);
    await page.locator(".pw-opened canvas[data-painted]").waitFor();
    expect(await page.locator(".pw-opened h3").evaluate((e) => e === document.activeElement)).toBe(true);
    await accessible(page);
    await picture(page, "documents-picture");
  });

  test("a PDF is drawn, with its words over it", async () => {
    await open(page, /ReSPECT/);
    await page.locator('.pw-pdf__page[data-page="1"][data-drawn]').waitFor();
    expect(await page.locator(".pw-pdf__words").first().textContent()).toContain("CPR attempts are NOT recommended");
    await page.locator(".pw-pdf__number", { hasText: "Page 2 of 2" }).waitFor();
    await accessible(page);
    await picture(page, "documents-pdf");
  });

  test("text is shown exactly", async () => {
    await open(page, /Chest X-ray/);
    const text = await page.locator(".pw-opened__text").textContent();
    expect(text).toContain('Blood pressure is BP <140/90 & pulse >60; the dose is "5 mg" at night, =5mg, not 50.');
    await accessible(page);
    await picture(page, "documents-text");
  });

  test("a document downloads under its own name", async () => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
    expect(file.suggestedFilename()).toBe("Chest X-ray report.txt");
  });

  test("a source that is down says so, and opens when it is asked again", async () => {
    await fail(hospital(), "status-500", { paths: ["/Binary"] });
    try {
      await open(page, /Heart trace/);
      await page.getByRole("alert").getByText("This says nothing about what stands in the document").waitFor();
      expect(await page.locator(".pw-opened canvas").count()).toBe(0);
      await accessible(page);
      await picture(page, "documents-down");
    } finally {
      await heal(hospital());
    }
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".pw-opened canvas[data-painted]").waitFor();
  });

  test("a slow one can be given up", async () => {
    await page.getByRole("button", { name: /^Close/ }).click();
    await fail(hospital(), "hang", { paths: ["/Binary"] });
    try {
      await page.locator(".pw-docs__title").filter({ hasText: /Chest X-ray/ }).click();
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByText("You stopped it").waitFor();
      await accessible(page);
    } finally {
      await heal(hospital());
    }
  });

  test("on a phone the document takes the place of the list, and gives it back", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await open(page, /ReSPECT/).catch(() => undefined);
    const close = page.getByRole("button", { name: /^Close/ });
    if (await close.isVisible()) await close.click();
    await open(page, /ReSPECT/);
    await page.locator('.pw-pdf__page[data-page="1"][data-drawn]').waitFor();
    expect(await page.locator(".pw-documents__list").isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await accessible(page);
    await picture(page, "documents-phone-pdf");
    await close.click();
    await page.waitForFunction(() => document.activeElement?.textContent.includes("ReSPECT") === true);
    await picture(page, "documents-phone-list");
    await page.setViewportSize({ width: 1366, height: 900 });
  });

  test("nothing of it was asked for elsewhere, or broke the page's policy", () => {
    expect(visitor.trouble).toEqual([]);
  });
});

describe("letters of other systems", () => {
  let visitor: Visitor;
  let page: Page;
  const opened = new Set<string>();

  beforeAll(async () => {
    visitor = await visit(browser, region, { width: 1366, height: 900 });
    page = visitor.page;
    await signIn(page, user("gp"));
  });
  afterAll(() => visitor.context.close());

  test("are shown with their words, and run and load nothing", async () => {
    for (const person of region.patients.filter((p) => p.systems.includes("hospital"))) {
      await openByNumber(page, person.nhsNumber);
      await page.getByRole("navigation").getByRole("link", { name: "Documents" }).click();
      await page.locator('.pw-card[aria-busy="false"]').first().waitFor();
      const titles = page.locator(".pw-docs__item", { hasText: /Letter \(HTML\)|CDA/ }).locator(".pw-docs__title");
      for (let i = 0; i < Math.min(2, await titles.count()); i++) {
        const title = (await titles.nth(i).textContent()) ?? "";
        await titles.nth(i).click();
        await page.locator('.pw-opened[data-phase="open"] iframe').waitFor();
        const letter = page.frameLocator(".pw-opened iframe").locator("body");
        await letter.getByText("Blood pressure is BP <140/90 & pulse >60").waitFor();
        expect(await letter.locator("script, img, svg, iframe, a, form, input, link, object, [style], [onclick]").count()).toBe(0);
        expect(await page.title()).toContain("Documents");
        opened.add(title.includes("<svg") ? "hostile" : "ordinary");
        if (title.includes("<svg") || opened.size === 1) await picture(page, title.includes("<svg") ? "documents-hostile" : "documents-letter");
      }
      if (opened.size === 2) break;
    }
    expect([...opened].sort()).toEqual(["hostile", "ordinary"]);
    await accessible(page);
    expect(visitor.trouble).toEqual([]);
  });
});

describe("an ambulance crew", () => {
  test("sees that there is a document, and that its content is withheld", async () => {
    const visitor = await visit(browser, region, { width: 1366, height: 900 });
    try {
      const { page } = visitor;
      await signIn(page, user("paramedic"));
      await openByNumber(page, everything().nhsNumber);
      await toDocuments(page);
      await page.locator(".pw-docs__title").filter({ hasText: /ReSPECT/ }).first().click();
      await page.getByText("Withheld from you. You may see that there is this document").waitFor();
      expect(await page.locator(".pw-opened :is(canvas, iframe, pre)").count()).toBe(0);
      await accessible(page);
      await picture(page, "documents-withheld");
      expect(visitor.trouble).toEqual([]);
    } finally {
      await visitor.context.close();
    }
  });
});
