import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, launch, settled, signIn, still, visit } from "../browser";
import { ownRegion, type OwnRegion } from "../ownRegion";
import { type Place, places } from "../pages";
import { fail, heal, only, type Person, type User } from "../region";
import { paths } from "../../src/paths";
import { contactSheet, type Shot } from "./contactSheet";
import { type MadeViews, madeViews } from "./madeViews";

/*
 * Every page of the viewer's own list at every width, those about a person in every state:
 * kept in web/shots with a contact sheet, each checked by axe and for being no wider than
 * its window.
 */

const folder = new URL("../../shots/", import.meta.url).pathname;
const widths = (process.env.PATCHWORK_WIDTHS ?? "360,768,1366,2560").split(",").map(Number);
const shots: Shot[] = [];

interface Condition {
  readonly name: string;
  readonly scenario: string;
  /** Whoever reads it, where that is what makes the state. */
  readonly user?: string;
  readonly fault?: readonly [name: string, more?: object];
  /** What the page says for as long as it is in this state: answers of a moment ago are remembered for some seconds. */
  readonly says?: RegExp;
}

const conditions: readonly Condition[] = [
  { name: "complete", scenario: "everything" },
  { name: "one source late", scenario: "everything", fault: ["slow", { delay: "15s" }], says: /Still waiting for Westmarch University Hospitals/ },
  { name: "one source down", scenario: "everything", fault: ["refused"], says: /Missing from this page: Westmarch University Hospitals/ },
  { name: "withheld", scenario: "everything", user: "receptionist" },
  { name: "restricted", scenario: "restricted" },
  { name: "deceased", scenario: "deceased" },
  { name: "empty", scenario: "nothing-recorded" },
];

const begins: Readonly<Record<string, string>> = { "privacy-officer": "Reviews", administrator: "Policies", "data-quality": "Whose record is it?" };

let own: OwnRegion;
let browser: Browser;
let views: MadeViews;
const user = (name: string): User => only(own.region.users.find((u) => u.username === name), name);
const person = (scenario: string): Person => only(own.region.patients.find((p) => p.scenario === scenario), scenario);

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  own = await ownRegion("--patients", "40");
  views = await madeViews(own.region, user("gp"), user("analyst"));
  browser = await launch();
});
afterAll(async () => {
  contactSheet(folder, shots, widths);
  console.log(`${shots.length} pictures in ${folder}, ${shots.filter((s) => s.wrong.length > 0).length} with something wrong`);
  await browser.close();
  await own.stop();
});

async function enter(name: string): Promise<Page> {
  const { page } = await visit(browser, own.region);
  await signIn(page, user(name), begins[name]);
  return page;
}

/** Waits until the page has come; what is late stays late. */
async function come(page: Page, place: Place, condition: Condition | undefined): Promise<void> {
  await page.goto(place.path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  if (condition?.fault?.[0] === "slow") {
    await page.waitForFunction(() => !document.body.innerText.includes("Asking who this is"));
    await page.locator("[data-section] .pw-row:visible, .pw-line__row, main h2").first().waitFor();
  } else if (place.path.startsWith("/patient/")) await settled(page, place.name === "summary");
  else await page.waitForFunction(() => document.querySelector("main h1") !== null && document.querySelector('main [role="status"], main [aria-busy="true"]') === null, undefined, { timeout: 5000 }).catch(() => undefined); // what is followed live is never at rest
}

/** Whether the page is in the state that it is to be seen in. */
async function inState(page: Page, { says }: Condition): Promise<boolean> {
  if (says === undefined) return true;
  const banner = (await page.locator(".pw-banner").innerText()).replace(/[\u2066-\u2069]/g, "");
  return says.test(banner);
}

/** Cards out of sight are not painted, and a picture of the whole page shows them all. */
async function paintWhole(page: Page): Promise<void> {
  await page.$$eval(".pw-summary > .pw-card", (cards) => {
    for (const card of cards) if (card instanceof HTMLElement) card.style.contentVisibility = "visible";
  });
  await still(page);
}

/** Names the innermost elements that reach over the window's edge, for whoever mends it. */
function widest(): string {
  const edge = document.documentElement.clientWidth;
  const over = [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > edge + 1 && ![...e.children].some((c) => c.getBoundingClientRect().right > edge + 1));
  return over.slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`).join(", ");
}

async function shoot(page: Page, place: Place, condition?: Condition): Promise<void> {
  await come(page, place, condition);
  for (const width of widths) {
    await page.setViewportSize({ width, height: Math.round(width * (width < 700 ? 2 : 0.6)) });
    const wrong: string[] = [];
    for (let again = 0; condition && again < 20 && !(await inState(page, condition)); again++) await come(page, place, condition);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wrong.push(`${over} px wider than the window: ${await page.evaluate(widest)}`);
    await accessible(page).catch((error: unknown) => wrong.push(JSON.stringify((error as { actual?: unknown }).actual ?? String(error)).slice(0, 800)));
    const state = condition?.name ?? "as it is";
    const file = `${place.name}-${state.replaceAll(" ", "-")}-${width}.png`;
    if (condition && !(await inState(page, condition))) wrong.push("not in this state");
    await paintWhole(page);
    await page.screenshot({ path: join(folder, file), fullPage: width < 2560 });
    shots.push({ page: place.name, state, width, file, wrong });
    if (wrong.length > 0) console.log(`${place.name}, ${state}, ${width} px: ${wrong.join("; ")}`);
  }
}

test.each(conditions)("$name", async (condition) => {
  const who = condition.user ?? "gp";
  const page = await enter(who);
  const hospital = only(own.region.systems.find((s) => s.id === "hospital"), "hospital");
  if (condition.fault) await fail(hospital, ...condition.fault);
  try {
    for (const place of places({ patient: person(condition.scenario).id }).filter((p) => p.about === "patient" && p.user === "gp")) await shoot(page, place, condition);
  } finally {
    await heal(hospital);
    await page.context().close();
  }
  expect(shots.filter((s) => s.state === condition.name && s.wrong.length > 0)).toEqual([]);
});

test.each(["gp", "privacy-officer", "data-quality", "administrator"])("pages of %s", async (name) => {
  const page = await enter(name);
  const toApprove: readonly Place[] = [
    { name: "views-to-approve", path: paths.views, user: "privacy-officer", about: "no one" },
    { name: "view-to-approve", path: paths.view(views.submitted), user: "privacy-officer", about: "no one" },
  ];
  for (const place of [...places({ patient: person("ambiguous").id, list: views.list, view: views.view, viewRun: views.viewRun }), ...toApprove].filter((p) => p.user === name && !(name === "gp" && p.about === "patient"))) await shoot(page, place);
  await page.context().close();
  expect(shots.filter((s) => s.state === "as it is" && s.wrong.length > 0)).toEqual([]);
});

test("the sign-in page", async () => {
  const { page, context } = await visit(browser, own.region);
  await shoot(page, { name: "sign-in", path: "/sign-in", user: "", about: "no one" });
  await context.close();
});
