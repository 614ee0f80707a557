import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, launch, picture, signIn, still, visit, type Visitor } from "./browser";
import { fail, heal, only, readRegion, type Region, type User } from "./region";

/* What the first walk of views leaves out: the chart that a view keeps, a view that is written, and a run that is ended. */

let region: Region;
let browser: Browser;
let visitor: Visitor;
let page: Page;

const named = (username: string): User => only(region.users.find((u) => u.username === username), username);
const title = "People for charts";

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

/** Nothing that axe finds, and no page wider than its window: at a desk and on a telephone, light and dark. */
async function look(name: string, at: Page = page): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await at.emulateMedia({ colorScheme: scheme });
    for (const width of [1366, 360]) {
      await at.setViewportSize({ width, height: 900 });
      await at.waitForFunction(() => document.querySelector(".pw-views__picture [role=status]") === null);
      await still(at);
      await accessible(at);
      expect(await at.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await picture(at, `views-${name}-${width}-${scheme}`, true);
    }
  }
  await at.emulateMedia({ colorScheme: "light" });
  await at.setViewportSize({ width: 1366, height: 900 });
}

async function toViews(at: Page): Promise<void> {
  await at.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Views", exact: true }).click();
}

async function keepList(at: Page, numbers: readonly string[]): Promise<void> {
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

async function choose(at: Page, label: string, words = title): Promise<void> {
  const select = at.getByLabel(label);
  await select.locator("option", { hasText: words }).first().waitFor({ state: "attached" });
  await select.selectOption((await select.locator("option", { hasText: words }).first().getAttribute("value")) ?? "");
}

/** The marks that are drawn, by their colours. */
const drawnIn = (at: Page) => at.locator('.pw-views__picture [role="img"] svg path[fill^="var(--chart-"]');

test("a chart is designed by choices, and is drawn of made-up values before anything was run", async () => {
  await signIn(page, named("practice-nurse")); // the GP has no view yet in the other walk
  await keepList(page, region.patients.filter((p) => p.systems.length > 1 && p.scenario !== undefined).slice(0, 8).map((p) => p.nhsNumber));
  await toViews(page);
  await page.getByRole("link", { name: "New view" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Allergies in a chart");
  await page.getByText("Pick the columns first: a chart is drawn of them.").waitFor();
  await page.getByRole("textbox", { name: "Find something to show" }).fill("allergies code text");
  await page.getByRole("button", { name: "Add Allergies and adverse reactions: What it is" }).click();
  await page.getByRole("textbox", { name: "Find something to show" }).fill("criticality");
  await page.getByRole("button", { name: "Add Allergies and adverse reactions: Criticality" }).click();
  await page.getByRole("textbox", { name: "Find something to show" }).fill("");
  await page.getByLabel("Kind of chart").selectOption("bar");
  await page.getByLabel("Colours").selectOption("allergies_criticality");
  await page.getByText("Made-up values: this is how it will look").waitFor();
  await drawnIn(page).first().waitFor();
  await page.getByRole("textbox", { name: "Name" }).first().fill("allergen"); // the chart goes with its column
  expect(await page.getByLabel("Along the bottom").inputValue()).toBe("allergen");
  await look("chart-design");
});

test("what may not be drawn is said, here and by the server", async () => {
  await page.getByText("Written as Vega-Lite").click();
  const box = page.getByRole("textbox", { name: "Vega-Lite" });
  const good = await box.inputValue();
  await box.fill('{"data": {"url": "https://evil.example/x.json"}, "mark": "bar", "encoding": {}}');
  await page.getByText("`data` cannot be kept: a chart loads nothing, runs nothing").waitFor();
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.getByRole("alert").getByRole("link", { name: /`data` cannot be kept/ }).click();
  expect(await page.getByLabel("Kind of chart").evaluate((e) => e === document.activeElement)).toBe(true);
  await look("chart-refused");
  const answer = await page.evaluate(async () => {
    const view = { title: "By the API", purpose: "TREAT", columns: [{ name: "a", section: "patient", field: "id" }], chart: '{"mark":{"type":"image","url":"https://evil.example/x.png"},"encoding":{}}' };
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Patchwork-Request": "1" },
      body: JSON.stringify({ query: "mutation M($view: ViewInput!) { saveView(view: $view) { id } }", variables: { view } }),
    });
    return response.text();
  });
  expect(answer).toContain("BAD_INPUT");
  expect(answer).toContain("The chart: ");
  await box.fill(good);
});

test("it is drawn of the rows, with the same numbers as a table, and on paper", async () => {
  await choose(page, "Look at it with the people of");
  await page.getByRole("button", { name: "Save and preview" }).click();
  await page.getByRole("heading", { name: "Chart of this view" }).waitFor();
  await page.getByRole("link", { name: "See every row, the chart and the files" }).click();
  await page.getByRole("region", { name: "Every row" }).locator("tbody tr").first().waitFor();
  const chart = page.getByRole("img", { name: /^Chart of this view\. By allergen, Rows and allergies_criticality:/ });
  await chart.waitFor();
  expect(await drawnIn(page).count()).toBeGreaterThan(2);
  // As many rows as are drawn stand in the table of rows.
  const same = page.locator(".pw-views__same");
  if ((await same.getAttribute("open")) === null) await same.locator("summary").click();
  const numbers = await same.locator("tbody tr td:nth-child(2)").allInnerTexts();
  const rows = await page.getByRole("region", { name: "Every row" }).locator("tbody tr").count();
  expect(numbers.map(Number).reduce((a, b) => a + b, 0)).toBe(rows);
  await look("chart-run");
  await page.emulateMedia({ media: "print" });
  await picture(page, "views-chart-print", true);
  await page.emulateMedia({ media: "screen", forcedColors: "active" });
  await picture(page, "views-chart-forced", true);
  await page.emulateMedia({ media: null, forcedColors: null });
});

test("the choices are there again when the view is changed", async () => {
  await page.getByRole("link", { name: "Allergies in a chart" }).click();
  await page.getByText("The chart that it keeps").click();
  await look("chart-view");
  await page.getByRole("link", { name: "Change it" }).click();
  await page.getByLabel("Kind of chart").waitFor();
  expect(await page.getByLabel("Kind of chart").inputValue()).toBe("bar");
  expect(await page.getByLabel("Colours").inputValue()).toBe("allergies_criticality");
});

test("a view is written as a ViewDefinition", async () => {
  await toViews(page);
  await page.getByRole("link", { name: "New view" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Conditions, written");
  await page.getByText("Advanced: write a ViewDefinition").click();
  await page.getByRole("textbox", { name: "ViewDefinition" }).fill("no JSON");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Enter a ViewDefinition as JSON" }).click();
  await look("written-wrong");
  const definition = (resource: string) =>
    JSON.stringify({ resourceType: "ViewDefinition", resource, status: "draft", select: [{ column: [{ name: "id", path: "id" }, { name: "what", path: "code.coding.first().display" }, { name: "state", path: "clinicalStatus.coding.first().code" }] }] }, null, 2);
  await page.getByRole("textbox", { name: "ViewDefinition" }).fill(definition("Conditions"));
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.getByRole("alert").getByText(/This region has no resource Conditions/).waitFor();
  await look("written-refused");
  await page.getByRole("textbox", { name: "ViewDefinition" }).fill(definition("Condition"));
  await page.getByLabel("Kind of chart").selectOption("bar");
  await page.getByLabel("Along the bottom").selectOption("state");
  await choose(page, "Look at it with the people of");
  await page.getByRole("button", { name: "Save and preview" }).click();
  await page.getByRole("region", { name: "The first rows" }).locator("tbody tr").first().waitFor();
  await page.getByRole("heading", { name: "Chart of this view" }).waitFor();
  await look("written");
  await page.getByRole("link", { name: "Go to the view" }).click();
  await page.getByText("It was written as a ViewDefinition.").waitFor();
  await page.getByText("The definition", { exact: true }).click();
  await look("written-view");
});

test("a view over the person is written with a selection", async () => {
  await toViews(page);
  await page.getByRole("link", { name: "New view" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Allergies, written");
  await page.getByText("Advanced: write a ViewDefinition").click();
  await page
    .getByRole("textbox", { name: "ViewDefinition" })
    .fill('{"resourceType":"ViewDefinition","resource":"Person","status":"draft","select":[{"column":[{"name":"nhs_number","path":"nhsNumber"}]},{"forEachOrNull":"allergies.entries","column":[{"name":"allergen","path":"code.text"}]}]}');
  await page.getByRole("textbox", { name: /^Selection/ }).fill("nhsNumber allergies { entries { code { text } } }");
  await choose(page, "Look at it with the people of");
  await page.getByRole("button", { name: "Save and preview" }).click();
  const rows = page.getByRole("region", { name: "The first rows" });
  await rows.locator("tbody tr").first().waitFor();
  expect(await rows.locator("thead th").allInnerTexts()).toEqual(["nhs_number", "allergen", "Is it all?"]);
});

test("a run is ended while it goes on", async () => {
  const hospital = only(region.systems.find((s) => s.id === "hospital"), "hospital");
  await fail(hospital, "slow", { delay: "30s" });
  try {
    await toViews(page);
    await page.getByRole("link", { name: "New view" }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("A run to be ended");
    await page.getByRole("textbox", { name: "Find something to show" }).fill("procedures code.text");
    await page.getByRole("button", { name: "Add Procedures and therapies: What it is" }).click();
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByRole("link", { name: "Go to the view" }).click();
    await choose(page, "Over the people of");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("button", { name: "Cancel the run" }).waitFor();
    await look("run-going");
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await page.getByText("You cancelled this run; its rows are gone.").waitFor();
    await look("run-cancelled");
    await page.getByRole("link", { name: "Go to the view" }).click();
    await page.getByRole("link", { name: /cancelled/ }).waitFor();
  } finally {
    await heal(hospital);
  }
});

test("for service planning the chart is of counts, in which small numbers are held back", async () => {
  const analyst = await visit(browser, region);
  const at = analyst.page;
  await signIn(at, named("analyst"), "Views");
  await at.getByRole("link", { name: "New view" }).click();
  await at.getByRole("textbox", { name: "Title" }).fill("Sexes in a chart");
  await at.getByRole("textbox", { name: "Find something to show" }).fill("gender");
  await at.getByRole("button", { name: "Add Person demographics: Gender" }).click();
  await at.getByLabel("Kind of chart").selectOption("bar");
  expect(await at.getByLabel("Upwards").locator("option").allInnerTexts()).toEqual(["How many people"]);
  await drawnIn(at).first().waitFor();
  await look("chart-secondary-design", at);
  await at.getByRole("button", { name: "Save the draft" }).click();
  await at.getByRole("link", { name: "Go to the view" }).click();
  await at.getByRole("button", { name: "Ask for approval" }).click();
  await at.getByText("Approval is asked for.").waitFor();
  const officer = await visit(browser, region);
  await signIn(officer.page, named("privacy-officer"), "Reviews");
  await toViews(officer.page);
  await officer.page.getByRole("link", { name: "Sexes in a chart" }).click();
  await officer.page.getByText("The chart that it keeps").click();
  await officer.page.getByText('"aggregate": "count"').waitFor();
  await officer.page.getByRole("button", { name: "Decide" }).click();
  await officer.page.getByLabel("Why").fill("Evaluation of the service");
  await officer.page.getByRole("button", { name: "Approve", exact: true }).click();
  await officer.page.getByText("It is approved.").waitFor();
  await at.reload();
  await choose(at, "Over the people of", "Physical health checks");
  await at.getByRole("button", { name: "Run", exact: true }).click();
  await at.getByRole("img", { name: /^Chart of this view\. By demographics_gender and People/ }).waitFor();
  await look("chart-secondary", at);
  expect([...officer.trouble, ...analyst.trouble]).toEqual([]);
});
