import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, settled, signIn, visit, type Visitor } from "./browser";
import { only, type Person, readRegion, type Region, type User } from "./region";

/* Who may see what, and what becomes of it: the clinician, the privacy officer and the administrator. */

let region: Region;
let browser: Browser;
let visitor: Visitor;
let page: Page;

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);
const person = (family: string): Person => only(region.patients.find((p) => p.familyName === family), family);
/** A clinician of the privacy officer's organisation, who sees only its staff and patients. */
const colleague = (): User => {
  const { organisation } = user("privacy-officer");
  return only(
    region.users.find((u) => u.organisation === organisation && ["gp", "hospital-doctor", "mental-health-clinician"].includes(u.role)),
    "clinician of the privacy officer's organisation",
  );
};

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
});
afterAll(() => browser.close());

/** One person's visit, in a window of their own. */
async function enter(who: User, begins?: string): Promise<void> {
  visitor = await visit(browser, region);
  page = visitor.page;
  await signIn(page, who, begins);
}

async function leave(): Promise<void> {
  expect(visitor.trouble).toEqual([]);
  await visitor.context.close();
}

async function look(name: string): Promise<void> {
  await accessible(page);
  await picture(page, name);
}

/** No page is wider than a phone's, nor than a desk's at 400 %. */
async function narrow(name: string): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await look(`${name}-320`);
  await page.setViewportSize({ width: 1360, height: 900 });
}

const card = (title: string): Locator => page.getByRole("region", { name: title, exact: true });

describe("a receptionist", () => {
  beforeAll(() => enter(user("receptionist")));
  afterAll(leave);

  test("H-04: reads why a card is withheld", async () => {
    await openByNumber(page, only(region.patients[0], "first patient").nhsNumber);
    const allergies = card("Allergies and adverse reactions");
    expect(await allergies.getAttribute("data-verdict")).toBe("WITHHELD");
    await allergies.locator(".pw-message--withheld svg").first().waitFor();
    await allergies.getByText("Why?", { exact: false }).first().click();
    const why = allergies.locator(".pw-why .pw-expander__body");
    await expect.poll(async () => why.innerText()).not.toMatch(/^(Asking why)?$/);
    expect(await why.innerText()).not.toMatch(/Something went wrong/);
    expect(await allergies.locator("table").count()).toBe(0); // the policies are not for everybody
    await allergies.scrollIntoViewIfNeeded();
    await look("withheld-why");
  });
});

describe("a clinician without a relationship", () => {
  beforeAll(() => enter(colleague()));
  afterAll(leave);

  const dialog = () => page.getByRole("dialog");
  const strip = () => page.getByRole("region", { name: "Broken glass" });

  test("is told so, calmly", async () => {
    await openByNumber(page, person("Councilman").nhsNumber);
    await page.getByRole("heading", { name: "You have no recorded relationship with this person" }).waitFor();
    await look("stranger");
    await narrow("stranger");
  });

  test("opens the dialog by keyboard, cannot leave it by Tab, and leaves it by Escape", async () => {
    const button = page.getByRole("button", { name: "Break the glass" });
    await button.focus();
    await page.keyboard.press("Enter");
    await dialog().waitFor();
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null)).toBe(true);
    }
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    expect(await button.evaluate((e) => e === document.activeElement)).toBe(true);
  });

  test("says why before the glass can be broken", async () => {
    await page.getByRole("button", { name: "Break the glass" }).click();
    await look("glass-why");
    await dialog().getByRole("button", { name: "Continue" }).click();
    const alert = dialog().getByRole("alert");
    await alert.waitFor();
    expect(await alert.evaluate((e) => e === document.activeElement)).toBe(true);
    await look("glass-why-wrong");
    await alert.getByRole("link", { name: /at least 20 characters/ }).click();
    const words = dialog().getByLabel("In your own words");
    expect(await words.evaluate((e) => e === document.activeElement)).toBe(true);
    await words.fill("Found unconscious, nobody to ask");
    await dialog().getByLabel("Reason").selectOption({ index: 1 });
    await narrow("glass-why");
    await dialog().getByRole("button", { name: "Continue" }).click();
  });

  test("a wrong password breaks nothing", async () => {
    await dialog().getByLabel("Your password").fill("not this one");
    await dialog().getByRole("button", { name: "Break the glass" }).click();
    await dialog().getByRole("link", { name: /not right/ }).waitFor();
    expect(await strip().count()).toBe(0);
    await look("glass-wrong-password");
  });

  test("the right one does, and nobody can miss it", async () => {
    await dialog().getByLabel("Your password").fill(colleague().password);
    await dialog().getByRole("button", { name: "Break the glass" }).click();
    await strip().waitFor();
    expect(await strip().innerText()).toMatch(/You have broken the glass for this person until .*\d\d:\d\d/);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("glass");
    await settled(page);
    await look("glass-broken");
    await page.evaluate(() => {
      window.scrollTo(0, 1500);
    });
    expect(await strip().evaluate((e) => e.getBoundingClientRect().top >= 0)).toBe(true); // it stays in sight
    await narrow("glass-broken");
  });

  test("it is still broken when the record is opened again, and whole once it is ended", async () => {
    await page.reload();
    await settled(page);
    await strip().getByRole("button", { name: "End now" }).click();
    await strip().waitFor({ state: "detached" });
    await settled(page);
    await page.getByRole("heading", { name: "You have no recorded relationship with this person" }).waitFor();
    await look("glass-ended");
  });

  test("states why they are looking, and the record is read again", async () => {
    await page.getByRole("button", { name: "State why you are looking" }).click();
    await page.getByRole("button", { name: "Record and read again" }).click();
    await page.getByRole("alert").waitFor();
    await look("claim-wrong");
    await page.getByLabel("Reason").selectOption({ index: 1 });
    await page.getByLabel("In your own words").fill("Seen in the clinic today");
    await look("claim");
    await page.getByRole("button", { name: "Record and read again" }).click();
    await page.getByText(/You may look at this record: .*stated by you/).waitFor();
    await settled(page);
    await look("claimed");
  });

  test("leaves neither number nor name in address, title or storage", async () => {
    const traces = await page.evaluate(() => [location.href, document.title, JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(history.state)].join(" "));
    expect(traces).not.toContain(person("Councilman").nhsNumber);
    expect(traces).not.toContain("Councilman");
  });
});

describe("a practice nurse", () => {
  beforeAll(() => enter(user("practice-nurse")));
  afterAll(leave);

  test("H-04: sees that some entries are held back, by which mark and from whom", async () => {
    await openByNumber(page, person("Quietwell").nhsNumber);
    const alerts = card("Alerts");
    await alerts.locator(".pw-message--withheld").first().waitFor();
    await alerts.locator(".pw-why summary").click();
    await alerts.getByText(/marked restricted is not for your role/).waitFor();
    await look("restricted-why");
  });
});

describe("a privacy officer", () => {
  beforeAll(() => enter(user("privacy-officer"), "Reviews"));
  afterAll(leave);

  const broken = () => page.locator(".pw-review").filter({ has: page.getByRole("heading", { name: /Broke the glass/ }) }).first();

  test("begins at the queue, whose number stands in the navigation", async () => {
    await broken().waitFor();
    const waiting = Number(await page.locator(".pw-header__count").getAttribute("data-waiting"));
    expect(waiting).toBeGreaterThanOrEqual(1);
    await look("reviews");
    await narrow("reviews");
  });

  test("takes an item, finds what happened, and closes it", async () => {
    const before = Number(await page.locator(".pw-header__count").getAttribute("data-waiting"));
    await broken().getByRole("button", { name: "Begin" }).click();
    await broken().getByText(/is looking into it/).waitFor();
    await expect.poll(async () => Number(await page.locator(".pw-header__count").getAttribute("data-waiting"))).toBe(before - 1);
    await broken().getByRole("button", { name: "Close with what you found" }).click();
    await broken().getByRole("button", { name: "Close the review" }).click();
    await broken().getByRole("alert").waitFor();
    await look("review-closing-wrong");
    await broken().getByLabel("What you found").selectOption("APPROPRIATE");
    await broken().getByLabel("Note").fill("Spoke to the clinician; an emergency");
    await broken().getByRole("button", { name: "Close the review" }).click();
    await broken().getByText(/Closed by .*: appropriate/).waitFor();
    await page.getByRole("button", { name: /^Closed/ }).click();
    await broken().getByText(/Closed by .*: appropriate/).waitFor();
    await look("reviews-closed");
  });

  test("two at the same item: the second is told plainly", async () => {
    const other = await visit(browser, region);
    await signIn(other.page, user("privacy-officer"), "Reviews");
    const theirs = other.page.locator(".pw-review").first();
    await page.getByRole("button", { name: /^Waiting/ }).click();
    await theirs.waitFor();
    const mine = page.locator(".pw-review").first();
    await mine.getByRole("button", { name: "Begin" }).click();
    await mine.getByText(/is looking into it/).waitFor();
    await theirs.getByRole("button", { name: "Begin" }).click();
    await other.page.getByRole("alert").getByText(/Somebody is already reviewing this item/).waitFor();
    await accessible(other.page);
    await picture(other.page, "review-taken");
    await other.context.close();
  });

  test("sees who has looked, without seeing whom", async () => {
    await page.getByRole("button", { name: /^Closed/ }).click();
    await broken().getByRole("link", { name: /Who has looked/ }).click();
    await page.getByRole("heading", { name: "Who has looked at this record", level: 1 }).waitFor();
    await page.locator(".pw-look").first().waitFor();
    expect(await page.locator("main").innerText()).not.toContain("Councilman");
    expect(await page.locator("main").innerText()).not.toContain(person("Councilman").nhsNumber);
    expect(page.url()).toMatch(/\/patients\/[^/]+\/looks$/);
    expect(await page.title()).toBe("Who has looked – Patchwork");
    await page.locator(".pw-look summary").first().click();
    await look("looks");
    await narrow("looks");
  });

  test("finds somebody and sees who it is, and which policies hold the rest back", async () => {
    await openByNumber(page, person("Quietwell").nhsNumber);
    expect(await page.locator(".pw-banner h1").innerText()).toContain("QUIETWELL");
    const alerts = card("Alerts");
    expect(await alerts.getAttribute("data-verdict")).toBe("WITHHELD");
    await alerts.locator(".pw-why summary").click();
    await alerts.getByRole("table", { name: /Policies about record:alerts/ }).waitFor();
    await alerts.getByText("What it rested on").click();
    await look("why-policies");
    await narrow("why-policies");
    await page.getByRole("link", { name: "Who has looked at this record" }).click();
    await page.getByRole("heading", { name: "Who has looked at this record", level: 1 }).waitFor();
    await page.locator(".pw-look").first().waitFor();
    expect(await page.locator("main").innerText()).not.toContain("QUIETWELL");
  });
});

describe("an administrator", () => {
  const id = "e2e-practice-nurses-not-allergies";
  const policy = () => page.locator(`[data-policy="${id}"]`);

  /** What a practice nurse is shown of the allergies, as soon as it is so. */
  async function nurseSees(verdict: RegExp): Promise<void> {
    const nurse = await visit(browser, region);
    await signIn(nurse.page, user("practice-nurse"));
    await openByNumber(nurse.page, only(region.patients[0], "first patient").nhsNumber);
    const allergies = nurse.page.getByRole("region", { name: "Allergies and adverse reactions", exact: true });
    await expect
      .poll(async () => {
        const shown = (await allergies.getAttribute("data-verdict")) ?? "";
        if (!verdict.test(shown)) {
          await nurse.page.reload();
          await settled(nurse.page);
        }
        return shown;
      }, { timeout: 15_000, interval: 500 })
      .toMatch(verdict);
    await nurse.context.close();
  }

  beforeAll(() => enter(user("administrator"), "Policies"));
  afterAll(leave);

  test("reads the policies and their history", async () => {
    await page.locator(".pw-policy").first().waitFor();
    await page.getByText("Earlier versions").click();
    await page.locator(".pw-versions li").first().waitFor();
    await look("policies");
    await narrow("policies");
  });

  test("is told what is wrong with a policy", async () => {
    await page.getByRole("button", { name: "Add a policy" }).click();
    const form = page.getByRole("form", { name: "Add a policy" });
    await form.getByLabel("Id").fill(id);
    await form.getByLabel("What it is for").fill("For the walk: allergies are not for practice nurses.");
    await form.getByLabel("Roles").fill("practice-nurs");
    await form.getByLabel("Resources").fill("record:alergies");
    await form.getByRole("button", { name: "Save as a new version" }).click();
    await form.getByRole("link", { name: "Say why you change it" }).click();
    await page.keyboard.type("A walk through the viewer");
    await form.getByRole("button", { name: "Save as a new version" }).click();
    await form.getByRole("alert").getByText(/practice-nurs|alergies/).first().waitFor();
    await look("policy-refused");
  });

  test("adds it, and it is effective for somebody else", async () => {
    await nurseSees(/KNOWN|CONFLICT|NONE/);
    const form = page.getByRole("form", { name: "Add a policy" });
    await form.getByLabel("Roles").fill("practice-nurse");
    await form.getByLabel("Resources").fill("record:allergies");
    await form.getByRole("button", { name: "Save as a new version" }).click();
    await policy().waitFor();
    await look("policy-added");
    await nurseSees(/^WITHHELD$/);
  });

  test("changes it, and the change is effective too", async () => {
    await policy().getByRole("button", { name: `Change ${id}` }).click();
    const form = page.getByRole("form", { name: `Change ${id}` });
    await form.getByLabel("Resources").fill("record:allergies:note");
    await form.getByLabel("Why you change it").fill("Only the note");
    await look("policy-change");
    await form.getByRole("button", { name: "Save as a new version" }).click();
    await policy().getByText("record:allergies:note").waitFor();
    await nurseSees(/KNOWN|CONFLICT|NONE/);
  });

  test("brings the policies back as they were", async () => {
    if (!(await page.locator(".pw-versions").isVisible())) await page.getByText("Earlier versions").click();
    const before = page.locator(".pw-versions li").nth(2);
    await before.getByRole("button", { name: /Show/ }).click();
    await page.getByText(/which is not in force/).waitFor();
    expect(await policy().count()).toBe(0);
    await look("policies-earlier");
    await before.getByRole("button", { name: /Bring back/ }).click();
    await before.getByRole("textbox").fill("The walk is over");
    await before.getByRole("button", { name: /Bring back/ }).click();
    await page.getByText(/is in force again/).waitFor();
    expect(await policy().count()).toBe(0);
    await look("policies-restored");
  });
});
