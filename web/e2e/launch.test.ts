import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, picture, settled, signIn, toPassword, visit, type Visitor } from "./browser";
import { only, readRegion, type Region, type User } from "./region";

/* The hospital's EPR, on a site of its own, opens the viewer: in a frame that may keep nothing, and in windows. */

let region: Region & { readonly epr: string };
let browser: Browser;
let visitor: Visitor;
let epr: Page;

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);
const limited = "This view is limited to this patient";

beforeAll(async () => {
  region = readRegion() as typeof region;
  browser = await launch();
  visitor = await visit(browser, region);
  epr = visitor.page;
  await epr.goto(region.epr);
});
afterAll(async () => {
  await visitor.context.close();
  await browser.close();
});

/** Opens the n-th patient of the EPR's list; how is the id of one of its buttons. */
async function open(n: number, how = "open-mint"): Promise<void> {
  await epr.locator("[data-patient]").nth(n).click();
  await epr.locator(`#${how}`).click();
}
async function inWindow(n: number): Promise<Page> {
  await epr.locator("#new-window").setChecked(true);
  const [page] = await Promise.all([visitor.context.waitForEvent("page"), open(n)]);
  await epr.locator("#new-window").setChecked(false);
  await page.getByText(limited).waitFor();
  await settled(page);
  return page;
}
async function frame(): Promise<Frame> {
  const element = await epr.locator("#frames iframe").last().elementHandle();
  return only((await element.contentFrame()) ?? undefined, "frame");
}
const shown = (page: Page | Frame) => page.locator("[data-patient]").getAttribute("data-patient");

describe("in the EPR's frame", () => {
  test.each(["open-mint", "open-signed"])("%s: one patient, without a cookie and without storage", async (how) => {
    await open(0, how);
    const view = await frame();
    await view.getByText(limited).waitFor();
    await view.locator("[data-patient]").waitFor();
    expect(view.url()).toMatch(/\/smart\/callback\?launched=[\w-]+$/);
    expect(await view.getByRole("link", { name: /Find a patient|Sources/ }).count()).toBe(0);
    expect(await view.evaluate(() => window.name)).toMatch(/^record-\d+$/); // the EPR's own name for it
    await picture(epr, `launch-${how}`);
  });

  test("closing it ends it, and says where to go", async () => {
    const view = await frame();
    await view.getByRole("button", { name: "Close" }).click();
    await view.getByRole("heading", { name: "This view has ended" }).waitFor();
  });

  test("no other page of the viewer may stand there", async () => {
    const refused = epr.waitForEvent("console", (m) => m.text().includes("frame-ancestors"));
    await (await frame()).evaluate(() => {
      window.location.assign("/");
    });
    await refused;
  });
});

describe("in windows", () => {
  test("A, B, A again and the user's own tab: each stays what it is, however it is loaded", async () => {
    const [a, b] = [await inWindow(0), await inWindow(1)];
    const [idA, idB] = [await shown(a), await shown(b)];
    expect(idA).not.toBe(idB);
    await accessible(a);
    const own = await visitor.context.newPage();
    await signIn(own, user("hospital-doctor"));
    const again = await inWindow(0);

    for (const page of [a, b, again]) {
      await page.reload();
      await page.getByText(limited).waitFor();
      await settled(page);
    }
    expect([await shown(a), await shown(b), await shown(again)]).toEqual([idA, idB, idA]);

    // Away, and back and forward: the page is read again with its own patient's token.
    await b.goto("/sources");
    await b.getByRole("heading", { name: "Sources", level: 1 }).waitFor();
    await b.goBack();
    await b.getByText(limited).waitFor();
    await settled(b);
    expect(await shown(b)).toBe(idB);

    // A duplicate brings a copy of what the tab keeps, and must not use it: it is given its user's own access.
    const [copy] = await Promise.all([
      visitor.context.waitForEvent("page"),
      a.evaluate(() => {
        window.open(window.location.href);
      }),
    ]);
    await copy.getByRole("link", { name: "Find a patient" }).waitFor();
    await settled(copy);
    expect(await shown(copy)).toBe(idA);
    await copy.close();

    await own.getByRole("link", { name: "Find a patient" }).waitFor();
    expect(await own.getByText(limited).count()).toBe(0);

    // Signing out there is the sign-in's end, and not that of what the EPR answers for.
    await own.getByRole("button", { name: "Sign out" }).click();
    await own.getByText("You are signed out.").waitFor();
    await a.reload();
    await a.getByText(limited).waitFor();
    for (const page of [a, b, again, own]) await page.close();
  }, 150_000);

  test("a launch works once", async () => {
    const first = await inWindow(0);
    const used = epr.waitForResponse((r) => r.url().includes("/ways/mint"));
    await open(2);
    const minted = JSON.stringify(await (await used).json());
    const address = /https?:[^"\\]*\/launch\?[^"\\]*/.exec(minted)?.[0].replaceAll("\\u0026", "&") ?? "";
    await (await frame()).getByText(limited).waitFor();
    await first.goto(address);
    await first.locator("[data-refused]").waitFor();
    await accessible(first);
    await picture(first, "launch-used");
    await first.close();
  });

  test("an unknown launch, another issuer and nothing at all say what is wrong", async () => {
    const page = await visitor.context.newPage();
    for (const [query, code] of [
      ["?launch=x", "launch-no-iss"],
      [`?iss=${encodeURIComponent(`${region.url}/fhir`)}`, "launch-no-launch"],
    ] as const) {
      await page.goto(`/launch${query}`);
      await page.locator(`[data-refused="${code}"]`).waitFor();
      await accessible(page);
    }
    await page.goto(`/launch?iss=${encodeURIComponent(`${region.url}/fhir`)}&launch=guessed`);
    await page.locator("[data-refused]").waitFor();
    await page.close();
  });
});

describe("without any proof", () => {
  test("the search is filled in after sign-in, and opens nothing by itself", async () => {
    await epr.locator("#new-window").setChecked(true);
    const [page] = await Promise.all([visitor.context.waitForEvent("page"), open(0, "open-legacy")]);
    await page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();
    expect(new URL(page.url()).search).toBe("");
    await signInHere(page, user("hospital-doctor"));
    await page.locator("[data-prefill]").waitFor();
    await accessible(page);
    await picture(page, "launch-prefill");
    await page.getByRole("button", { name: "Open the record", exact: true }).click();
    await settled(page);
    await page.close();
  });
});

async function signInHere(page: Page, who: User): Promise<void> {
  await toPassword(page);
  await page.getByLabel("User name").fill(who.username);
  await page.getByLabel("Password").fill(who.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
