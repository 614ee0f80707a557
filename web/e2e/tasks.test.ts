import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { launch, openByNumber, settled, signIn, visit, type Visitor } from "./browser";
import { only, readRegion, type Person, type Region, type User } from "./region";

/*
 * Ten tasks of somebody who sees the viewer for the first time, each from the patient page
 * in at most three clicks.
 */

let region: Region;
let browser: Browser;
let visitor: Visitor;
let page: Page;
let actions = 0;

const user = (name: string): User => only(region.users.find((u) => u.username === name), name);
const everything = (): Person => only(region.patients[0], "first patient");
const most = 3;

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
  visitor = await visit(browser, region);
  page = visitor.page;
  page.setDefaultTimeout(8_000);
  await signIn(page, user("gp"));
});
afterAll(async () => {
  expect(visitor.trouble).toEqual([]);
  await browser.close();
});
beforeEach(async () => {
  await openByNumber(page, everything().nhsNumber);
  actions = 0;
});

async function click(what: Locator): Promise<void> {
  actions++;
  expect(actions).toBeLessThanOrEqual(most);
  await what.click();
}

const part = (name: string) => click(page.getByRole("navigation", { name: "Parts of this record" }).getByRole("link", { name, exact: true }));
const main = () => page.locator("main");
const card = (title: string) => page.getByRole("region", { name: title, exact: true });

test("the latest potassium", async () => {
  await part("Results");
  await main().getByText(/potassium/i).first().waitFor();
  await main().getByText(/mmol\/L/).first().waitFor();
});

test("allergic to penicillin, and who says so", async () => {
  await click(page.locator(".pw-banner__allergies"));
  const row = card("Allergies and adverse reactions").locator("li").filter({ hasText: /penicillin/i }).first();
  await row.waitFor();
  expect(await row.locator("[data-source-badge]").first().innerText()).toMatch(/Westmarch/);
});

test("what changed since Friday", async () => {
  await part("Timeline");
  const howMany = async () => Number(((await main().locator(".pw-line__head strong").textContent()) ?? "").replace(/,/g, ""));
  const all = await howMany();
  await click(main().getByRole("group", { name: "Written down" }).getByRole("button", { name: "Since Friday" }));
  await expect.poll(howMany).toBeLessThan(all);
  expect(await howMany()).toBeGreaterThan(0);
  const newest = main().locator(".pw-line__open").first();
  expect(await newest.innerText()).not.toBe("");
  process.stdout.write(`since Friday: ${await howMany()} of ${all}: ${(await main().locator(".pw-line__open").allInnerTexts()).slice(0, 8).join(" | ").replace(/\s+/g, " ")}\n`);
});

test("who else cares for him", async () => {
  await card("Professional contacts").getByText(/Usual GP|Care coordinator|Responsible consultant/).first().waitFor();
  expect(actions).toBeLessThanOrEqual(most);
});

test("what she takes now, and what was stopped", async () => {
  const medicines = page.getByRole("region", { name: /^Medic/ }).first();
  await medicines.getByText(/naproxen/i).first().waitFor();
  await medicines.getByText(/stopped/i).first().waitFor();
});

test("the next appointment", async () => {
  await page.getByRole("region", { name: /appointments/i }).first().getByText(/Memory clinic|Falls clinic/).first().waitFor();
});

test("the last discharge letter, opened", async () => {
  await part("Documents");
  await click(main().getByRole("button", { name: /discharge|letter/i }).or(main().getByRole("link", { name: /discharge|letter/i })).first());
  await page.locator("iframe, pre, .pw-document").first().waitFor();
});

test("the decision about resuscitation", async () => {
  await part("Plans");
  await main().getByText(/ReSPECT|CPR|resuscitation/i).first().waitFor();
});

test("who has looked at this record", async () => {
  const officer = await visit(browser, region);
  await signIn(officer.page, user("privacy-officer"), "Reviews");
  await openByNumber(officer.page, everything().nhsNumber);
  actions = 0;
  await click(officer.page.getByRole("link", { name: "Who has looked at this record" }));
  await officer.page.getByText("Dr Amara Okafor").first().waitFor();
  await officer.context.close();
});

test("which system did not answer", async () => {
  const hospital = only(region.systems.find((s) => s.id === "hospital"), "hospital");
  await fetch(hospital.control, { method: "PUT", body: JSON.stringify({ fault: "refused" }) });
  try {
    await expect
      .poll(
        async () => {
          await page.reload();
          await settled(page);
          return page.locator(".pw-banner").innerText();
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toMatch(/Westmarch University Hospitals/);
    expect(actions).toBe(0);
  } finally {
    await fetch(hospital.control, { method: "DELETE" });
  }
});
