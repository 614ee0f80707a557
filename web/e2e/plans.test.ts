import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, settled, signIn, visit, type Visitor } from "./browser";
import { fail, heal, only, type Person, readRegion, type Region, type System, type User } from "./region";

let region: Region;
let browser: Browser;

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);
const person = (family: string): Person => only(region.patients.find((p) => p.familyName === family), family);
const hospital = (): System => only(region.systems.find((s) => s.id.includes("hospital")), "hospital");

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
});

afterAll(async () => {
  for (const system of region.systems) await heal(system);
  await browser.close();
});

describe("a clinician reads plans", () => {
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    visitor = await visit(browser, region);
    page = visitor.page;
    await signIn(page, user("gp"));
    await openByNumber(page, person("Everard-Hollis").nhsNumber);
    await settled(page);
  });
  afterAll(() => visitor.context.close());

  test("the banner says that decisions on resuscitation conflict, and leads to both originals", async () => {
    await page.locator('[data-indicator="resuscitation"]').filter({ hasText: "CPR decisions conflict" }).click();
    await page.getByText("CPR decisions conflict. ").waitFor();
    const card = page.locator("#section-endOfLife");
    const text = await card.innerText();
    expect(text).toContain("Do not attempt CPR");
    expect(text).toContain("For attempted CPR");
    expect(text).toContain("Yellow folder by the front door");
    expect(text).toContain("Review overdue since");
    expect(text).toContain("Artificial ventilation");
    expect(new URL(page.url()).pathname).toMatch(/\/plans$/);
    await accessible(page);
    await picture(page, "plans");
  });

  test("About me and the care plans of every system are read whole", async () => {
    const about = await page.locator("#section-aboutMe").innerText();
    expect(about).toContain("BP <140 makes my nurse happy.");
    const plans = await page.locator("#section-carePlans").innerText();
    for (const title of ["Falls prevention", "Diabetes care plan", "If Leonora cannot visit", "If her memory suddenly gets worse"]) expect(plans).toContain(title);
  });

  test("on a phone it is read without turning it", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await picture(page, "plans-narrow");
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  test("H-02: a hospital that does not answer is named, and nothing is inferred", async () => {
    await fail(hospital(), "refused");
    await openByNumber(page, person("Lateworth").nhsNumber);
    await settled(page);
    await page.locator('[data-indicator="resuscitation"]').filter({ hasText: "CPR decision not known" }).waitFor();
    await picture(page, "plans-hospital-down");
    await heal(hospital());
  });
});
