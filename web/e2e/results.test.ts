import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, settled, signIn, visit, type Visitor } from "./browser";
import { only, type Person, readRegion, type Region } from "./region";

let region: Region;
let browser: Browser;

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
});

afterAll(() => browser.close());

const everything = (): Person => only(region.patients[0], "first patient");

async function chartsSettled(page: Page, n: number): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelectorAll(".pw-plot canvas").length === wanted, n);
}

/** Opens a test by what is typed of its name. */
async function openTest(page: Page, typed: string, name: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Find a test or report" }).fill(typed);
  await page.getByRole("button", { name, exact: true }).click();
}

describe("results", () => {
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    visitor = await visit(browser, region, { width: 1366, height: 900 });
    page = visitor.page;
    await signIn(page, only(region.users.find((u) => u.role === "gp"), "gp"));
    await openByNumber(page, everything().nhsNumber);
  });
  afterAll(() => visitor.context.close());

  test("the newest potassium is two actions away", async () => {
    await page.getByRole("link", { name: "Results", exact: true }).click();
    await settled(page);
    await picture(page, "results");
    await accessible(page);
    await page.getByRole("searchbox", { name: "Find a test or report" }).fill("potass");
    const row = page.getByRole("row", { name: /Serum potassium/ });
    await row.waitFor();
    expect(await row.locator(".pw-tests__value").innerText()).toMatch(/^\d\.\d mmol\/L/);
    expect(await row.innerText()).toMatch(/\d\d-[A-Z][a-z]{2}-\d{4}/);
    expect(await page.locator(".pw-tests tbody tr").count()).toBeLessThan(12);
    await picture(page, "results-potassium");
  });

  test("a critical flag stands in words, whoever set it", async () => {
    await openTest(page, "potass", "Serum potassium");
    await chartsSettled(page, 1);
    const every = page.getByRole("table", { name: /Every result of Serum potassium/ });
    await every.getByText("Critically high").waitFor();
    expect(await every.getByText("6.7 mmol/L").count()).toBeGreaterThan(0);
    await accessible(page);
    await picture(page, "results-critical");
  });

  test("a unit that can be converted shares the axis, and says so", async () => {
    await openTest(page, "haemoglobin", "Haemoglobin");
    await page.getByRole("heading", { name: "Haemoglobin over time" }).waitFor();
    await chartsSettled(page, 1);
    await page.getByText("Values in g/dL are converted to g/L for this chart only; the table shows them as reported.").waitFor();
    const every = page.getByRole("table", { name: /Every result of Haemoglobin/ });
    await every.getByText("12.7 g/dL", { exact: true }).waitFor();
    expect(await page.locator(".pw-plot").getAttribute("aria-label")).toContain("Haemoglobin in g/L");
    await picture(page, "results-converted");
  });

  test("two units that cannot be converted safely never share an axis", async () => {
    await openTest(page, "plasma glucose", "Plasma glucose level");
    await chartsSettled(page, 2);
    await page.getByText("Values in mg/dL stand on an axis of their own: they cannot be converted into mmol/L safely.").waitFor();
    const labels = await page.locator(".pw-plot").evaluateAll((all) => all.map((e) => e.getAttribute("aria-label") ?? ""));
    expect(labels.map((l) => /in (\S+):/.exec(l)?.[1])).toEqual(["mmol/L", "mg/dL"]);
    await accessible(page);
    await picture(page, "results-two-axes");
  });

  test("a copy of the same result is one row that opens to both originals", async () => {
    const every = page.getByRole("table", { name: /Every result of Plasma glucose level/ });
    const twice = every.getByRole("button", { name: /2 originals/ });
    await twice.press("Enter");
    expect(await every.locator(".pw-tests__originals .pw-row").count()).toBe(2);
    const badges = await every.locator(".pw-tests__originals .pw-source__name").allInnerTexts();
    expect(new Set(badges).size).toBe(2);
    await accessible(page);
  });

  test("the time is zoomed by keyboard and by pointer", async () => {
    await openTest(page, "haemoglobin", "Haemoglobin");
    await chartsSettled(page, 1);
    const pixels = () => page.locator(".pw-plot canvas").evaluate((c) => (c as HTMLCanvasElement).toDataURL().length);
    const whole = await pixels();
    await page.getByRole("button", { name: "Zoom in" }).press("Enter");
    await page.waitForFunction((was) => document.querySelector<HTMLCanvasElement>(".pw-plot canvas")?.toDataURL().length !== was, whole);
    await page.getByRole("button", { name: "Whole time" }).press("Enter");
    expect(await page.getByRole("button", { name: "Whole time" }).isDisabled()).toBe(true);
    const box = only((await page.locator(".pw-plot .u-over").boundingBox()) ?? undefined, "plot");
    await page.mouse.move(box.x + box.width * 0.3, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(() => [...document.querySelectorAll("button")].some((b) => b.textContent === "Whole time" && !b.disabled));
  });

  test("another test stands beside it on its own axis, and back closes what was opened", async () => {
    await page.getByLabel("Another test beside it").selectOption({ label: "Serum potassium" });
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("heading", { name: "Haemoglobin and Serum potassium over time" }).waitFor();
    await chartsSettled(page, 2);
    await picture(page, "results-beside");
    expect(page.url()).not.toMatch(/haemoglobin|718|2823/i);
    await page.goBack();
    await page.getByRole("heading", { name: "Haemoglobin over time" }).waitFor();
    await page.getByRole("button", { name: "Close the trend" }).click();
    expect(await page.getByRole("heading", { name: "Results", level: 2 }).evaluate((e) => e === document.activeElement)).toBe(true);
  });

  test("what cannot be drawn exactly is not drawn as exact, and what was corrected says so", async () => {
    await openTest(page, "crp", "Serum CRP");
    await chartsSettled(page, 1);
    await page.getByText("below this value").waitFor();
    const every = page.getByRole("table", { name: /Every result of Serum CRP/ });
    await every.getByText("<5 mg/L", { exact: true }).waitFor();
    await every.getByText("Corrected", { exact: true }).waitFor();
    await picture(page, "results-comparator");
    await page.getByRole("button", { name: "Close the trend" }).click();
  });

  test("a report that is not final opens with its conclusion", async () => {
    await page.getByRole("searchbox", { name: "Find a test or report" }).fill("blood culture");
    await page.getByText("No growth after 24 hours").waitFor();
    await page.getByText("Preliminary").waitFor();
    await picture(page, "results-report");
    await page.getByRole("searchbox", { name: "Find a test or report" }).fill("");
  });

  test("the cumulative view has tests against dates", async () => {
    await page.getByRole("button", { name: "Cumulative: tests by date" }).click();
    await page.getByRole("region", { name: "Blood and other laboratory tests, cumulative" }).waitFor();
    await accessible(page);
    await picture(page, "results-cumulative");
  });

  test("fits every screen, forced colours and paper", async () => {
    await page.getByRole("button", { name: "Newest of each test" }).click();
    await openTest(page, "haemoglobin", "Haemoglobin");
    await chartsSettled(page, 1);
    for (const [width, height] of [[360, 740], [768, 1024], [1366, 900], [2560, 1440]] as const) {
      await page.setViewportSize({ width, height });
      const wide = () => page.evaluate(() => [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && e.closest(".pw-grid, .nhsuk-u-visually-hidden") === null).map((e) => `${e.tagName}.${e.getAttribute("class") ?? ""}`));
      await expect.poll(wide, { timeout: 5000 }).toEqual([]); // a chart takes its new width in the next frame
      await picture(page, `results-${width}`);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    await page.evaluate(() => {
      document.querySelector(".pw-trend")?.scrollIntoView();
    });
    await picture(page, "results-360-trend");
    await page.setViewportSize({ width: 1366, height: 900 });
    await page.emulateMedia({ forcedColors: "active" });
    await picture(page, "results-forced");
    await page.emulateMedia({ forcedColors: "none", colorScheme: "dark" });
    await picture(page, "results-dark");
    await page.emulateMedia({ colorScheme: "light", media: "print" });
    expect(await page.locator(".pw-banner").isVisible()).toBe(true);
    expect(await page.locator(".pw-plot canvas").isVisible()).toBe(true);
    expect(await page.getByRole("searchbox").isVisible()).toBe(false);
    await picture(page, "results-print");
    await page.emulateMedia({ media: "screen" });
  });

  test("nothing broke the content security policy", () => {
    expect(visitor.trouble).toEqual([]);
  });
});
