import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, picture, signIn, visit, type Visitor } from "./browser";
import { only, readRegion, type Region, type User } from "./region";

/* Who may sign in: what the administrator sees, switches off and on, and what becomes of it for others. */

let region: Region;
let browser: Browser;
let visitor: Visitor;
let page: Page;

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
  visitor = await visit(browser, region);
  page = visitor.page;
  await signIn(page, user("administrator"), "Policies");
});
afterAll(async () => {
  expect(visitor.trouble).toEqual([]);
  await browser.close();
});

async function look(name: string): Promise<void> {
  await accessible(page);
  await picture(page, `administration-${name}`);
}

/** No page is wider than a phone's, nor than a desk's at 400 %. */
async function narrow(name: string): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await look(`${name}-320`);
  await page.setViewportSize({ width: 1360, height: 900 });
}

/** Opens a part by its link, and waits until something of it is there. */
async function open(words: string): Promise<void> {
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: words, exact: true }).click();
  const heading = page.getByRole("heading", { name: words, level: 2, exact: true });
  await heading.waitFor();
  expect(await heading.evaluate((e) => e === document.activeElement)).toBe(true);
}

const item = (name: RegExp): Locator => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, level: 3 }) });

/** Switches by the form, with a reason. */
async function change(at: Locator, verb: string, name: string, why: string): Promise<void> {
  await at.getByRole("button", { name: `${verb} ${name}`, exact: true }).click();
  const form = at.getByRole("form", { name: `${verb} ${name}` });
  await form.getByLabel("Why").fill(why);
  await form.getByRole("button", { name: `${verb} ${name}` }).click();
}

describe("an administrator", () => {
  const nurse = "Bronwen Pugh"; // the care-home nurse of the demo
  let ward: Visitor;

  /** The nurse looks at the page again, and is out, or is not. */
  async function nurseIsOut(): Promise<void> {
    await ward.page.reload();
    await ward.page.getByRole("heading", { name: /^Sign in/, level: 1 }).waitFor();
  }

  beforeAll(async () => {
    ward = await visit(browser, region);
    await signIn(ward.page, user("care-home-nurse"));
  });
  afterAll(() => ward.context.close());

  test("sees the organisations", async () => {
    await page.getByRole("link", { name: "Administration" }).click();
    await item(/Meadowbank/).waitFor();
    expect(page.url()).toMatch(/\/administration\/organisations$/);
    await look("organisations");
    await narrow("organisations");
  });

  test("is not let to switch off their own organisation", async () => {
    const own = item(new RegExp(user("administrator").organisation));
    await own.getByRole("button", { name: /^Switch off/ }).click();
    const form = own.getByRole("form");
    await form.getByRole("button", { name: /^Switch off/ }).click();
    await form.getByRole("alert").getByRole("link", { name: /at least 5 characters/ }).click();
    await page.keyboard.type("A walk through the viewer");
    await form.getByRole("button", { name: /^Switch off/ }).click();
    await form.getByText(/You cannot switch off your own organisation/).waitFor();
    await look("own-organisation");
    await narrow("own-organisation");
    await form.getByRole("button", { name: "Cancel" }).click();
  });

  test("switches an organisation off: whoever works for it is out at once", async () => {
    await change(item(/Meadowbank/), "Switch off", "Meadowbank Care Home", "The contract has ended");
    await item(/Meadowbank/).getByText(/Switched off by .*: The contract has ended/).waitFor();
    expect(await item(/Meadowbank/).getByRole("heading").evaluate((e) => e === document.activeElement && e.getBoundingClientRect().top >= 0)).toBe(true);
    await look("organisation-off");
    await nurseIsOut();
    await open("Switched off");
    await item(/Meadowbank/).waitFor();
    await look("off");
    await narrow("off");
    await change(item(/Meadowbank/), "Switch on", "Meadowbank Care Home", "The contract goes on");
    await page.getByText("Nothing is switched off.").waitFor();
    await look("nothing-off");
  });

  test("tests a login", async () => {
    await open("Logins");
    const local = item(/own accounts/);
    await local.getByRole("button", { name: /^Test this connection/ }).click();
    await local.getByRole("heading", { name: /The connection works/ }).waitFor();
    await look("login");
    await narrow("login");
  });

  test("finds a user, switches them off and on", async () => {
    await ward.context.close();
    ward = await visit(browser, region);
    await signIn(ward.page, user("care-home-nurse"));
    await open("Users");
    await page.getByLabel("Name or identifier").fill("BRONWEN");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("1 user shown.").waitFor();
    await change(item(/Bronwen/), "Switch off", nurse, "The card was stolen");
    await item(/Bronwen/).getByText(/Switched off by .*: The card was stolen/).waitFor();
    await look("user-off");
    await narrow("user-off");
    await nurseIsOut();
    await change(item(/Bronwen/), "Switch on", nurse, "The card was found");
    await item(/Bronwen/).getByRole("button", { name: "Switch off" }).waitFor();
  });

  test("ends a user’s session", async () => {
    await ward.context.close();
    ward = await visit(browser, region);
    await signIn(ward.page, user("care-home-nurse"));
    await item(/Bronwen/).getByRole("button", { name: /^Show sessions/ }).click();
    const sessions = page.getByRole("region", { name: `Sessions of ${nurse}` });
    await sessions.getByText(/open session/).waitFor();
    await look("user-sessions");
    await narrow("user-sessions");
    await change(sessions, "End all", `sessions of ${nurse}`, "They have left");
    await sessions.getByText("Not signed in anywhere.").waitFor();
    await nurseIsOut();
  });

  test("sees the roles; theirs cannot be switched off", async () => {
    await open("Roles");
    await item(/^Administrator/).waitFor();
    expect(await item(/^Administrator/).getByRole("button").count()).toBe(0);
    await look("roles");
    await narrow("roles");
  });

  test("sees who is signed in, their own session marked", async () => {
    await open("Sessions");
    await page.getByText("This session").waitFor();
    expect(await page.locator("main").innerText()).toContain(user("administrator").organisation);
    await look("sessions");
    await narrow("sessions");
  });
});

describe("somebody else", () => {
  test("is not offered the administration, and is shown nothing by its address", async () => {
    const other = await visit(browser, region);
    await signIn(other.page, user("gp"));
    expect(await other.page.getByRole("link", { name: "Administration" }).count()).toBe(0);
    await other.page.goto("/administration/users");
    await other.page.getByText("Your role does not allow this").first().waitFor();
    expect(await other.page.locator(".pw-admin__item").count()).toBe(0);
    await accessible(other.page);
    expect(other.trouble).toEqual([]);
    await other.context.close();
  });
});
