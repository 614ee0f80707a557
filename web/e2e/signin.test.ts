import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, picture, visit, type Visitor } from "./browser";
import { only, readRegion, type Region } from "./region";

/* People sign in by their own organisation's provider: a real OpenID provider, a real SAML one, a real directory. */

interface Colleague {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly expect: string;
}

interface Login {
  readonly id: string;
  readonly name: string;
  readonly way: "redirect" | "password";
  readonly url: string;
  readonly control: string;
  readonly users: readonly Colleague[];
}

let region: Region & { readonly logins: readonly Login[] };
let browser: Browser;
let visitor: Visitor;
let page: Page;

const login = (id: string): Login => only(region.logins.find((l) => l.id === id), `login ${id}: what it needs may not be installed, see the demo's notes`);
const colleague = (of: Login, username: string): Colleague => only(of.users.find((u) => u.username === username), username);

beforeAll(async () => {
  region = readRegion() as typeof region;
  browser = await launch();
});
afterAll(() => browser.close());

async function enter(): Promise<void> {
  visitor = await visit(browser, region);
  page = visitor.page;
}

/** Nothing went wrong, and no host was asked but the server and the organisations' own providers. */
async function leave(): Promise<void> {
  const providers = region.logins.map((l) => `asked ${new URL(l.url).host}`);
  expect(visitor.trouble.filter((t) => !providers.includes(t))).toEqual([]);
  await visitor.context.close();
}

/** What somebody of the organisation's own IT does there. */
async function there(at: Login, who: Colleague, deed: "end" | "disable" | "enable"): Promise<void> {
  const answer = await fetch(`${at.control}/users/${who.username}/${deed}`, { method: "POST" });
  if (!answer.ok) throw new Error(`${deed}: ${answer.status} ${await answer.text()}`);
}

/** From the sign-in page to the organisation's own way in. */
async function choose(at: Login): Promise<void> {
  const find = page.getByLabel("Which organisation do you work for?");
  const other = page.getByRole("button", { name: "Use another organisation" });
  await find.or(other).first().waitFor();
  if (await other.isVisible()) await other.click();
  await find.fill(at.name.slice(0, 16));
  await page.getByRole(at.way === "redirect" ? "link" : "button", { name: at.name }).click();
}

/** The form of the OpenID provider, of Patchwork for a directory. */
async function fill(who: Colleague, button = "Sign in"): Promise<void> {
  await page.getByLabel("User name").fill(who.username);
  await page.getByLabel("Password").fill(who.password);
  await page.getByRole("button", { name: button, exact: true }).click();
}

/** The form of SimpleSAMLphp. */
async function fillThere(who: Colleague): Promise<void> {
  await page.locator("#username").fill(who.username);
  await page.locator("#password").fill(who.password);
  await page.locator("#submit_button").click();
}

/** What asking for the session answers: 401 when it has ended. */
const standing = (): Promise<number> => page.evaluate(async () => (await fetch("/auth/session")).status);
const problem = (code: string) => page.locator(`[data-problem="${code}"]`);
const header = () => page.getByRole("banner");
const heading = (name: string) => page.getByRole("heading", { name, level: 1 });

describe("a hospital with an OpenID provider", () => {
  beforeAll(enter);
  afterAll(leave);

  test("a doctor lands where she was going", async () => {
    const hospital = login("infirmary");
    const doctor = colleague(hospital, "leila.haddad");
    await page.goto("/sources");
    await heading("Sign in").waitFor();
    await accessible(page);
    await picture(page, "signin-organisations");
    await choose(hospital);
    await page.getByRole("heading", { name: `${hospital.name}: sign in` }).waitFor();
    await accessible(page);
    await picture(page, "signin-oidc-provider");
    await fill(doctor);
    await page.waitForURL("**/sources");
    await header().getByText(doctor.name).waitFor();
    expect(await header().innerText()).toContain(hospital.name);
    await picture(page, "signin-oidc-landed");
  });

  test("its back-channel signs her out before a re-check would", async () => {
    const hospital = login("infirmary");
    await there(hospital, colleague(hospital, "leila.haddad"), "end");
    await expect.poll(standing, { timeout: 2000 }).toBe(401);
    await page.reload();
    await heading("Sign in").waitFor();
    await picture(page, "signin-oidc-ended");
  });

  test("a pharmacist who is a doctor too takes a role, and another", async () => {
    const hospital = login("infirmary");
    const kit = colleague(hospital, "kit.sandhu");
    await page.goto("/sources");
    await choose(hospital);
    await fill(kit);
    await heading("What are you working as?").waitFor();
    await accessible(page);
    await picture(page, "signin-roles");
    await page.getByLabel("Pharmacist").check();
    await page.getByRole("button", { name: "Continue" }).click();
    await header().getByText("Pharmacist", { exact: false }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/sources");
    await header().getByRole("link", { name: "Change role" }).click();
    await page.getByLabel("Hospital doctor").check();
    await page.getByRole("button", { name: "Continue" }).click();
    await header().getByText("Hospital doctor", { exact: false }).waitFor();
    await picture(page, "signin-role-changed");
  });

  test("he signs out here, and is asked about there", async () => {
    await header().getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign out there too" }).click();
    await page.getByRole("heading", { name: /sign out\?/ }).waitFor();
    await accessible(page);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText(`You are signed out of Patchwork and of ${login("infirmary").name}.`).waitFor();
    await picture(page, "signin-oidc-left");
  });

  test("a volunteer is refused, and told what to do next", async () => {
    const hospital = login("infirmary");
    await choose(hospital);
    await fill(colleague(hospital, "wren.castell"));
    await problem("no-role").waitFor();
    expect(await problem("no-role").innerText()).toMatch(/which group you need[\s\S]*Reference for your IT service desk/);
    await accessible(page);
    await picture(page, "signin-no-role");
  });

  test("who does not want to sign in comes back", async () => {
    await visitor.context.clearCookies();
    await page.goto("/sign-in");
    await choose(login("infirmary"));
    await page.getByRole("link", { name: "Do not sign in" }).click();
    await problem("declined").waitFor();
    await picture(page, "signin-declined");
  });

  test("a nurse whose account is disabled there is out within five seconds", async () => {
    const hospital = login("infirmary");
    const nurse = colleague(hospital, "grace.mensah");
    await page.goto("/sources");
    await choose(hospital);
    await fill(nurse);
    await header().getByText(nurse.name).waitFor();
    await there(hospital, nurse, "disable");
    try {
      await expect.poll(standing, { timeout: 5000 }).toBe(401);
    } finally {
      await there(hospital, nurse, "enable");
    }
  });
});

describe("a mental-health trust with a SAML provider", () => {
  beforeAll(enter);
  afterAll(leave);

  test("a clinician lands where he was going", async () => {
    const trust = login("mental-health");
    const clinician = colleague(trust, "tom.fletcher");
    await page.goto("/sources");
    await choose(trust);
    await page.locator("#username").waitFor();
    await picture(page, "signin-saml-provider");
    await fillThere(clinician);
    await page.waitForURL("**/sources");
    await header().getByText(clinician.name).waitFor();
    await picture(page, "signin-saml-landed");
  });

  test("he signs out here and there", async () => {
    const trust = login("mental-health");
    await header().getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign out there too" }).click();
    await page.getByText(`You are signed out of Patchwork and of ${trust.name}.`).waitFor();
    await page.goto("/sources");
    await choose(trust);
    await page.locator("#username").waitFor(); // the session there has ended too
  });

  test("somebody of the estates is refused", async () => {
    await fillThere(colleague(login("mental-health"), "pat.lindqvist"));
    await problem("no-role").waitFor();
  });
});

describe("a council with a directory", () => {
  beforeAll(enter);
  afterAll(leave);

  test("a social worker types her password here, and lands where she was going", async () => {
    const council = login("council");
    const worker = colleague(council, "priya.nair");
    await page.goto("/sources");
    await choose(council);
    await heading(`Sign in with ${council.name}`).waitFor();
    await accessible(page);
    await picture(page, "signin-ldap");
    await fill({ ...worker, password: "wrong" });
    await page.getByRole("alert").first().waitFor();
    await picture(page, "signin-ldap-refused");
    await fill(worker);
    await page.waitForURL("**/sources");
    await header().getByText(worker.name).waitFor();
  });

  test("her account is disabled in the directory: she is out within five seconds", async () => {
    const council = login("council");
    const worker = colleague(council, "priya.nair");
    await there(council, worker, "disable");
    try {
      await expect.poll(standing, { timeout: 5000 }).toBe(401);
    } finally {
      await there(council, worker, "enable");
    }
  });

  test("a disabled account and an unknown one are answered alike; another's groups mean nothing here", async () => {
    const council = login("council");
    await page.goto("/sign-in");
    await choose(council);
    const said: string[] = [];
    for (const who of [colleague(council, "una.leaver"), { ...colleague(council, "una.leaver"), username: "nobody.here" }]) {
      await fill(who);
      await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
      said.push(await page.getByRole("alert").first().innerText());
    }
    expect(said[0]).toBe(said[1]);
    await fill(colleague(council, "joss.amadi"));
    await problem("no-role").waitFor();
    await picture(page, "signin-ldap-no-role");
  });
});
