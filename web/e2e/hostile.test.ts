import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, settled, signIn, visit, type Visitor } from "./browser";
import { ownRegion, type OwnRegion } from "./ownRegion";
import { partOf, parts, places } from "./pages";
import { only, type Person, type Region, type User } from "./region";
import { watch } from "./watch";

/*
 * Bad input: a region where every text of every system has a payload (more than 300 of
 * them), and people whom no screen was designed for. Nothing runs, nothing loads, the
 * browser reports nothing, and every text is shown as it is.
 */

let own: OwnRegion;
let region: Region;
let browser: Browser;
const seen: string[][] = [];

const begins: Readonly<Record<string, string>> = { "privacy-officer": "Reviews", administrator: "Policies", "data-quality": "Whose record is it?" };
const user = (name: string): User => only(region.users.find((u) => u.username === name), name);
const person = (scenario: string): Person => only(region.patients.find((p) => p.scenario === scenario), scenario);

beforeAll(async () => {
  own = await ownRegion("--hostile", "--patients", "25");
  region = own.region;
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await own.stop();
});

/** Somebody signed in, in a window that is watched. */
async function enter(name: string): Promise<Visitor> {
  const visitor = await visit(browser, region);
  seen.push(await watch(visitor.context, new URL(region.url).origin));
  await signIn(visitor.page, user(name), begins[name]);
  return visitor;
}

/** Opens everything that can be opened, so that nothing is left unshown. */
async function openEverything(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // What is opened may hold more that can be opened, once it is drawn.
    for (let opened = true; opened; ) {
      const shut = [...document.querySelectorAll<HTMLElement>('main :is(.pw-more, .pw-unfold)[aria-expanded="false"]')];
      for (const more of shut) more.click();
      const folded = [...document.querySelectorAll<HTMLDetailsElement>("main details:not([open])")];
      for (const details of folded) details.open = true;
      opened = shut.length + folded.length > 0;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
}

/** Nothing happened; what would have happened had the time to. */
async function quiet(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(seen.flat()).toEqual([]);
  // No text became an element: none of these is ever a part of a page of ours.
  expect(await page.locator('main :is(script, iframe, object, embed, img, video, audio, base, meta, link, math, [onerror], [onload], [href^="javascript"], [href^="data"])').count()).toBe(0);
}

// To axe half a thousand rows are the same row and one script is like another. What nobody
// stated may leave something without a name on any part; what is too long, where most of it is.
const checked = (scenario: string, part: string) => scenario === "hostile-bare" || (scenario === "hostile-long" && part === "summary");

const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("the record of somebody whose every word is a payload", () => {
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    visitor = await enter("gp");
    page = visitor.page;
  });
  afterAll(() => visitor.context.close());

  test.each(["everything", "hostile-text", "restricted", "ambiguous"])("H-10: nothing of %s runs or loads, on any part", async (scenario) => {
    const someone = person(scenario);
    await openByNumber(page, someone.nhsNumber);
    expect(await page.locator(".pw-banner h1").innerText()).toContain(someone.familyName.split(" ")[0]?.toUpperCase());
    for (const part of parts) {
      if (part !== "summary") await page.goto(partOf(someone.id, part));
      await settled(page, part === "summary");
      await openEverything(page);
      await quiet(page);
      await picture(page, `hostile-${scenario}-${part}`);
    }
  });

  test("H-10: 400 allergies, each a payload, are shown character by character", async () => {
    const many = person("hostile-many");
    await openByNumber(page, many.nhsNumber);
    await openEverything(page);
    const card = page.getByRole("region", { name: "Allergies and adverse reactions", exact: true });
    const stated = await statedAllergies(many);
    expect(stated.size).toBeGreaterThan(400);
    const shown = new Set(await card.locator(".pw-row__main").allTextContents());
    expect([...stated].filter((text) => !shown.has(text))).toEqual([]);
    for (const text of ["BP <140", "O'Neil", "=5mg", "a&amp;b"]) expect(shown).toContain(text);
    const notes = new Set(await card.locator(".pw-note").allTextContents());
    expect([...stated].filter((text) => !notes.has(text))).toEqual([]);
    await quiet(page);
  });

  test("the people found, and a list of them", async () => {
    const someone = person("everything");
    await page.getByRole("link", { name: "Find a patient" }).click();
    await page.getByText("Search by details").click();
    const [year = "", month = "", day = ""] = someone.birthDate.split("-");
    await page.getByLabel("Family name", { exact: true }).fill(someone.familyName);
    await page.getByLabel("Day").fill(day);
    await page.getByLabel("Month").fill(month);
    await page.getByLabel("Year").fill(year);
    await page.getByRole("button", { name: "Search by these details" }).click();
    await page.locator(".pw-hit").first().waitFor();
    await quiet(page);

    const title = `<img src=x onerror=patchworkRan("title")> "><script>patchworkRan("title")</script>`;
    await page.goto("/lists/new");
    await page.getByLabel("Title").fill(title);
    await page.getByRole("button", { name: "Make the list" }).click();
    await page.getByRole("heading", { name: title, level: 1 }).waitFor();
    await page.getByRole("link", { name: "Add people" }).click();
    await page.getByRole("textbox", { name: "NHS numbers" }).fill(["everything", "hostile-many", "hostile-long", "hostile-script"].map((s) => person(s).nhsNumber).join("\n"));
    await page.getByRole("button", { name: "Show what is understood" }).click();
    await page.getByRole("heading", { name: /4 people found/ }).waitFor();
    await quiet(page);
    await page.getByRole("button", { name: "Add 4 people" }).click();
    await page.getByText("4 people are added.").waitFor();
    await page.getByRole("link", { name: "Back to the list" }).click();
    await page.locator("tr[data-person]").nth(3).waitFor();
    await quiet(page);
    await picture(page, "hostile-list");
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await wide(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1360, height: 900 });
  });

  test("GraphiQL answers with it", async () => {
    // The editor runs nothing before it has read the schema.
    await Promise.all([page.waitForResponse((response) => response.url().endsWith("/graphql")), page.goto("/graphiql")]);
    await expect
      .poll(
        async () => {
          await page.getByRole("button", { name: /Execute query/ }).click();
          return page.waitForFunction(() => document.querySelector(".result-window")?.textContent.includes("patchworkRan") === true, undefined, { timeout: 3000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await picture(page, "hostile-graphiql");
    expect(seen.flat()).toEqual([]);
  });
});

describe("other people's pages", () => {
  test.each(["privacy-officer", "data-quality", "administrator"])("%s: nothing runs or loads", async (name) => {
    const { page, context } = await enter(name);
    for (const place of places({ patient: person("ambiguous").id }).filter((p) => p.user === name)) {
      await page.goto(place.path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      await openEverything(page);
      await quiet(page);
      await picture(page, `hostile-${place.name}`);
    }
    await context.close();
  });
});

describe("people whom no screen was designed for", () => {
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    visitor = await enter("gp");
    page = visitor.page;
  });
  afterAll(() => visitor.context.close());

  test.each(["hostile-many", "hostile-long", "hostile-script", "hostile-bare"])("%s: the page comes, and is no wider than a phone", async (scenario) => {
    await openByNumber(page, person(scenario).nhsNumber);
    for (const part of parts) {
      if (part !== "summary") await page.goto(partOf(person(scenario).id, part));
      await settled(page, part === "summary");
      expect(await wide(page), `${part} at 1360`).toBeLessThanOrEqual(0);
      await picture(page, `${scenario}-${part}-1360`);
      await page.setViewportSize({ width: 320, height: 640 });
      await openEverything(page);
      expect(await wide(page), `${part} at 320, everything open`).toBeLessThanOrEqual(0);
      await picture(page, `${scenario}-${part}-320`);
      if (checked(scenario, part)) await accessible(page);
      await page.setViewportSize({ width: 1360, height: 900 });
    }
    await quiet(page);
  });

  test("an overlong name leaves room for the record, and the rest of the banner is there", async () => {
    await openByNumber(page, person("hostile-long").nhsNumber);
    const banner = page.locator(".pw-banner");
    expect((await banner.innerText()).replace(/\s+/g, " ")).toMatch(/Born 31-Dec-1899 \(\d+y\) Gender Female NHS No\. 943 501 8\d\d \d{4}|Born 31-Dec-1899 \(\d+y\) Gender Female NHS No\. \d{3} \d{3} \d{4}/);
    for (const [width, height] of [[1360, 900], [320, 640]] as const) {
      await page.setViewportSize({ width, height });
      // On a narrow screen what stays in sight is the facts.
      const box = await (width > 640 ? banner : banner.locator(".pw-banner__facts")).boundingBox();
      expect(box?.height, `at ${width}`).toBeLessThan(height * 0.6);
      // Nothing of the name is lost: it can be scrolled to.
      expect(await banner.locator("h1").evaluate((e) => e.textContent.length)).toBeGreaterThan(3000);
    }
    await page.setViewportSize({ width: 1360, height: 900 });
  });

  test("text from right to left, or that overrides the direction, cannot reorder what stands beside it", async () => {
    await openByNumber(page, person("hostile-script").nhsNumber);
    await openEverything(page);
    // The badge stands right of the text and the label left of the value, whatever the text says.
    const loose = await page.evaluate(() => {
      const found = new Set<string>();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
        const holder = text.parentElement;
        if (holder === null || !/[\u0590-\u08ff\u202a-\u202e\u2066-\u2069]/.test(text.textContent ?? "")) continue;
        // An element that isolates, or a block or cell, which is a paragraph of its own with nothing else in it.
        const alone = [...holder.childNodes].every((c) => c === text);
        const style = getComputedStyle(holder);
        if (!(alone && (/isolate|plaintext/.test(style.unicodeBidi) || style.display !== "inline"))) found.add(`${holder.tagName}.${holder.getAttribute("class") ?? ""} in .${holder.parentElement?.getAttribute("class") ?? ""}`);
      }
      return [...found];
    });
    expect(loose).toEqual([]);
  });

  test("no birth date and no sex are said to be not known", async () => {
    await openByNumber(page, person("hostile-bare").nhsNumber);
    const text = (await page.locator(".pw-banner__facts").innerText()).replace(/\s+/g, " ");
    expect(text).toContain("Born Not known");
    expect(text).toMatch(/Gender (Unknown|Not known)/);
    expect(text).not.toMatch(/\?|null|undefined|NaN|Invalid/);
  });
});

/** What the GP's own server says of the allergies, over the wire. */
async function statedAllergies(of: Person): Promise<Set<string>> {
  const gp = only(region.systems.find((s) => s.id === "gp"), "gp");
  const found = (await (await fetch(`${gp.url}/Patient?identifier=${of.nhsNumber}`)).json()) as { entry: { resource: { id: string } }[] };
  const patient = only(found.entry[0], "patient at the GP").resource.id;
  const answer = (await (await fetch(`${gp.url}/AllergyIntolerance?patient=${patient}&_count=1000`)).json()) as { entry: { resource: { code: { text: string } } }[] };
  return new Set(answer.entry.map((e) => e.resource.code.text));
}
