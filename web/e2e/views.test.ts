import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, launch, picture, signIn, visit, type Visitor } from "./browser";
import { fail, heal, only, readRegion, type Region, type User } from "./region";

/* An analyst's way: from signing in to a chart and a file, as the guide (docs/views.md) words it. */

let region: Region;
let browser: Browser;
let visitor: Visitor;
let page: Page;
let began = 0;

const named = (username: string): User => only(region.users.find((u) => u.username === username), username);

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

/** Nothing that axe finds, and no page wider than its window, at a desk and on a telephone. */
async function look(name: string, at: Page = page): Promise<void> {
  for (const width of [1366, 360]) {
    await at.setViewportSize({ width, height: 900 });
    await accessible(at);
    expect(await at.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await picture(at, `views-${name}-${width}`);
  }
  await at.setViewportSize({ width: 1366, height: 900 });
}

/** To the views, by the navigation. */
async function toViews(at: Page): Promise<void> {
  await at.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Views", exact: true }).click();
}

/** A list of people of whom some are held by many systems. */
async function keepList(at: Page, title: string, numbers: readonly string[]): Promise<void> {
  await at.getByRole("link", { name: "Lists" }).click();
  await at.getByRole("link", { name: "Make a list" }).click();
  await at.getByRole("textbox", { name: "Title" }).fill(title);
  await at.getByRole("button", { name: "Make the list" }).click();
  await at.getByRole("link", { name: "Add people" }).click();
  await at.getByRole("textbox", { name: "NHS numbers" }).fill(numbers.join("\n"));
  await at.getByRole("button", { name: "Show what is understood" }).click();
  await at.getByRole("button", { name: /^Add \d+ people$/ }).click();
  await at.getByText(/^\d+ people are added\./).waitFor();
}

/** Chooses a list by its title: the other walks of this region keep lists too. */
async function choose(at: Page, label: string, title: string): Promise<void> {
  const select = at.getByLabel(label);
  const value = await select.locator("option", { hasText: title }).first().getAttribute("value");
  await select.selectOption(value ?? "");
}

async function save(at: Page, button: string): Promise<string> {
  const [download] = await Promise.all([at.waitForEvent("download"), at.getByRole("button", { name: button, exact: true }).click()]);
  return readFileSync(await download.path(), "utf8");
}

test("signing in, and a list of people", async () => {
  began = performance.now();
  await signIn(page, named("gp"));
  const numbers = region.patients.filter((p) => p.systems.length > 1 && p.scenario !== undefined).slice(0, 6).map((p) => p.nhsNumber);
  await keepList(page, "People with allergies", numbers);
});

test("without a view the page says so", async () => {
  await toViews(page);
  await page.getByText("You have designed no view yet.").waitFor();
  await look("none");
});

test("a view is designed by clicks, and its first rows are seen", async () => {
  await page.getByRole("link", { name: "New view" }).click();
  await page.getByRole("button", { name: "Save and preview" }).click();
  await page.getByRole("alert").getByRole("link", { name: /Enter a title/ }).click();
  await page.keyboard.type("Allergies of my list");
  await page.getByText("The person", { exact: true }).click();
  await page.getByRole("button", { name: "Add The person: NHS number" }).click();
  await page.getByRole("textbox", { name: "Find something to show" }).fill("allergies code text");
  await page.getByRole("button", { name: "Add Allergies and adverse reactions: What it is" }).click();
  await page.getByRole("textbox", { name: "Find something to show" }).fill("criticality");
  await page.getByRole("button", { name: "Add Allergies and adverse reactions: Criticality" }).click();
  await page.getByRole("textbox", { name: "Find something to show" }).fill("");
  await look("design");
  await choose(page, "Look at it with the people of", "People with allergies");
  await page.getByRole("button", { name: "Save and preview" }).click();
  await page.getByRole("link", { name: "See every row, the chart and the files" }).waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/views\/[\w-]+\/edit$/);
  expect(await page.getByRole("heading", { name: "Save and look" }).evaluate((h) => h === document.activeElement)).toBe(true); // what came of it is in sight
  await look("preview");
});

test("it is run, its rows and its chart are seen, and a file is taken away", async () => {
  await page.getByRole("link", { name: "Go to the view" }).click();
  await page.getByRole("heading", { name: /Allergies of my list/, level: 1 }).waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  await look("view");
  await choose(page, "Over the people of", "People with allergies");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("region", { name: "Every row" }).locator("tbody tr").first().waitFor();
  await page.getByLabel("Count people by").selectOption("allergies_criticality");
  await page.getByRole("img", { name: /^People by allergies_criticality/ }).waitFor();
  await look("run");
  const csv = await save(page, "Download");
  const [head = "", ...lines] = csv.trim().split(/\r?\n/);
  expect(head).toMatch(/nhs_number,allergies,allergies_criticality,_coverage_allergies,_complete/);
  expect(lines).toHaveLength(await page.getByRole("region", { name: "Every row" }).locator("tbody tr").count());
  console.log(`from signing in to a chart and a file: ${Math.round((performance.now() - began) / 1000)} s`);
});

test("it is run over the people whom a search finds, and what was searched for stays nowhere", async () => {
  const { familyName, birthDate } = only(region.patients.find((p) => p.scenario === "everything"), "everything");
  const noneKnown = only(region.patients.find((p) => p.scenario === "none-known"), "none-known");
  await page.getByRole("link", { name: "Allergies of my list" }).click();
  await page.getByLabel("Over the people of").selectOption("People found by a search");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("alert").getByRole("link", { name: "Enter the family name" }).click();
  await page.keyboard.type(familyName);
  const [year = "", month = "", day = ""] = birthDate.split("-");
  await page.getByLabel("Day", { exact: true }).fill(day);
  await page.getByLabel("Month", { exact: true }).fill(month);
  await page.getByLabel("Year", { exact: true }).fill(year);
  await look("search");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("region", { name: "Every row" }).locator("tbody tr").first().waitFor();
  await page.getByText("people found by a search").waitFor();
  await look("search-run");
  expect(page.url()).not.toContain(familyName);
  expect(await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), history.state]))).not.toContain(familyName);

  await page.getByRole("link", { name: "Allergies of my list" }).click();
  await page.getByLabel("Over the people of").selectOption("People found by a search");
  await page.getByLabel("Search by").selectOption("NHS number");
  await page.getByRole("textbox", { name: "NHS number" }).fill(noneKnown.nhsNumber);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const row = page.getByRole("region", { name: "Every row" }).locator("tbody tr");
  await row.first().waitFor();
  expect(await row.first().innerText()).toContain("none known"); // somebody has said so: not only that nothing is recorded
  await look("none-known");
});

test("the picker is gone through by the keyboard alone", async () => {
  await toViews(page);
  await page.getByRole("link", { name: "New view" }).press("Enter");
  await page.getByRole("textbox", { name: "Title" }).press("End");
  await page.keyboard.type("By the keyboard");
  await page.getByRole("textbox", { name: "Find something to show" }).focus();
  await page.keyboard.type("problem count");
  await page.getByText("0 fields found").waitFor();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Tab"); // The first section
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Find something to show" }).focus();
  await page.keyboard.type("birth date");
  await page.getByText(/fields? found/).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const names = page.locator("[data-column]");
  expect(await names.count()).toBe(2);
  const second = (await names.nth(1).getAttribute("data-column")) ?? "";
  await page.getByRole("button", { name: `Move up ${second}` }).press("Enter");
  expect(await names.nth(0).getAttribute("data-column")).toBe(second);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(`Move up ${second}`); // what was moved keeps the focus
  await page.getByRole("button", { name: `Remove ${second}` }).press("Enter");
  expect(await names.count()).toBe(1);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Columns");
});

test("a system that does not answer is told, and no value is not none", async () => {
  const hospital = only(region.systems.find((s) => s.id === "hospital"), "hospital");
  await fail(hospital, "refused");
  try {
    await toViews(page);
    await page.getByRole("link", { name: "New view" }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("Procedures of my list");
    await page.getByRole("textbox", { name: "Find something to show" }).fill("procedures code.text");
    await page.getByRole("button", { name: "Add Procedures and therapies: What it is" }).click();
    await choose(page, "Look at it with the people of", "People with allergies");
    await page.getByRole("button", { name: "Save and preview" }).click();
    await page.getByRole("region", { name: "The first rows" }).getByText(/Procedures and therapies: not answered by Westmarch University Hospitals/).first().waitFor();
    const gaps = page.locator('tr[data-complete="false"]');
    expect(await gaps.count()).toBeGreaterThan(0);
    for (const text of await gaps.allInnerTexts()) expect(text).not.toMatch(/–|nothing recorded/);
    await look("incomplete");
  } finally {
    await heal(hospital);
  }
});

test("a view for service planning is designed by an analyst, approved by a privacy officer, and names nobody", async () => {
  // The demo has a list that is shared with the analysts of the hospital.
  const analyst = await visit(browser, region);
  const at = analyst.page;
  await signIn(at, named("analyst"), "Views");
  await at.getByRole("link", { name: "New view" }).click();
  await at.getByRole("textbox", { name: "Title" }).fill("Sexes and allergies");
  await at.getByText("A privacy officer has to approve this view before its first run.").waitFor();
  await at.getByRole("textbox", { name: "Find something to show" }).fill("name family");
  expect(await at.getByRole("button", { name: "Add Person demographics: Name, family" }).getAttribute("aria-disabled")).toBe("true");
  await look("secondary", at);
  await at.getByRole("textbox", { name: "Find something to show" }).fill("gender");
  await at.getByRole("button", { name: "Add Person demographics: Gender" }).click();
  await at.getByRole("button", { name: "Save the draft" }).click();
  await at.getByRole("link", { name: "Go to the view" }).click();
  await at.getByText("You cannot run it: it is not approved, or not any more.").waitFor();
  await at.getByRole("button", { name: "Ask for approval" }).click();
  await at.getByText("Approval is asked for.").waitFor();
  await look("submitted", at);

  const officer = await visit(browser, region);
  await signIn(officer.page, named("privacy-officer"), "Reviews");
  await toViews(officer.page);
  await officer.page.getByRole("heading", { name: "To approve" }).waitFor();
  await look("to-approve", officer.page);
  await officer.page.getByRole("link", { name: "Sexes and allergies" }).click();
  await officer.page.getByRole("button", { name: "Decide" }).click();
  await officer.page.getByLabel("Why").fill("Evaluation of the service");
  await look("decide", officer.page);
  await officer.page.getByRole("button", { name: "Approve", exact: true }).click();
  await officer.page.getByText("It is approved.").waitFor();
  await officer.page.getByText(/, until 01-/).waitFor();
  await look("approved", officer.page);

  await at.reload();
  await choose(at, "Over the people of", "Physical health checks");
  await at.getByRole("button", { name: "Run", exact: true }).click();
  await at.getByRole("region", { name: "Every row" }).locator("tbody tr").first().waitFor();
  await at.getByLabel("Count people by").selectOption({ index: 1 });
  await at.getByRole("img", { name: /^People by/ }).waitFor();
  await look("secondary-run", at);
  const csv = await save(at, "Download");
  for (const person of region.patients) if (person.nhsNumber !== "") expect(csv).not.toContain(person.nhsNumber);
  expect([...officer.trouble, ...analyst.trouble]).toEqual([]);
});
