import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, launch, picture, signIn, visit, type Visitor } from "./browser";
import { only, readRegion, type Region, type User } from "./region";

/* Apps and EPRs: one administrator proposes, another reviews and approves; what is switched off is off. */

let region: Region;
let browser: Browser;
let first: Visitor;
let second: Visitor;
let page: Page;

const named = (username: string): User => only(region.users.find((u) => u.username === username), username);

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
  first = await visit(browser, region);
  second = await visit(browser, region);
  await first.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  page = first.page;
  await signIn(page, named("administrator"), "Policies");
  await signIn(second.page, named("second-administrator"), "Policies");
});
afterAll(async () => {
  expect([...first.trouble, ...second.trouble]).toEqual([]);
  await browser.close();
});

async function look(name: string, at: Page = page): Promise<void> {
  await accessible(at);
  await picture(at, `clients-${name}`);
  await at.setViewportSize({ width: 320, height: 640 });
  expect(await at.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await accessible(at);
  await picture(at, `clients-${name}-320`);
  await at.setViewportSize({ width: 1360, height: 900 });
}

/** Opens the list, and a client of it by its name. */
async function open(at: Page, name?: string): Promise<void> {
  await at.getByRole("link", { name: "Administration" }).click();
  await at.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Apps and EPRs" }).click();
  await at.getByRole("heading", { name: "Apps and EPRs", level: 2 }).waitFor();
  await at.getByText(/apps? (and|or) EPRs?/).first().waitFor();
  if (name === undefined) return;
  await at.getByRole("link", { name, exact: true }).click();
  await at.getByRole("heading", { name: new RegExp(`^${name}`), level: 1 }).waitFor();
}

test("an administrator proposes an app, and what is missing is said", async () => {
  await open(page);
  await look("list");
  await page.getByRole("link", { name: "Register an app or EPR" }).click();
  await page.getByRole("heading", { name: "Register an app or EPR", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Propose it" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Say what you want to register" }).waitFor();
  await look("nothing-chosen");
  await page.getByLabel("An app that people use").check();
  await page.getByLabel("Name", { exact: true }).fill("Growth charts");
  await page.getByLabel("By a secret").check();
  await page.getByLabel("Addresses to which users are sent back").fill("http://app.example/callback");
  await page.getByLabel("Launch address").fill("https://app.example/launch");
  await page.getByText("Read and search everything in the record of the one patient it is opened on").waitFor();
  await page.getByRole("button", { name: "Propose it" }).click();
  await page.getByRole("alert").getByRole("link", { name: /redirect URI is an absolute https address/ }).click();
  await look("wrong-address");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("https://app.example/callback");
  await page.getByRole("button", { name: "Propose it" }).click();
  await page.getByText("Growth charts is proposed.").waitFor();
  await look("secret");
  await page.getByRole("button", { name: "Copy the secret" }).click();
  await page.getByText("Copied.").waitFor();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  expect(secret).toMatch(/^[\w-]{43}$/);
  await page.getByRole("link", { name: "What is registered of Growth charts" }).click();
  await page.getByText(/another administrator must approve it/).waitFor();
  expect(await page.locator("main").innerText()).not.toContain(secret);
  expect(await page.getByRole("button", { name: /^Approve/ }).count()).toBe(0);
  await look("proposed");
});

test("another administrator reviews and approves it", async () => {
  const other = second.page;
  await open(other, "Growth charts");
  await other.getByText("Stay connected for as long as you are signed in (online access)").waitFor();
  await look("review", other);
  await other.getByRole("button", { name: "Approve Growth charts" }).click();
  await look("approving", other);
  await other.getByRole("form").getByRole("button", { name: "Approve Growth charts" }).click();
  await other.getByText("Growth charts is approved.").waitFor();
  expect(await other.getByRole("heading", { level: 1 }).evaluate((e) => e === document.activeElement)).toBe(true);
  await look("approved", other);
});

test("an EPR is proposed that opens it", async () => {
  await page.goto("/administration/clients/new");
  await page.getByLabel(/^A patient record system/).check();
  await page.getByLabel("Name", { exact: true }).fill("Riverside EPR");
  await page.getByLabel("Address of the key set").fill("https://epr.example/jwks");
  await page.getByLabel("Growth charts").check();
  await page.getByLabel("Organisations whose staff use it").fill(named("administrator").organisation);
  await page.getByLabel("Patchwork’s own accounts").check();
  await page.getByLabel(/^Pages in whose frames/).fill("https://epr.example");
  await look("epr");
  await page.getByRole("button", { name: "Propose it" }).click();
  await page.getByText("Riverside EPR is proposed.").waitFor();
  await open(page, "Riverside EPR");
  await page.getByText("Have apps opened on a patient, for the staff who use it").waitFor();
  // An id is 26 letters by chance: the page fits the widest that there can be.
  await page.getByText(/patchwork client approve/).evaluate((e) => { e.textContent = e.textContent.replace(/approve \w+/, `approve ${"m".repeat(26)}`); });
  await look("epr-proposed");
});

test("an app is switched off and on again, with a reason", async () => {
  await open(page, "Growth charts");
  await page.getByRole("button", { name: "Switch off Growth charts" }).click();
  const form = page.getByRole("form", { name: "Switch off Growth charts" });
  await form.getByLabel("Why").fill("It was stolen");
  await form.getByRole("button", { name: "Switch off Growth charts" }).click();
  await page.getByText(/Switched off by .*: It was stolen/).waitFor();
  await look("off");
  await open(page);
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Switched off" }).click();
  await page.getByRole("heading", { name: /^Growth charts/, level: 3 }).waitFor();
  await page.getByRole("button", { name: "Switch on Growth charts" }).click();
  await page.getByLabel("Why").fill("It was found");
  await page.getByRole("form").getByRole("button", { name: "Switch on Growth charts" }).click();
  await page.getByText("Nothing is switched off.").waitFor();
});

test("somebody else is shown nothing by the address", async () => {
  const other = await visit(browser, region);
  await signIn(other.page, named("gp"));
  for (const path of ["/administration/clients", "/administration/clients/patchwork-viewer"]) {
    await other.page.goto(path);
    await other.page.getByText("Your role does not allow this").first().waitFor();
    expect(await other.page.locator(".pw-admin__item, .pw-client__scopes").count()).toBe(0);
  }
  await accessible(other.page);
  expect(other.trouble).toEqual([]);
  await other.context.close();
});

test("an engineer sees what is wrong with a launch", async () => {
  await open(page, "Riverside EPR");
  const id = page.url().split("/").at(-1) ?? "";
  await page.goto("/administration/launch-test");
  await page.getByLabel("The browser brings a signed launch").check();
  await page.getByLabel("Its client id").fill(id);
  await page.getByLabel("Launch JWT").fill("e30.e30.e30");
  await look("launch-test");
  await page.getByRole("button", { name: "Test" }).click();
  await page.getByRole("heading", { name: /things to mend/ }).waitFor();
  await page.getByText("It waits for approval.").waitFor();
  await page.getByText(/Set aud to exactly http/).waitFor();
  await look("launch-tested");
});
