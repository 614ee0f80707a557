import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, settled, signIn, visit, type Visitor } from "./browser";
import { only, type Person, readRegion, type Region, type User } from "./region";

/* What a reader keeps: an order of their own, whom they opened, and what is new to them. */

let region: Region;
let browser: Browser;

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);
const patient = (): Person => only(region.patients[0], "first patient");

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
});
afterAll(() => browser.close());

/** Somebody's visit, in a window of their own, with the patient open; each is another session. */
async function come(role: string): Promise<Visitor> {
  const visitor = await visit(browser, region);
  await signIn(visitor.page, user(role));
  await openByNumber(visitor.page, patient().nhsNumber);
  return visitor;
}

async function go({ trouble, context }: Visitor): Promise<void> {
  expect(trouble).toEqual([]);
  await context.close();
}

const order = (page: Page): Promise<string[]> => page.locator("[data-section]").evaluateAll((cards) => cards.map((c) => c.getAttribute("data-section") ?? ""));
const dialog = (page: Page): Locator => page.getByRole("dialog", { name: "Rearrange the summary" });

test("the summary is rearranged by keyboard alone; a reload keeps it, and others have their own", async () => {
  const visitor = await come("gp");
  const { page } = visitor;
  await expect.poll(async () => (await order(page))[0]).toBe("allergies");
  const before = await order(page);
  const first = before[0] ?? "";
  const second = before[1] ?? "";

  await page.getByRole("button", { name: "Rearrange the summary" }).press("Enter");
  await dialog(page).waitFor();
  await dialog(page).locator(`#arrange-${second}-up`).press("Enter");
  // The focus stays with what was moved, which is the first now.
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe(`arrange-${second}-up`);
  await dialog(page).locator("#arrange-medications-fold").press("Enter");
  await accessible(page);
  await picture(page, "mine-arrange");
  expect(await dialog(page).locator("#arrange-allergies-fold").count()).toBe(0);
  await dialog(page).getByRole("button", { name: "Save this order" }).press("Enter");
  await dialog(page).waitFor({ state: "detached" });
  expect((await order(page)).slice(0, 2)).toEqual([second, first]);

  await page.reload();
  await settled(page);
  await expect.poll(async () => (await order(page)).slice(0, 2)).toEqual([second, first]);
  expect((await order(page)).sort()).toEqual([...before].sort());
  await picture(page, "mine-own-order");

  const other = await come("practice-nurse");
  await expect.poll(async () => (await order(other.page))[0]).toBe("allergies");
  await go(other);

  await page.getByRole("button", { name: "Rearrange the summary" }).click();
  await dialog(page).getByRole("button", { name: "Use the usual order" }).click();
  await dialog(page).waitFor({ state: "detached" });
  expect(await order(page)).toEqual(before);
  await go(visitor);
});

test("of two windows the second does not write over the first unseen", async () => {
  const one = await come("hospital-doctor");
  const page = one.page;
  const two = await one.context.newPage();
  await two.goto(page.url());
  await settled(two);
  for (const window of [page, two]) {
    await window.getByRole("button", { name: "Rearrange the summary" }).click();
    await dialog(window).waitFor();
  }
  await dialog(page).locator("#arrange-problems-up").click();
  await dialog(page).getByRole("button", { name: "Save this order" }).click();
  await dialog(page).waitFor({ state: "detached" });
  await dialog(two).locator("#arrange-problems-down").click();
  await dialog(two).getByRole("button", { name: "Save this order" }).click();
  await dialog(two).getByText("You have changed the order in another window").waitFor();
  await dialog(two).getByRole("button", { name: "Use the usual order" }).click();
  await dialog(two).waitFor({ state: "detached" });
  await go(one);
});

/** Whom somebody sees that they opened lately. */
async function opened(role: string): Promise<string[]> {
  const other = await visit(browser, region);
  await signIn(other.page, user(role));
  await other.page.waitForLoadState("networkidle");
  const names = await other.page.locator(".pw-recent__open").allInnerTexts();
  await go(other);
  return names;
}

test("whom one opened lately is one click away, and can be forgotten", async () => {
  const others = await opened("paramedic");
  const visitor = await come("pharmacist");
  const { page } = visitor;
  const name = (await page.locator(".pw-banner__name").innerText()).trim();
  await page.getByRole("link", { name: "Find a patient" }).click();
  const lately = page.getByRole("region", { name: "Opened lately" });
  await lately.locator(".pw-recent__open").first().waitFor();
  await accessible(page);
  await picture(page, "mine-recent");
  await page.setViewportSize({ width: 360, height: 740 });
  await picture(page, "mine-recent-360");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1360, height: 900 });
  await lately.locator(".pw-recent__open").first().click();
  await settled(page);
  expect((await page.locator(".pw-banner__name").innerText()).trim()).toBe(name);
  await page.getByText("Opened lately").click();
  await page.getByText("Nobody else.").waitFor();

  await page.getByRole("link", { name: "Find a patient" }).click();
  await lately.getByRole("button", { name: /^Forget that you opened/ }).click();
  await page.getByText("Nobody is listed any more.").waitFor();
  await go(visitor);
  expect(await opened("paramedic")).toEqual(others);
});

interface Said {
  variables: { parts: { statements: string[] }[] };
}

test("what was not there at the visit before is marked in words, and one line leads to it", async () => {
  // The first visit, at which two statements of the record had not been there yet.
  const first = await visit(browser, region);
  let held = 2;
  let told = 0;
  await first.page.route("**/graphql", async (route) => {
    const text = route.request().postData() ?? "";
    if (!text.includes('"parts":')) return route.continue();
    const said = JSON.parse(text) as Said;
    for (const part of said.variables.parts) while (held > 0 && part.statements.length > 1) {
      part.statements.shift();
      held--;
    }
    told++;
    return route.continue({ postData: JSON.stringify(said) });
  });
  await signIn(first.page, user("hospital-nurse"));
  await openByNumber(first.page, patient().nhsNumber);
  await expect.poll(() => told).toBeGreaterThan(0);
  await expect.poll(() => held).toBe(0);
  await first.page.waitForLoadState("networkidle");
  expect(await first.page.locator(".pw-fresh").count()).toBe(0);
  await go(first);

  const second = await come("hospital-nurse");
  const { page } = second;
  const line = page.getByRole("region", { name: "Since you last looked" });
  await line.getByText(/^2 entries are new since you last looked on \d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d/).waitFor();
  await accessible(page);
  await picture(page, "mine-fresh");
  await page.setViewportSize({ width: 360, height: 740 });
  await picture(page, "mine-fresh-360");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1360, height: 900 });
  await line.getByRole("button").first().press("Enter");
  const mark = page.locator(".pw-row .pw-new").first();
  await mark.waitFor();
  expect(await mark.innerText()).toMatch(/New since \d\d-[A-Z][a-z]{2}-\d{4}/);
  expect(await page.evaluate(() => document.activeElement?.className ?? "")).toContain("pw-card__title");
  await page.emulateMedia({ media: "print" });
  expect(await mark.isVisible()).toBe(false);
  await go(second);

  const third = await come("hospital-nurse");
  await third.page.getByText(/^Nothing is new since you last looked/).waitFor();
  await go(third);
});
