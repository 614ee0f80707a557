import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible, launch, openByNumber, picture, settled, signIn, toPassword, visit, type Visitor } from "./browser";
import { fail, heal, only, type Person, readRegion, type Region, type System, type User } from "./region";

let region: Region;
let browser: Browser;

const user = (role: string): User => only(region.users.find((u) => u.role === role), role);
const person = (family: string): Person => only(region.patients.find((p) => p.familyName === family), family);
const hospital = (): System => only(region.systems.find((s) => s.id.includes("hospital")), "hospital");

beforeAll(async () => {
  region = readRegion();
  browser = await launch();
});

afterAll(async () => {
  for (const system of region.systems) await heal(system);
  await browser.close();
});

async function verdicts(page: Page): Promise<Record<string, string>> {
  return page.$$eval(".pw-card", (cards) => Object.fromEntries(cards.map((c) => [c.querySelector("h2")?.textContent ?? "", c.getAttribute("data-verdict") ?? ""])));
}

describe("a clinician", () => {
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    visitor = await visit(browser, region);
    page = visitor.page;
  });
  afterAll(() => visitor.context.close());

  test("is sent to sign in, and told what was wrong", async () => {
    await page.goto("/sources");
    await page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await toPassword(page);
    await accessible(page);
    await picture(page, "sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Enter your password" }).waitFor();
    await page.getByLabel("User name").fill("nobody");
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    const alert = page.getByRole("alert");
    await alert.getByText("not right").waitFor();
    expect(await alert.evaluate((e) => e === document.activeElement)).toBe(true);
    await accessible(page);
    await picture(page, "sign-in-refused");
  });

  test("comes back to where they were going", async () => {
    const gp = user("gp");
    await page.getByLabel("User name").fill(gp.username);
    await page.getByLabel("Password").fill(gp.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Sources", level: 1 }).waitFor();
    await page.locator(".pw-system").first().waitFor();
    expect(await page.locator(".pw-system").count()).toBe(region.systems.length);
    await accessible(page);
    await picture(page, "sources");
  });

  test("sees the rule that a wrong NHS number breaks", async () => {
    await page.getByRole("link", { name: "Find a patient" }).click();
    const field = page.getByRole("textbox", { name: "NHS number" });
    await field.fill("943 500 0011");
    await page.getByRole("button", { name: "Open the record", exact: true }).click();
    await page.getByText("modulus 11").waitFor();
    expect(await field.evaluate((e) => e === document.activeElement)).toBe(true);
    await accessible(page);
    await picture(page, "find-wrong-number");
    await field.fill("12345");
    await page.getByText("An NHS number has 10 digits, and this has 5").waitFor();
    await page.getByLabel("Whose number is it?").waitFor();
    await accessible(page);
  });

  test("finds somebody by what is typed into one box", async () => {
    const everything = only(region.patients[0], "first patient");
    const [year = "", month = "", day = ""] = everything.birthDate.split("-");
    await page.getByRole("link", { name: "Find a patient" }).click();
    const box = page.getByRole("textbox", { name: "family name and date of birth" });
    await box.fill(`${everything.familyName.toLowerCase()} ${Number(day)}/${Number(month)}/${year}`);
    await page.getByText(`Understood as: family name ${everything.familyName.toUpperCase()}, born`).waitFor();
    await accessible(page);
    await picture(page, "find-understood");
    await box.press("Enter");
    await page.getByRole("heading", { name: "1 person found" }).waitFor();
    await accessible(page);
    await picture(page, "find-hits");

    await box.fill(`${everything.familyName.slice(0, -2)} ${everything.birthDate}`);
    await box.press("Enter");
    await page.getByRole("heading", { name: /^Nobody fits exactly.*\. 1 person is similar$/ }).waitFor();
    await accessible(page);
    await picture(page, "find-similar");
  });

  test("says which system a search is missing", async () => {
    await fail(hospital(), "hang");
    try {
      const everything = only(region.patients[0], "first patient");
      const box = page.getByRole("textbox", { name: "family name and date of birth" });
      await box.fill(`nobodyhere ${everything.birthDate}`);
      await box.press("Enter");
      await page.getByRole("heading", { name: "Nobody found by the systems that answered" }).waitFor();
      await page.getByText("did not answer. People known only there are missing.").waitFor();
      await accessible(page);
      await picture(page, "find-missing");
    } finally {
      await heal(hospital());
    }
  });

  test("finds somebody by details in fields of their own", async () => {
    const everything = only(region.patients[0], "first patient");
    const [year = "", month = "", day = ""] = everything.birthDate.split("-");
    await page.getByRole("link", { name: "Find a patient" }).click();
    await page.getByText("Search by details").click();
    await page.getByLabel("Family name", { exact: true }).fill(everything.familyName);
    await page.getByLabel("Day").fill(day);
    await page.getByLabel("Month").fill(month);
    await page.getByLabel("Year").fill(year);
    await page.getByRole("button", { name: "Search by these details" }).click();
    await page.locator(".pw-hit").first().waitFor();
    await accessible(page);
    await picture(page, "find-details");
  });

  test("opens the person whom every system knows, and sees whose each statement is", async () => {
    const everything = only(region.patients[0], "first patient");
    await openByNumber(page, everything.nhsNumber.replace(/^(...)(...)(....)$/, "$1 $2 $3"));
    const banner = page.locator(".pw-banner");
    expect((await banner.innerText()).toUpperCase()).toContain(everything.familyName.toUpperCase());
    expect(await banner.innerText()).toMatch(/Born \d\d-[A-Z][a-z]{2}-\d{4} \(\d+y\)/);
    expect(await banner.innerText()).toMatch(/NHS No\. 9\d\d \d{3} \d{4}/);
    expect(await banner.locator(".pw-banner__facts").innerText()).not.toContain(":"); // CUI: no colons after labels
    expect(await page.locator(".pw-card").count()).toBe(21);
    const badges = new Set(await page.locator("[data-source-badge] .pw-source__name").allInnerTexts());
    expect(badges.size).toBe(region.systems.length);
    await accessible(page);
    await picture(page, "patient");
    await page.locator(".pw-row summary:visible").first().click();
    await accessible(page);
    await picture(page, "patient-details");
  });

  test("leaves no NHS number in address, title or storage", async () => {
    const everything = only(region.patients[0], "first patient");
    const traces = await page.evaluate(() => [location.href, document.title, JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(history.state)].join(" "));
    expect(traces).not.toContain(everything.nhsNumber);
    expect(traces.toLowerCase()).not.toContain(everything.familyName.toLowerCase());
  });

  test("never has the focus hidden behind the banner", async () => {
    await page.evaluate(() => {
      window.scrollTo(0, 0);
    });
    const hidden: string[] = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press(i < 30 ? "Tab" : "Shift+Tab");
      const covered = await page.evaluate(() => {
        const element = document.activeElement;
        const banner = document.querySelector(".pw-banner");
        if (!element || !banner || banner.contains(element) || element.closest("header") || element.matches(".nhsuk-skip-link, main, body")) return "";
        return element.getBoundingClientRect().bottom <= banner.getBoundingClientRect().bottom ? element.outerHTML.slice(0, 80) : "";
      });
      if (covered) hidden.push(covered);
    }
    expect(hidden).toEqual([]);
  });

  test("H-02: with the hospital down nothing reads as none", async () => {
    await fail(hospital(), "refused");
    try {
      const line = page.locator(".pw-missing:not([data-conflicts])");
      await expect
        .poll(
          async () => {
            await page.reload();
            await settled(page);
            return (await line.count()) > 0 ? await line.innerText() : "";
          },
          { timeout: 30_000, interval: 1000 },
        )
        .toMatch(/Missing from this page/);
      let offering: string[] = [];
      // What was read before the hospital went down is remembered for some seconds.
      await expect
        .poll(
          async () => {
            await page.reload();
            await settled(page);
            offering = await page.$$eval(".pw-card", (cards) => cards.filter((c) => [...c.querySelectorAll(".pw-message")].some((m) => m.textContent.includes("Hospital"))).map((c) => c.textContent));
            return offering.length;
          },
          { timeout: 40_000, interval: 1000 },
        )
        .toBeGreaterThan(8);
      for (const text of offering) {
        expect(text).toMatch(/could not be read|did not answer/);
        expect(text).not.toMatch(/No known |Not recorded/);
      }
      await accessible(page);
      await picture(page, "patient-hospital-down");

      // Only the hospital holds this person's allergy; the practice states that there is none.
      await openByNumber(page, person("Contrarie").nhsNumber);
      expect(await page.locator(".pw-banner__allergies").innerText()).toBe("Allergies unavailable");
      expect((await verdicts(page))["Allergies and adverse reactions"]).toBe("UNAVAILABLE");
      await picture(page, "allergies-unavailable");
    } finally {
      await heal(hospital());
    }
  });

  test("asks again when the hospital is back, and sees the conflict", async () => {
    await expect
      .poll(
        async () => {
          await page.reload();
          await settled(page);
          return (await verdicts(page))["Allergies and adverse reactions"];
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toBe("CONFLICT");
    expect(await page.locator(".pw-banner__allergies").innerText()).toBe("Known allergies");
    await page.getByText("Systems disagree").waitFor();
    await accessible(page);
    await picture(page, "patient-conflict");
  });

  test("late data appears by itself, without moving the focus", async () => {
    await fail(hospital(), "slow", { delay: "1700ms" });
    try {
      const twin = person("Geminiford");
      await page.getByRole("link", { name: "Find a patient" }).click();
      await page.getByRole("textbox", { name: "NHS number" }).fill(twin.nhsNumber);
      await page.getByRole("button", { name: "Open the record", exact: true }).click();
      await page.locator("[data-patient]").waitFor();
      await page.evaluate(() => {
        document.querySelector<HTMLElement>("nav a")?.focus();
      });
      await settled(page);
      expect(await page.evaluate(() => document.activeElement?.closest("nav") !== null)).toBe(true);
      expect(await page.locator('[role="status"]').first().textContent()).toBeTruthy();
    } finally {
      await heal(hospital());
    }
  });

  test("H-01: nothing of the last patient stands under the next one's banner", async () => {
    const [a, b] = region.patients.filter((p) => p.familyName === "Geminiford");
    if (!a || !b) throw new Error("the region has no twins");
    // Every change of the page is watched: a row may only be shown under its own banner.
    await page.evaluate(() => {
      const pairs = new Set<string>();
      Object.assign(window, { pairs });
      new MutationObserver(() => {
        const banner = document.querySelector("[data-patient]")?.getAttribute("data-patient") ?? "";
        for (const name of document.querySelectorAll('[aria-label="Patient"] h1, .pw-row__main')) if (/Rosamund|Rosalind/.test(name.textContent)) pairs.add(`${banner} ${/Rosamund|Rosalind/.exec(name.textContent)?.[0] ?? ""}`);
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    for (const twin of [a, b, a, b]) await openByNumber(page, twin.nhsNumber);
    await page.goBack();
    await page.goBack();
    await settled(page);
    const pairs = await page.evaluate(() => [...(window as unknown as { pairs: Set<string> }).pairs]);
    expect(pairs.length).toBe(2);
    expect(new Set(pairs.map((p) => p.split(" ")[0])).size).toBe(2);
  });

  test("sees that somebody has died", async () => {
    await openByNumber(page, person("Lateworth").nhsNumber);
    expect(await page.locator(".pw-banner").innerText()).toMatch(/Died \d\d-[A-Z][a-z]{2}-\d{4}\s+Age at Death \d+y/);
    expect(await page.locator(".pw-banner__facts").evaluate((e) => getComputedStyle(e).backgroundImage)).toContain("gradient");
    await accessible(page);
    await picture(page, "patient-deceased");
  });

  test("H-10: text from sources is text", async () => {
    const hostile = only(region.patients.find((p) => p.familyName.startsWith("O'Neil")), "O'Neil");
    await openByNumber(page, hostile.nhsNumber);
    expect(await page.locator(".pw-banner h1").innerText()).toContain("<SCRIPT>");
    expect(await page.locator("main script, main img, main svg[onload]").count()).toBe(0);
    await picture(page, "patient-hostile-text");
  });

  test("reads at 320 pixels without scrolling sideways", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    const [everything] = region.patients;
    await openByNumber(page, only(everything, "first patient").nhsNumber);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await accessible(page);
    await picture(page, "patient-320");
    // At 400 % the name alone stays in sight.
    await page.setViewportSize({ width: 320, height: 256 });
    await page.evaluate(() => {
      window.scrollTo(0, 2000);
    });
    const name = await page.locator(".pw-banner h1").boundingBox();
    expect(name?.y).toBe(0);
    expect(name?.height).toBeLessThan(100);
    await picture(page, "patient-400-percent");
    await page.setViewportSize({ width: 1360, height: 900 });
  });

  test("signs out, and Back shows nothing", async () => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();
    expect(await page.locator("[data-patient]").count()).toBe(0);
  });

  test("nothing was asked of another host, and no policy was broken", () => {
    expect(visitor.trouble).toEqual([]);
  });
});

describe("a receptionist", () => {
  test("sees who it is, and that the rest is withheld", async () => {
    const visitor = await visit(browser, region);
    const { page } = visitor;
    await signIn(page, user("receptionist"));
    await openByNumber(page, only(region.patients[0], "first patient").nhsNumber);
    const found = await verdicts(page);
    expect(found["Allergies and adverse reactions"]).toBe("WITHHELD");
    expect(found["Problem list"]).toBe("WITHHELD");
    expect(found["Future appointments"]).not.toBe("WITHHELD");
    expect(await page.locator(".pw-banner__allergies").innerText()).toBe("Allergies unavailable");
    await page.getByText(/Withheld from you in \d+ sections/).waitFor();
    await page.getByText("Details withheld from you").first().waitFor();
    await accessible(page);
    await picture(page, "patient-withheld");
    expect(visitor.trouble).toEqual([]);
    await visitor.context.close();
  });
});

describe("a developer", () => {
  test("runs a sample operation in GraphiQL", async () => {
    const visitor = await visit(browser, region);
    const { page } = visitor;
    await signIn(page, user("gp"));
    // The editor runs nothing before it has read the schema.
    await Promise.all([page.waitForResponse((response) => response.url().endsWith("/graphql")), page.goto("/graphiql")]);
    const result = page.locator(".result-window").getByText("patientByNHSNumber").first();
    await expect
      .poll(
        async () => {
          await page.getByRole("button", { name: /Execute query/ }).click();
          return result.waitFor({ timeout: 3000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    expect(await page.getByRole("tab").count()).toBeGreaterThanOrEqual(4);
    await picture(page, "graphiql");
    expect(visitor.trouble).toEqual([]);
    await visitor.context.close();
  });
});
