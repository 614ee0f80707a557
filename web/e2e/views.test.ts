import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, launch, picture, signIn, visit, type Visitor } from "./browser";
import { only, readRegion, type Region, type User } from "./region";

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

/** A list of people of whom some are held by many systems. */
async function keepList(at: Page, title: string, numbers: readonly string[]): Promise<void> {
  await at.getByRole("link", { name: "Lists" }).click();
  await at.getByRole("link", { name: "Make a list" }).click();
  await at.getByRole("textbox", { name: "Title" }).fill(title);
  await at.getByRole("button", { name: "Make the list" }).click();
  await at.getByRole("link", { name: "Add people" }).click();
  await at.getByRole("textbox", { name: "NHS numbers" }).fill(numbers.join("\n"));
  await at.getByRole("button", { name: "Show what is understood" }).click();
  await at.getByRole("button", { name: new RegExp(`Add ${numbers.length} people`) }).click();
  await at.getByText(`${numbers.length} people are added.`).waitFor();
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
  await page.getByRole("link", { name: "Views" }).click();
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
  await page.getByLabel("Look at it with the people of").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Save and preview" }).click();
  await page.getByRole("link", { name: "See every row, the chart and the files" }).waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/views\/[\w-]+\/edit$/);
  await look("preview");
});

test("it is run, its rows and its chart are seen, and a file is taken away", async () => {
  await page.getByRole("link", { name: "Go to the view" }).click();
  await page.getByRole("heading", { name: /Allergies of my list/, level: 1 }).waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  await look("view");
  await page.getByLabel("Over the people of").selectOption({ index: 1 });
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
