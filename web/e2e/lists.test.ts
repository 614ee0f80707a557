import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, signIn, visit, type Visitor } from "./browser";
import { only, type Person, readRegion, type Region, type User } from "./region";

/* Two people of one practice keep a list together, each in a browser of their own. */

let region: Region;
let browser: Browser;
let first: Visitor;
let second: Visitor;
let page: Page;
let other: Page;
let people: readonly Person[];
let address = "";

const named = (username: string): User => only(region.users.find((u) => u.username === username), username);

beforeAll(async () => {
  region = readRegion();
  people = region.patients.filter((p) => p.systems.length > 1).slice(0, 8);
  browser = await launch();
  first = await visit(browser, region);
  second = await visit(browser, region);
  page = first.page;
  other = second.page;
  await signIn(page, named("gp"));
  await signIn(other, named("practice-nurse"));
});
afterAll(async () => {
  expect([...first.trouble, ...second.trouble]).toEqual([]);
  await browser.close();
});

async function look(name: string, at: Page = page): Promise<void> {
  await accessible(at);
  await picture(at, `lists-${name}`);
  await at.setViewportSize({ width: 320, height: 640 });
  expect(await at.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await accessible(at);
  await picture(at, `lists-${name}-320`);
  await at.setViewportSize({ width: 1360, height: 900 });
}

const news = (at: Page) => at.locator("[data-news]");
const order = (at: Page) => at.locator("tr[data-person]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-person")));
/** Waits until no cell waits for a system. */
async function settled(at: Page): Promise<void> {
  await at.locator("tr[data-person]").first().waitFor();
  await at.waitForFunction(() => document.querySelectorAll('td[data-verdict="LOADING"], td[data-verdict="PENDING"]').length === 0 && !document.body.innerText.includes("Waiting for "));
}

/** The milliseconds from an act in one browser until the other shows what came of it. */
async function seenAfter(act: () => Promise<unknown>, shows: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  const shown = shows().then(() => performance.now() - began);
  await act();
  return shown;
}

test("without a list the page says so, and one is made", async () => {
  // Whoever has been here can be shared with.
  await other.getByRole("link", { name: "Lists" }).click();
  await other.getByText("No list is shared with you.").waitFor();
  await page.getByRole("link", { name: "Lists" }).click();
  await page.getByText("You have no list of your own yet.").waitFor();
  await look("none");
  await page.getByRole("link", { name: "Make a list" }).click();
  await page.getByRole("button", { name: "Make the list" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Enter a title" }).click();
  await look("no-title");
  await page.keyboard.type("Winter ward round");
  await page.getByLabel("Description").fill("People whom we call in the first cold week");
  await look("new");
  await page.getByRole("button", { name: "Make the list" }).click();
  await page.getByRole("heading", { name: "Winter ward round", level: 1 }).waitFor();
  await page.getByText("Nobody is on this list yet.").waitFor();
  address = new URL(page.url()).pathname;
  expect(address).toMatch(/^\/lists\/[\w-]+$/);
  await look("empty");
});

test("numbers are pasted, and nobody is added before it is shown who they are", async () => {
  await page.getByRole("link", { name: "Add people" }).click();
  const [one, two, three] = people;
  await page.getByRole("textbox", { name: "NHS numbers" }).fill(`Bed 1: ${one?.nhsNumber.replace(/(...)(...)/, "$1 $2 ") ?? ""}\n${two?.nhsNumber ?? ""}; ${two?.nhsNumber ?? ""}\n1234567890\n${three?.nhsNumber ?? ""}`);
  await page.getByRole("button", { name: "Show what is understood" }).click();
  await page.getByRole("heading", { name: /3 NHS numbers understood, 3 people found/ }).waitFor();
  await page.getByText(/^Line 3:/).waitFor();
  await look("understood");
  await page.getByRole("button", { name: "Add 3 people" }).click();
  await page.getByText("3 people are added.").waitFor();
  await look("added");
  await page.getByRole("textbox", { name: "NHS number", exact: true }).fill(people[3]?.nhsNumber ?? "");
  await page.getByRole("button", { name: "Add to the list" }).click();
  await page.getByText("1 person is added.").waitFor();
  await page.getByRole("link", { name: "Back to the list" }).click();
  await settled(page);
  expect(await order(page)).toHaveLength(4);
  for (const title of ["Alerts", "Allergies", "Latest NEWS2", "Next appointment", "Last contact", "Problems"]) await page.getByRole("columnheader", { name: title }).waitFor();
  await look("people");
  await page.setViewportSize({ width: 320, height: 1400 });
  await page.locator("tr[data-person]").first().scrollIntoViewIfNeeded();
  await picture(page, "lists-rows-320");
  await page.setViewportSize({ width: 1360, height: 900 });
});

test("columns are chosen", async () => {
  await page.getByRole("button", { name: "Choose columns" }).click();
  await page.getByRole("button", { name: "Remove Problems" }).click();
  await page.getByRole("button", { name: "Move up Last contact" }).click();
  await page.getByText("Add another column").click();
  await page.getByLabel("Of which section").selectOption({ label: "Medications and medical devices" });
  await page.getByLabel("What of it").selectOption({ label: "How many entries" });
  await page.getByLabel("What to call it").fill("Medicines");
  await look("columns");
  await page.getByRole("button", { name: "Add this column" }).click();
  await page.getByRole("button", { name: "Save the columns" }).click();
  await news(page).getByText("The columns are changed.").waitFor();
  await settled(page);
  const titles = await page.getByRole("columnheader").allInnerTexts();
  expect(titles).toEqual(["Person", "Alerts", "Allergies", "Latest NEWS2", "Last contact", "Next appointment", "Medicines"]);
  await look("chosen");
});

test("it is shared, and is there for the other without a reload", async () => {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByText("Nobody yet.").waitFor();
  await page.getByRole("button", { name: "Share the list" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Find and choose with whom to share it" }).click();
  await page.keyboard.type("Evans");
  await page.keyboard.press("Enter");
  await page.getByLabel(/^Rhys Evans/).check();
  await page.getByLabel("Change it").check();
  await look("sharing");
  const after = await seenAfter(
    () => page.getByRole("button", { name: "Share the list" }).click(),
    () => other.getByRole("link", { name: "Winter ward round" }).waitFor(),
  );
  console.log(`a list that is shared appears after ${Math.round(after)} ms`);
  expect(after).toBeLessThan(2000);
  await page.getByText("May change · shared by Dr Amara Okafor").waitFor();
  await look("shared");
  await page.getByRole("button", { name: "Close" }).click();
  await look("shared-with-me", other);
});

test("each sees the other's change within a second, and loses nothing they type", async () => {
  await other.getByRole("link", { name: "Winter ward round" }).click();
  await settled(other);
  await other.getByText("Changes of others appear here as they happen.").waitFor();
  const times: number[] = [];
  const newest = people[4];

  // The nurse types; the doctor adds somebody.
  await other.getByRole("button", { name: "Change title or description" }).click();
  const title = other.getByRole("textbox", { name: "Title" });
  await title.fill("Winter round");
  const adder = await first.context.newPage();
  await adder.goto(`${address}/add`);
  await adder.getByRole("textbox", { name: "NHS number", exact: true }).fill(newest?.nhsNumber ?? "");
  times.push(
    await seenAfter(
      () => adder.getByRole("button", { name: "Add to the list" }).click(),
      () => other.waitForFunction(() => document.querySelectorAll("tr[data-person]").length === 5),
    ),
  );
  expect(await title.inputValue()).toBe("Winter round");
  expect(await title.evaluate((e) => e === document.activeElement)).toBe(true);
  await news(other).getByText("Dr Amara Okafor: 1 person added.").waitFor();
  await page.waitForFunction(() => document.querySelectorAll("tr[data-person]").length === 5);
  await adder.close();

  // The nurse saves; the doctor sees the title.
  times.push(
    await seenAfter(
      () => other.getByRole("button", { name: "Save", exact: true }).click(),
      () => page.getByRole("heading", { name: "Winter round", level: 1 }).waitFor(),
    ),
  );
  await look("with-news", other);

  // The doctor moves the last to the top; the nurse sees the order.
  await page.getByRole("button", { name: "Change order or remove" }).click();
  const before = await order(page);
  const last = before.at(-1) ?? "";
  const top = page.locator(`[id="move-top-${last}"]`);
  await look("arranging");
  times.push(
    await seenAfter(
      () => top.press("Enter"),
      () => other.waitForFunction((id) => document.querySelector("tr[data-person]")?.getAttribute("data-person") === id, last),
    ),
  );
  await news(page).getByText(/is moved to the top/).waitFor();
  await page.waitForFunction((id) => document.querySelector("tr[data-person]")?.getAttribute("data-person") === id, last);
  expect(await top.evaluate((e) => e === document.activeElement)).toBe(true);
  await page.locator(`[id="move-down-${last}"]`).press("Enter");
  await page.waitForFunction((id) => document.querySelectorAll("tr[data-person]")[1]?.getAttribute("data-person") === id, last);
  expect(await order(page)).toEqual([before[0], last, ...before.slice(1, -1)]);

  console.log(`changes appear in the other browser after ${times.map((t) => Math.round(t)).join(", ")} ms`);
  for (const time of times) expect(time).toBeLessThan(1000);
});

test("who was faster is shown, and what was typed stays", async () => {
  await page.getByRole("button", { name: "Change title or description" }).click();
  await other.getByRole("button", { name: "Change title or description" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Cold week");
  await other.getByRole("textbox", { name: "Title" }).fill("First frost");
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { name: "First frost", level: 1, includeHidden: true }).waitFor({ state: "attached" });
  expect(await page.getByRole("textbox", { name: "Title" }).inputValue()).toBe("Cold week");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText(/Somebody changed it meanwhile: Rhys Evans\. The title is now “First frost”/).waitFor();
  expect(await page.getByRole("textbox", { name: "Title" }).inputValue()).toBe("Cold week");
  await look("conflict");
  await page.getByRole("button", { name: "Take theirs" }).click();
  expect(await page.getByRole("textbox", { name: "Title" }).inputValue()).toBe("First frost");
  await page.getByRole("button", { name: "Cancel" }).click();
});

test("somebody is taken off, and the history says what was done without saying of whom", async () => {
  const gone = people[0];
  const row = page.locator("tr[data-person]").filter({ hasText: gone?.familyName ?? "" }).first();
  const left = (await order(page)).length - 1;
  await row.getByRole("button", { name: /^Remove/ }).click();
  await page.waitForFunction((n) => document.querySelectorAll("tr[data-person]").length === n, left);
  await other.waitForFunction((n) => document.querySelectorAll("tr[data-person]").length === n, left);
  await page.getByRole("button", { name: "History" }).click();
  await page.getByText("1 person taken off").waitFor();
  const said = await page.getByRole("dialog").innerText();
  for (const person of people) expect(said.toLowerCase()).not.toContain(person.familyName.toLowerCase());
  await look("history");
  await page.getByRole("button", { name: "Close" }).click();
});

test("a person is put onto a list from their record and from a search", async () => {
  const person = people[5];
  await openByNumber(page, person?.nhsNumber ?? "");
  await page.getByRole("button", { name: /^Add to a list/ }).click();
  await page.getByLabel("List", { exact: true }).selectOption({ label: "First frost" });
  await look("from-record");
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("First frost: 1 person is added.").waitFor();
  await other.waitForFunction(() => document.querySelectorAll("tr[data-person]").length === 5);

  const found = people[6];
  const [year, month, day] = (found?.birthDate ?? "").split("-").map(Number);
  await page.getByRole("link", { name: "Find a patient" }).click();
  await page.getByRole("textbox", { name: "family name and date of birth" }).fill(`${found?.familyName ?? ""} ${day ?? ""}/${month ?? ""}/${year ?? ""}`);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Add to a list/ }).first().click();
  await page.getByLabel("List", { exact: true }).selectOption({ label: "First frost" });
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("First frost: 1 person is added.").waitFor();
  await other.waitForFunction(() => document.querySelectorAll("tr[data-person]").length === 6);
});

test("a team is made, and lists can be copied", async () => {
  await page.goto("/teams");
  await page.getByLabel("Name of the team").fill("Cold weather team");
  await page.getByRole("button", { name: "Make the team" }).click();
  await page.getByRole("heading", { name: "Cold weather team" }).waitFor();
  await page.getByText("Add people or rename").click();
  await page.getByLabel("Name of a person").fill("Evans");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByLabel(/^Rhys Evans/).check();
  await look("team");
  await page.getByRole("button", { name: "Add to the team" }).click();
  await page.getByText("Rhys Evans belongs to the team Cold weather team.").waitFor();
  await page.goto("/lists/new");
  await page.getByRole("textbox", { name: "Title" }).fill("A copy");
  await page.getByRole("button", { name: "Make the list" }).click();
  await page.getByRole("link", { name: "Add people" }).click();
  await page.getByLabel("List", { exact: true }).selectOption({ label: "First frost (6 people)" });
  await page.getByRole("button", { name: "Add everybody of it" }).click();
  await page.getByText("6 people are added.").waitFor();
});

test("a ward of a system is a team list, read live", async () => {
  await page.goto("/lists/new");
  await page.getByRole("textbox", { name: "Title" }).fill("Our caseload");
  await page.getByLabel("A team list").check();
  const choice = page.getByLabel("Ward, clinic or caseload");
  await choice.waitFor();
  await look("rosters");
  const choices = await choice.locator("option").allInnerTexts();
  console.log(`team lists on offer: ${choices.slice(1).join("; ")}`);
  expect(choices.length).toBeGreaterThan(1);
  await choice.selectOption({ index: 1 });
  await page.getByRole("button", { name: "Make the list" }).click();
  await page.getByRole("heading", { name: "Our caseload", level: 1 }).waitFor();
  await page.getByText(/Read live/).waitFor();
  await page.locator("tr[data-person], main :text('Nobody is there'), main :text('not shown'), main :text('not visible')").first().waitFor();
  await look("team-list");
});

test("a list is put away for everybody, and comes back", async () => {
  await page.goto(address);
  await settled(page);
  await page.getByRole("button", { name: "Archive" }).click();
  await look("archiving");
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await news(page).getByText("The list is archived.").waitFor();
  await page.getByRole("link", { name: "Lists" }).first().click();
  await page.getByRole("button", { name: "Archived lists" }).click();
  await page.getByRole("link", { name: "First frost" }).waitFor();
  await look("archived");
  await page.getByRole("link", { name: "First frost" }).click();
  await page.getByRole("button", { name: "Bring back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Bring back" }).click();
  await news(page).getByText("The list is back.").waitFor();
});

test("what is taken back is gone from the other's page at once", async () => {
  await other.goto(address);
  await settled(other);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const after = await seenAfter(
    () => page.getByRole("button", { name: /^Take back/ }).click(),
    () => other.getByRole("heading", { name: "This list cannot be opened" }).waitFor(),
  );
  console.log(`what is taken back is gone after ${Math.round(after)} ms`);
  expect(after).toBeLessThan(2000);
  expect(await other.locator("tr[data-person]").count()).toBe(0);
  await look("taken-back", other);
  await page.getByRole("button", { name: "Close" }).click();
});

test("a list of fifty people is painted at once, with what has answered", async () => {
  // Everybody pastes; the page is what is measured.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Lists" }).click();
  await page.getByRole("link", { name: "Make a list" }).click();
  await page.getByLabel("Title").fill("Everybody");
  await page.getByRole("button", { name: "Make the list" }).click();
  await page.getByRole("heading", { name: "Everybody", level: 1 }).waitFor();
  const place = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Add people" }).click();
    await page.getByRole("textbox", { name: "NHS numbers" }).fill(region.patients.slice(0, 50).map((p) => p.nhsNumber).join("\n"));
  await page.getByRole("button", { name: "Show what is understood" }).click();
  await page.getByRole("button", { name: /^Add \d+ people/ }).click();
  await page.getByText(/\d+ people are added\./).waitFor();
  await page.goto(place);
  await settled(page);
  const rows = await page.locator("tr[data-person]").count();
  const took: number[] = [];
  for (let i = 0; i < 5; i++) {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Lists" }).click();
    const link = page.getByRole("link", { name: "Everybody", exact: true });
    await link.waitFor();
    took.push(
      await link.evaluate(
        (a: HTMLAnchorElement, wanted) =>
          new Promise<number>((painted) => {
            const began = performance.now();
            const look = () => {
              if (document.querySelectorAll("tr[data-person]").length < wanted) requestAnimationFrame(look);
              else
                requestAnimationFrame(() => {
                  painted(performance.now() - began);
                });
            };
            a.click();
            look();
          }),
        rows,
      ),
    );
  }
  console.log(`${rows} people with six columns are painted after ${took.map((t) => Math.round(t)).join(", ")} ms`);
  await picture(page, "lists-fifty");
  expect(rows).toBeGreaterThanOrEqual(45);
  expect(Math.min(...took)).toBeLessThan(1000); // the aim is 300 ms; other tests may be running beside it
});

test("whoever keeps no lists is not offered any", async () => {
  const officer = await visit(browser, region);
  await signIn(officer.page, named("privacy-officer"), "Reviews");
  expect(await officer.page.getByRole("link", { name: "Lists" }).count()).toBe(0);
  await officer.page.goto(address);
  await officer.page.getByRole("heading", { name: "This list cannot be opened" }).waitFor();
  await accessible(officer.page);
  await officer.context.close();
});
