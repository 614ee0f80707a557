import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, launch, picture, signIn, visit, type Visitor, waitingFor } from "./browser";
import { fail, heal, only, type Person, readRegion, type Region, type System } from "./region";

/*
 * The timeline of somebody with a long record. `patchwork demo --busy-person 10000` makes
 * one; without it the person with the most entries is walked, and nothing is measured.
 */

let region: Region;
let browser: Browser;
let visitor: Visitor;
let page: Page;

const busy = (): Person | undefined => region.patients.find((p) => p.familyName === "Longrecord");
const person = (): Person => busy() ?? only(region.patients[0], "first patient");
const hospital = (): System => only(region.systems.find((s) => s.id === "hospital"), "hospital");

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
  visitor = await visit(browser, region, { width: 1366, height: 900 });
  page = visitor.page;
  await signIn(page, only(region.users.find((u) => u.role === "gp"), "gp"));
});

afterAll(async () => {
  await heal(hospital());
  await browser.close();
});

const head = () => page.locator(".pw-line__head");
const rows = () => page.locator(".pw-line__row:not(.pw-line__row--coming)");
const focused = () => page.evaluate(() => Number(document.activeElement?.closest("li")?.getAttribute("aria-posinset") ?? 0));

async function total(): Promise<number> {
  return Number(((await head().locator("strong").textContent()) ?? "").replace(/,/g, ""));
}

async function settledLine(): Promise<void> {
  await page.locator(".pw-line[aria-busy=false]").waitFor();
  await rows().first().waitFor();
}

/** Opens the timeline without waiting for the summary, which asks for the same at the same time. */
async function open(who: Person): Promise<void> {
  await page.getByRole("link", { name: "Find a patient" }).click();
  await page.getByRole("textbox", { name: "NHS number" }).fill(who.nhsNumber);
  await page.getByRole("button", { name: "Open the record", exact: true }).click();
  await page.getByRole("navigation", { name: "Parts of this record" }).getByText("Timeline").click();
  await settledLine();
}

/** Takes what came late, until nobody is awaited. */
async function complete(): Promise<void> {
  const offer = page.getByRole("button", { name: /arrived – show/ });
  await expect
    .poll(async () => {
      if (await offer.isVisible()) await offer.click();
      return (await page.locator(".pw-timeline .pw-message--waiting").count()) + (await offer.count());
    }, { timeout: 30_000 })
    .toBe(0);
  await settledLine();
}

test("opens as one line of all systems", async () => {
  await open(person());
  await complete();
  const all = await total();
  expect(all).toBeGreaterThan(busy() ? 9_900 : 100);
  expect(await page.locator(".pw-line__item").count()).toBeLessThan(80);
  expect(await page.locator(".pw-line__item").first().getAttribute("aria-setsize")).toBe(String(all));
  await accessible(page);
  await picture(page, "timeline");
});

/** The times between frames while `work` goes on in the page, in milliseconds. */
async function frames(work: () => Promise<void>): Promise<{ p50: number; p95: number; worst: number; count: number }> {
  await page.evaluate(() => {
    const w = window as unknown as { deltas: number[]; measuring: boolean };
    w.deltas = [];
    w.measuring = true;
    let last = performance.now();
    const frame = (now: number) => {
      w.deltas.push(now - last);
      last = now;
      if (w.measuring) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await work();
  return page.evaluate(() => {
    const w = window as unknown as { deltas: number[]; measuring: boolean };
    w.measuring = false;
    const sorted = w.deltas.slice(1).sort((a, b) => a - b);
    const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
    return { p50: at(0.5), p95: at(0.95), worst: at(1), count: sorted.length };
  });
}

/** Scrolls by so many pixels a frame, as one does who reads headings. */
function scrollBy(pixels: number, times: number): Promise<void> {
  return page.evaluate(
    ([by, n]) =>
      new Promise<void>((resolve) => {
        let i = 0;
        const began = performance.now();
        const step = () => {
          window.scrollBy(0, by);
          if (++i < n && performance.now() - began < 10_000) requestAnimationFrame(step);
          else resolve();
        };
        requestAnimationFrame(step);
      }),
    [pixels, times] as const,
  );
}

/** Scrolls from where the page is to its end in so many steps, one each frame. */
function scrollThrough(steps: number): Promise<void> {
  return page.evaluate(
    (n) =>
      new Promise<void>((resolve) => {
        let i = 0;
        const began = performance.now();
        const step = () => {
          window.scrollBy(0, (document.body.scrollHeight - window.scrollY) / Math.max(1, n - i));
          if (++i < n && performance.now() - began < 10_000) requestAnimationFrame(step);
          else {
            window.scrollTo(0, document.body.scrollHeight);
            resolve();
          }
        };
        requestAnimationFrame(step);
      }),
    steps,
  );
}

test("scrolls through all of it without jank", async ({ skip }) => {
  if (busy() === undefined) skip();
  const client: CDPSession = await page.context().newCDPSession(page);
  const top = () => page.evaluate(() => { window.scrollTo(0, 0); });
  const measured: Record<string, Awaited<ReturnType<typeof frames>>> = {};
  for (const [speed, rate] of [["full", 1], ["a quarter", 4]] as const) {
    await client.send("Emulation.setCPUThrottlingRate", { rate });
    measured[`${speed}, still`] = await frames(() => page.waitForFunction(() => (window as unknown as { deltas: number[] }).deltas.length > 60).then(() => undefined));
    await top();
    measured[`${speed}, reading`] = await frames(() => scrollBy(60, 200));
    measured[`${speed}, to the end`] = await frames(() => scrollThrough(300));
    await rows().first().waitFor();
  }
  await client.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  console.table(measured);
  expect(await page.locator(".pw-line__item").count()).toBeLessThan(80);
  await expect
    .poll(async () => {
      await page.evaluate(() => { window.scrollTo(0, document.body.scrollHeight); });
      return page.locator(".pw-line__item").last().getAttribute("aria-posinset");
    })
    .toBe(String(await total()));
  // The machine may be busy with others: the frame that most frames take is the page's own.
  expect(measured["full, reading"]?.p50).toBeLessThan(34);
  await picture(page, "timeline-end");
}, 120_000);

test("is walked by keyboard, and the focus stays", async () => {
  await page.evaluate(() => { window.scrollTo(0, 0); });
  await rows().first().locator(".pw-line__open").focus();
  expect(await focused()).toBe(1);
  for (const [key, at] of [["ArrowDown", 2], ["PageDown", 12], ["ArrowUp", 11], ["End", await total()], ["Home", 1]] as const) {
    await page.keyboard.press(key);
    await expect.poll(focused).toBe(at);
  }
  const seen = await page.evaluate(() => {
    const box = document.activeElement?.getBoundingClientRect();
    const banner = document.querySelector(".pw-banner")?.getBoundingClientRect();
    return box !== undefined && banner !== undefined && box.top >= banner.bottom;
  });
  expect(seen).toBe(true); // 2.4.11: not under the banner
  await page.keyboard.press("Enter");
  expect(await page.locator(":focus").getAttribute("aria-expanded")).toBe("true");
  await page.locator(".pw-line__details").getByText("Local id").waitFor();
  await page.mouse.wheel(0, 6000);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(4000);
  expect(await focused()).toBe(1);
  await page.evaluate(() => { window.scrollTo(0, 0); });
  await accessible(page);
  await picture(page, "timeline-details");
  await page.keyboard.press("Enter");
});

test("is filtered by kind, words and recording, and keeps the filters", async () => {
  const all = await total();
  const kind = page.getByRole("group", { name: "Kind" }).getByRole("button", { name: /^Contact/ });
  const promised = Number((await kind.locator(".pw-chip__count").textContent())?.replace(/,/g, ""));
  await kind.click();
  await expect.poll(total).toBe(promised);
  const words = page.getByLabel("Find in the timeline");
  await words.pressSequentially("consultation", { delay: 30 });
  await expect.poll(total).toBeLessThanOrEqual(promised);
  await words.fill("nothing at all has these words");
  await page.getByText("No entry fits these filters.").waitFor();
  await accessible(page);
  await picture(page, "timeline-nothing");
  expect(page.url()).not.toContain("words");
  await page.getByRole("link", { name: "Plans" }).click();
  await page.getByRole("heading", { name: "Plans", level: 2, exact: true }).waitFor();
  await page.goBack();
  expect(await page.getByLabel("Find in the timeline").inputValue()).toBe("nothing at all has these words");
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await expect.poll(total).toBe(all);
  await page.getByRole("group", { name: "Written down" }).getByRole("button", { name: "Since Friday" }).click();
  await expect.poll(total).toBeLessThan(all);
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await expect.poll(total).toBe(all);
});

test("is zoomed by dragging, by buttons and by the table", async () => {
  const all = await total();
  const words = () => page.locator(".pw-axis__words").textContent();
  await page.getByRole("button", { name: "Last year" }).click();
  await expect.poll(total).toBeLessThan(all);
  const year = await total();
  await settledLine();
  await picture(page, "timeline-year");
  await page.getByRole("button", { name: "Zoom in" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(total).toBeLessThan(year);
  const before = await words();
  await page.getByRole("button", { name: "Earlier" }).click();
  await expect.poll(words).not.toBe(before);
  await page.getByRole("button", { name: "All", exact: true }).click();
  await expect.poll(total).toBe(all);
  const box = only((await page.locator(".pw-axis__chart").boundingBox()) ?? undefined, "chart");
  await page.mouse.move(box.x + box.width * 0.7, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.98, box.y + 20, { steps: 5 });
  await page.mouse.up();
  await expect.poll(total).toBeLessThan(all);
  await page.getByRole("button", { name: "All", exact: true }).click();
  await expect.poll(total).toBe(all);
  await page.locator(".pw-axis").getByText("As a table").click();
  await accessible(page);
  await page.locator(".pw-axis tbody button").first().click();
  await expect.poll(total).toBeLessThan(all);
  await page.getByRole("button", { name: "All", exact: true }).click();
  await expect.poll(total).toBe(all);
  expect(visitor.trouble).toEqual([]);
});

test("says who is missing, and offers what comes late without moving anything", async () => {
  const everything = only(region.patients[0], "first patient");
  await fail(hospital(), "slow", { delay: "6s" });
  try {
    await page.getByRole("link", { name: "Find a patient" }).click();
    await page.getByRole("textbox", { name: "NHS number" }).fill(everything.nhsNumber);
    await page.getByRole("button", { name: "Open the record", exact: true }).click();
    await page.locator("[data-patient]").waitFor();
    await waitingFor(page, "contacts", "Westmarch University Hospitals NHS Foundation Trust");
    await page.getByRole("navigation", { name: "Parts of this record" }).getByText("Timeline").click();
    await page.locator(".pw-timeline .pw-message--waiting").filter({ hasText: "Still waiting for" }).waitFor();
    const few = await total();
    await accessible(page);
    await picture(page, "timeline-waiting");
    const offer = page.getByRole("button", { name: /newer entr(y|ies) arrived – show/ });
    await offer.waitFor();
    expect(await total()).toBe(few);
    await picture(page, "timeline-late");
    await offer.click();
    await expect.poll(total).toBeGreaterThan(few);
  } finally {
    await heal(hospital());
  }
}, 120_000);

test("fits a phone", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await accessible(page);
  await rows().first().scrollIntoViewIfNeeded();
  await picture(page, "timeline-narrow");
  await page.setViewportSize({ width: 1366, height: 900 });
});

test("is printed as a plain list that says how much it is", async () => {
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.locator(".pw-line__printed").getByText(/^(All|The newest) [\d,]+/).waitFor();
  expect(await page.locator(".pw-line__printed tbody tr").count()).toBeGreaterThan(50);
  await picture(page, "timeline-print");
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
});
