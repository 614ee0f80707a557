import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, settled, toPassword, visit, type Visitor } from "./browser";
import { parts } from "./pages";
import { only, readRegion, type Region, type User } from "./region";

/* From signing in to signing out without a pointer: the focus is seen, is never behind the banner, and is caught nowhere. */

let region: Region;
let browser: Browser;
let visitor: Visitor;
let page: Page;

const user = (name: string): User => only(region.users.find((u) => u.username === name), name);

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
  visitor = await visit(browser, region);
  page = visitor.page;
});
afterAll(async () => {
  expect(visitor.trouble).toEqual([]);
  await browser.close();
});

interface Focus {
  readonly name: string;
  readonly visible: boolean;
  readonly covered: boolean;
}

/** What has the focus, whether that can be seen, and whether the banner covers it. */
function focus(): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: "", visible: true, covered: false };
    const style = getComputedStyle(element);
    const banner = document.querySelector(".pw-banner");
    const box = element.getBoundingClientRect();
    const marked = style.outlineStyle !== "none" || style.boxShadow !== "none" || element.matches("main, h1, h2, h3");
    const inBanner = banner?.contains(element) === true || element.closest("header, dialog, .nhsuk-skip-link") !== null;
    const covered = banner !== null && !inBanner && !element.matches("main") && box.bottom <= banner.getBoundingClientRect().bottom && box.height > 0;
    return { name: (element.getAttribute("aria-label") ?? element.textContent.trim().replace(/\s+/g, " ").slice(0, 60)) || element.tagName, visible: marked && box.width > 0, covered };
  });
}

/** Tabs until what is wanted has the focus; everything on the way can be seen. */
async function tabTo(wanted: RegExp, key: "Tab" | "Shift+Tab" = "Tab", most = 80): Promise<string[]> {
  const way: string[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press(key);
    const now = await focus();
    way.push(now.name);
    expect(now, now.name).toMatchObject({ visible: true, covered: false });
    if (wanted.test(now.name)) return way;
  }
  throw new Error(`${String(wanted)} was not reached: ${way.join(" | ")}`);
}

test("signs in, finds and opens somebody", async () => {
  await page.goto("/");
  await toPassword(page);
  await page.getByLabel("User name").focus();
  const gp = user("gp");
  await page.keyboard.type(gp.username);
  await page.keyboard.press("Tab");
  await page.keyboard.type(gp.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Find a patient", level: 1 }).waitFor();
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
  });
  const box = page.getByRole("textbox", { name: "NHS number" });
  for (let i = 0; i < 30 && !(await box.evaluate((e) => e === document.activeElement)); i++) await page.keyboard.press("Tab");
  await page.keyboard.type(only(region.patients[0], "first patient").nhsNumber);
  await page.keyboard.press("Enter");
  await settled(page);
});

test("the skip link leads past the header, and comes first", async () => {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  await page.keyboard.press("Tab");
  expect((await focus()).name).toBe("Skip to main content");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
});

test("goes through every part, in the order in which they stand", async () => {
  for (const part of parts) {
    const name = new RegExp(`^${part}$`, "i");
    await page.evaluate(() => document.getElementById("main")?.focus());
    const way = await tabTo(name);
    expect(way.length).toBeLessThan(20);
    await page.keyboard.press("Enter");
    await settled(page, part === "summary");
    expect(await page.getByRole("navigation", { name: "Parts of this record" }).getByRole("link", { name }).getAttribute("aria-current")).toBe("page");
  }
});

test("opens the dialog of the broken glass, is kept in it, and leaves it", async () => {
  await page.evaluate(() => document.getElementById("main")?.focus());
  await tabTo(/^Break the glass/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null)).toBe(true);
  }
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect((await focus()).name).toMatch(/^Break the glass/);
});

test("is trapped nowhere, forwards or backwards", async () => {
  for (const key of ["Tab", "Shift+Tab"] as const) {
    const seen: string[] = [];
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press(key);
      const now = await focus();
      expect(now, now.name).toMatchObject({ visible: true, covered: false });
      seen.push(now.name);
    }
    expect(new Set(seen).size).toBeGreaterThan(10);
  }
});

test("goes to the lists, and signs out", async () => {
  await page.evaluate(() => document.getElementById("main")?.focus());
  await tabTo(/^Lists$/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /lists/i, level: 1 }).waitFor();
  await page.evaluate(() => document.getElementById("main")?.focus());
  await tabTo(/^Sign out$/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();
});
