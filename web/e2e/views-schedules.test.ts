import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, launch, picture, signIn, visit, type Visitor } from "./browser";
import { fail, heal, only, readRegion, type Person, type Region, type User } from "./region";

/* A view that is repeated: who comes to a list is new, and its owner is told; what a system does not answer is not. */

let region: Region;
let browser: Browser;
let visitor: Visitor;
let page: Page;
let people: readonly Person[];

const named = (username: string): User => only(region.users.find((u) => u.username === username), username);
const list = "My ward";

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
  visitor = await visit(browser, region);
  page = visitor.page;
  people = region.patients.filter((p) => p.systems.includes("hospital") && p.systems.length > 1 && p.scenario !== undefined && p.nhsNumber !== "").slice(0, 3);
});
afterAll(async () => {
  expect(visitor.trouble).toEqual([]);
  await browser.close();
});

/** Nothing that axe finds, and no page wider than its window, at a desk and on a telephone. */
async function look(name: string): Promise<void> {
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await accessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await picture(page, `views-repeated-${name}-${width}`);
  }
  await page.setViewportSize({ width: 1366, height: 900 });
}

const main = () => page.getByRole("navigation", { name: "Main" });

async function toViews(): Promise<void> {
  await main().getByRole("link", { name: /^Views/ }).click();
  await page.getByRole("heading", { name: "Views", level: 1 }).waitFor();
}

async function addToList(numbers: readonly string[]): Promise<void> {
  await page.getByRole("link", { name: "Add people" }).click();
  await page.getByRole("textbox", { name: "NHS numbers" }).fill(numbers.join("\n"));
  await page.getByRole("button", { name: "Show what is understood" }).click();
  await page.getByRole("button", { name: /^Add \d+ (person|people)$/ }).click();
  await page.getByText(/^\d+ (person is|people are) added\./).waitFor();
}

/** Runs what is repeated now, and waits for what is new. */
async function runNow(): Promise<void> {
  await toViews();
  await page.getByRole("button", { name: "Run now Allergies on my ward" }).click();
  await page.getByRole("heading", { name: "Allergies on my ward", level: 1 }).waitFor();
  await page.getByText(/^Since \d\d-\w\w\w-\d{4} /).waitFor();
}

/** Runs it in another window, as its time would. */
async function runElsewhere(schedule: string): Promise<void> {
  const { token } = named("gp");
  const query = "mutation($id: ID!) { runViewScheduleNow(id: $id) { state } }";
  const answer = await fetch(`${region.url}/graphql`, { method: "POST", headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables: { id: schedule } }) });
  expect(await answer.text()).toContain('"state"');
}

test("a view of a list is run, and repeated from there", async () => {
  await signIn(page, named("gp"));
  await main().getByRole("link", { name: "Lists" }).click();
  await page.getByRole("link", { name: "Make a list" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill(list);
  await page.getByRole("button", { name: "Make the list" }).click();
  await addToList(people.slice(0, 2).map((p) => p.nhsNumber));
  await toViews();
  await page.getByText("None is. A run of a view").waitFor();
  await page.getByRole("link", { name: "New view" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Allergies on my ward");
  await page.getByRole("textbox", { name: "Find something to show" }).fill("nhs number");
  await page.getByRole("button", { name: "Add The person: NHS number" }).click();
  await page.getByRole("textbox", { name: "Find something to show" }).fill("allergies code text");
  await page.getByRole("button", { name: "Add Allergies and adverse reactions: What it is" }).click();
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.getByRole("link", { name: "Go to the view" }).click();
  const select = page.getByLabel("Over the people of");
  await select.selectOption((await select.locator("option", { hasText: list }).first().getAttribute("value")) ?? "");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("region", { name: "Every row" }).locator("tbody tr").first().waitFor();
  await page.getByRole("button", { name: "Repeat this view" }).press("Enter");
  const form = page.getByRole("form", { name: "Repeat this view" });
  await form.getByLabel("How often").selectOption("WEEKLY");
  await form.getByLabel("On", { exact: true }).selectOption("FRIDAY");
  await look("form");
  await form.getByLabel("Year").fill("2099");
  await form.getByRole("button", { name: "Repeat it" }).click();
  await page.getByRole("alert").getByText(/within 90 days/).waitFor();
  const month = new Date(Date.now() + 30 * 86_400_000);
  await form.getByLabel("Year").fill(String(month.getFullYear()));
  await form.getByRole("button", { name: "Repeat it" }).press("Enter");
  await page.getByText("It is repeated until").waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Repeat this view");
  await page.getByRole("link", { name: "Your views" }).click();
  await page.getByText("Every Friday at 06:00, over My ward").waitFor();
});

test("its first run, which is begun by itself, is what the next is compared with", async () => {
  await expect
    .poll(async () => {
      await page.reload();
      return page.locator("[data-schedule]").innerText();
    }, { timeout: 30_000, interval: 500 })
    .toMatch(/Last run: .*: \d+ rows/);
  await look("schedules");
  await runNow();
  await page.getByText(/no row is new, changed or gone\.$/).waitFor();
  expect(await main().locator("[data-told]").count()).toBe(0);
});

test("who comes to the list is new, and the number beside Views says so", async () => {
  await main().getByRole("link", { name: "Lists" }).click();
  await page.getByRole("link", { name: list }).click();
  await addToList(people.slice(2).map((p) => p.nhsNumber));
  await runNow();
  await page.getByText(/^Since .* rows? (is|are) new\.$/).waitFor();
  await page.getByText("1 person came to the list.").waitFor();
  const rows = page.getByRole("region", { name: "Every row" }).locator("tbody tr");
  const fresh = await rows.filter({ hasText: /^New/ }).allInnerTexts();
  expect(fresh.length).toBeGreaterThan(0);
  for (const text of fresh) expect(text).toContain(people[2]?.nhsNumber);
  expect(await rows.filter({ hasText: /^As before/ }).count()).toBe((await rows.count()) - fresh.length);
  await look("new");
});

test("a number beside Views tells what was found meanwhile, and leads to the rows that are new", async () => {
  await main().getByRole("link", { name: "Lists" }).click();
  await page.getByRole("link", { name: list }).click();
  const another = only(region.patients.find((p) => p.scenario !== undefined && p.nhsNumber !== "" && !people.includes(p)), "somebody else");
  await addToList([another.nhsNumber]);
  await toViews();
  await runElsewhere((await page.locator("[data-schedule]").getAttribute("data-schedule")) ?? "");
  await expect
    .poll(
      async () => {
        await page.reload();
        await page.getByRole("heading", { name: "What repeated views have found" }).waitFor();
        return page.locator('[data-notice][data-read="false"]').count();
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(1);
  expect(await main().locator("[data-told]").innerText()).toMatch(/^1/);
  await look("notices");
  await page.locator('[data-read="false"]').getByRole("link").click();
  const fresh = page.getByRole("region", { name: "Rows that were looked for" }).locator("tbody tr");
  await fresh.first().waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/views\/runs\/[\w-]+\/changes$/);
  expect(await page.getByLabel("Only rows that are new or changed").isChecked()).toBe(true);
  for (const text of await fresh.allInnerTexts()) {
    expect(text).toMatch(/^New/);
    expect(text).toContain(another.nhsNumber);
  }
  await look("only-new");
  await main().locator("[data-told]").waitFor({ state: "detached" }); // it is read
  await page.getByLabel("Only rows that are new or changed").press("Space");
  await page.getByRole("region", { name: "Every row" }).waitFor();
  await toViews();
  await page.getByRole("heading", { name: "What repeated views have found" }).waitFor();
  expect(await page.locator('[data-notice][data-read="false"]').count()).toBe(0);
});

test("what a system does not answer is not gone, and not new when it answers again", async () => {
  const hospital = only(region.systems.find((s) => s.id === "hospital"), "hospital");
  const gp = only(region.systems.find((s) => s.id === "gp"), "gp");
  await fail(hospital, "refused");
  await fail(gp, "refused");
  try {
    await expect
      .poll(
        async () => {
          await runNow();
          return page.locator("main").innerText();
        },
        { timeout: 60_000, interval: 3000 }, // what was read a moment ago is remembered for some seconds
      )
      .toMatch(/nothing is known to be new, changed or gone\.[^]*Of \d+ rows? it cannot be told/);
    await look("unknown");
  } finally {
    await heal(hospital);
    await heal(gp);
  }
  await expect
    .poll(
      async () => {
        await runNow();
        return page.locator("main").innerText();
      },
      { timeout: 60_000, interval: 3000 },
    )
    .toMatch(/no row is new, changed or gone\./);
});

test("it is changed and ended", async () => {
  await toViews();
  await page.getByRole("button", { name: "Change Allergies on my ward" }).click();
  const form = page.getByRole("form", { name: "Change how it is repeated" });
  await form.getByLabel("How often").selectOption("HOURLY");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByText("Every hour, over My ward").waitFor();
  await page.getByRole("button", { name: "End Allergies on my ward" }).press("Enter");
  await page.getByRole("button", { name: "Yes, end it Allergies on my ward" }).press("Enter");
  await page.getByText("Allergies on my ward is repeated no more.").waitFor();
  await page.getByText("None is. A run of a view").waitFor();
  await look("ended");
});
