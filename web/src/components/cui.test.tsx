// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { compile } from "sass";
import { beforeEach, describe, expect, test } from "vitest";
import type { Completeness, Identity } from "../api";
import { access } from "../testing/fixtures";
import { age, formatDate, formatInstant } from "../ui/dates";
import { formatNHSNumber } from "../ui/nhsNumber";
import { PatientBanner } from "./PatientBanner";

/*
 * The rules of the NHS Common User Interface that apply to this viewer, each by its id
 * (PAB patient banner, NID patient name, CGS sex and gender, NUM NHS number, D+T date and
 * time). The banner's style sheet is the real one. Where a rule is about the second zone
 * of the banner, its content is the record under it.
 */

const style = compile("src/styles/_banner.scss").css;

const person: NonNullable<Identity["person"]> = {
  nhsNumber: "9435000010",
  nhsNumberStatus: "VERIFIED",
  name: { text: "EVERARD-HOLLIS, Philomena Rose (Mrs)" },
  birthDate: "1948-03-12",
  deceased: null,
  deceasedDate: null,
  gender: "female",
  provenance: null,
};
const living: Identity = { id: "p1", nhsNumber: "9435000010", birthDate: "1948-03-12", person, registrations: [], access: access() };
const dead: Identity = { ...living, person: { ...person, deceased: true, deceasedDate: "2026-10-12" } };
const unknown: Identity = { id: "p1", nhsNumber: null, birthDate: null, person: null, registrations: [], access: access() };

function banner(identity: Identity | null = living, verdict: Completeness["verdict"] = "KNOWN", onAllergies?: () => void) {
  render(
    <PatientBanner identity={identity} allergies={{ verdict }} onAllergies={onAllergies}>
      {null}
    </PatientBanner>,
  );
  const place = screen.getByRole("region", { name: "Patient" });
  const at = (selector: string) => [...place.querySelectorAll<HTMLElement>(selector)];
  const one = (selector: string) => {
    const [found] = at(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  };
  return { place, at, one, text: place.textContent.replace(/\s+/g, " "), labels: at(".pw-banner__label").map((l) => l.textContent) };
}

beforeEach(() => {
  document.head.innerHTML = "";
  const sheet = document.createElement("style");
  sheet.textContent = style;
  document.head.append(sheet);
});

describe("where the banner stands", () => {
  test("PAB-0009 PAB-0010 PAB-0012: at the top, across the full width, not down a side", () => {
    const { place, one } = banner();
    expect(getComputedStyle(place).width).toMatch(/^(auto)?$/);
    expect(getComputedStyle(one(".pw-banner__facts")).flexDirection).not.toMatch(/column/);
    expect(getComputedStyle(place).top).toMatch(/^0(px)?$/);
  });
  test("PAB-0011: fixed, so that it does not leave with the page", () => {
    expect(getComputedStyle(banner().place).position).toBe("sticky");
  });
  test("PAB-0013: nothing of the page stands over it", () => {
    expect(Number(getComputedStyle(banner().place).zIndex)).toBeGreaterThan(0);
  });
  test("PAB-0014: set apart from the page by ground and border", () => {
    const { place } = banner();
    expect(style).toMatch(/\.pw-banner \{[^}]*border-bottom: 2px solid/);
    expect(style).toMatch(/\.pw-banner__facts \{[^}]*background: var\(--pale-blue\)/);
    expect(place.className).toContain("pw-banner");
  });
  test("PAB-0015: only the page of one person has it", () => {
    const pages = import.meta.glob<string>("../pages/**/*.tsx", { query: "?raw", import: "default", eager: true });
    const having = Object.entries(pages).filter(([, code]) => code.includes("PatientBanner")).map(([path]) => path);
    expect(having).toEqual(["../pages/patient/PatientPage.tsx"]);
  });
});

describe("what it always has", () => {
  test("PAB-0016 PAB-0022 PAB-0073 PAB-0076: name, date of birth, gender and NHS number, read in this order", () => {
    expect(banner().text).toMatch(/^EVERARD-HOLLIS, Philomena Rose \(Mrs\) ?Born 12-Mar-1948 \(\d+y\) ?Gender Female ?NHS No\. 943 500 0010 ?Known allergies$/);
  });
  test("PAB-0017 PAB-0023: the age of the living", () => {
    expect(banner().text).toMatch(/\(\d+y\)/);
  });
  test("PAB-0018 PAB-0024 PAB-0057: date of death and age at death of who has died", () => {
    expect(banner(dead).text).toMatch(/Died 12-Oct-2026 ?Age at Death 78y/);
  });
  test("PAB-0019: what is not known says so behind its label, and never by a sign", () => {
    const { text, at } = banner(unknown);
    expect(text).toMatch(/^Not known ?Born Not known ?Gender Not known ?NHS No\. Not known/);
    expect(text).not.toContain("?");
    for (const value of at(".pw-banner__value")) expect(value.previousElementSibling?.className).toBe("pw-banner__label");
  });
  test("PAB-0021: no photograph", () => {
    expect(banner().at("img, picture, image")).toEqual([]);
  });
});

describe("labels and values", () => {
  test("PAB-0033: the date of birth is labelled Born", () => {
    expect(banner().text).toContain("Born 12-Mar-1948");
  });
  test("PAB-0034: the age in parentheses at once behind the date of birth, without a label", () => {
    expect(banner().one(".pw-banner__value").textContent).toMatch(/^12-Mar-1948 \(\d+y\)$/);
  });
  test("PAB-0035: the gender is labelled Gender", () => {
    expect(banner().labels).toContain("Gender");
  });
  test("PAB-0036: the NHS number is labelled NHS No.", () => {
    expect(banner().labels).toContain("NHS No.");
  });
  test("PAB-0038 PAB-0039: Died, and Age at Death", () => {
    expect(banner(dead).labels).toEqual(["Born", "Died", "Age at Death", "Gender", "NHS No."]);
  });
  test("PAB-0042: no colon behind a label", () => {
    expect(banner(dead).text).not.toContain(":");
  });
  test("PAB-0043: no punctuation in a label but that of its abbreviation", () => {
    for (const label of banner(dead).labels) expect(label.replace("No.", "No")).toMatch(/^[A-Za-z ]+$/);
  });
  test("PAB-0044 PAB-0045 PAB-0046: values stand out from their labels", () => {
    const { at } = banner();
    for (const value of at(".pw-banner__value")) expect(getComputedStyle(value).fontWeight).toBe("700");
    for (const label of at(".pw-banner__label")) expect(getComputedStyle(label).fontWeight).not.toBe("700");
  });
});

describe("the name", () => {
  test("PAB-0049 PAB-0051 PAB-0052 PAB-0053 NID-0001 NID-0002 NID-0003 NID-0004 NID-0006 NID-0008: FAMILY, Given (Title), as the server words it (record.HumanName.Text)", () => {
    expect(banner().one("h1").textContent).toMatch(/^[\p{Lu}'’-]+, [\p{L}' -]+ \(\p{L}+\)$/u);
  });
  test("PAB-0050: no labels for the parts of the name", () => {
    expect(banner().one("h1").querySelector(".pw-banner__label")).toBeNull();
  });
  test("NID-0005 NID-0011: all of it, however long", () => {
    const long = `${"WOLFESCHLEGELSTEIN".repeat(60)}, Ann (Dr)`;
    const { one } = banner({ ...living, person: { ...person, name: { text: long } } });
    expect(one("h1").textContent).toBe(long);
    expect(getComputedStyle(one("h1")).textOverflow).not.toBe("ellipsis");
    expect(getComputedStyle(one("h1")).overflowY).toBe("auto");
  });
});

describe("somebody who has died", () => {
  test("PAB-0055 PAB-0056: another colour and a pattern, which a bad screen shows too", () => {
    const { place } = banner(dead);
    expect(place.className).toContain("pw-banner--deceased");
    expect(style).toMatch(/\.pw-banner--deceased \.pw-banner__facts \{[^}]*repeating-linear-gradient/);
  });
  test("PAB-0058 PAB-0059 PAB-0063: died and age at death, in this order, below the date of birth and left-aligned with it", () => {
    const dates = banner(dead).one(".pw-banner__dates");
    expect([...dates.children].map((c) => c.textContent.replace(/\s+/g, " "))).toEqual(["Born 12-Mar-1948", "Died 12-Oct-2026", "Age at Death 78y"]);
    expect(getComputedStyle(dates).flexDirection).toBe("column");
  });
  test("PAB-0060: the age at death without parentheses", () => {
    expect(banner(dead).text).toContain("Age at Death 78y");
  });
});

describe("allergies", () => {
  const labels: readonly (readonly [Completeness["verdict"], string])[] = [
    ["KNOWN", "Known allergies"],
    ["NONE_KNOWN", "No known allergies"],
    ["NOT_RECORDED", "Allergies not recorded"],
    ["UNAVAILABLE", "Allergies unavailable"],
  ];
  test.each(labels)("PAB-0064: %s is one of the four labels", (verdict, label) => {
    expect(banner(living, verdict).one(".pw-banner__allergies").textContent).toBe(label);
  });
  test("PAB-0008: who may not see the allergies is told nothing of them", () => {
    expect(banner(living, "WITHHELD").one(".pw-banner__allergies").textContent).toBe("Allergies unavailable");
  });
  test("PAB-0066: the label leads to the allergies", async () => {
    let opened = 0;
    const { one } = banner(living, "KNOWN", () => opened++);
    await userEvent.click(one("button.pw-banner__allergies"));
    expect(opened).toBe(1);
  });
  test("PAB-0067: Known allergies is louder than the others", () => {
    expect(style).toMatch(/\[data-label="Known allergies"\] \{[^}]*background: var\(--red-solid\)/);
    expect(style).not.toMatch(/\[data-label="(No known|Allergies)[^\]]*"\][^{]*\{[^}]*red-solid/);
  });
  test.each(labels)("PAB-0068 PAB-0071: %s is in the style of a value, or of a label", (verdict, label) => {
    const weight = getComputedStyle(banner(living, verdict).one(".pw-banner__allergies")).fontWeight;
    expect(weight).toBe(label.endsWith("nown allergies") ? "700" : "400");
  });
  test("PAB-0069 PAB-0070 PAB-0072: a sign before each label, and another for each", () => {
    const signs = labels.map(([verdict]) => {
      const found = banner(living, verdict).one(".pw-banner__allergies");
      expect(found.firstElementChild?.tagName).toBe("svg");
      const shape = found.querySelector("path")?.getAttribute("d");
      document.body.innerHTML = "";
      return shape;
    });
    expect(new Set(signs).size).toBe(4);
  });
});

describe("values as CUI writes them", () => {
  test.each([
    ["male", "Male"],
    ["female", "Female"],
    ["other", "Other specific"],
    ["unknown", "Not known"],
    ["", "Not known"],
  ])("CGS-0003 CGS-0005 CGS-0006 CGS-0008: gender %j is %s, spelled out", (gender, words) => {
    expect(banner({ ...living, person: { ...person, gender } }).text).toContain(`Gender ${words}`);
  });
  test("NUM-0001 NUM-0002: an NHS number in full, 3-3-4 with single spaces, on one line", () => {
    expect(formatNHSNumber("9435000010")).toBe("943 500 0010");
    const { at } = banner();
    for (const fact of at(".pw-banner__fact")) expect(getComputedStyle(fact).whiteSpace).toBe("nowrap");
  });
  test("NUM-0003: an NHS number can be copied", () => {
    expect(getComputedStyle(banner().one(".pw-banner__value")).userSelect).not.toBe("none");
  });
  test.each([
    ["2026-05-03", "03-May-2026"],
    ["1899-12-31", "31-Dec-1899"],
    ["1948-03", "Mar-1948"],
    ["1948", "1948"],
  ])("D+Ta-0006 D+Ta-0007 D+Ta-0008 D+Ta-0009 D+Ta-0010 D+Ta-0018: %s is %s", (date, shown) => {
    expect(formatDate(date)).toBe(shown);
  });
  test("D+Tc-0021: the clock has 24 hours", () => {
    expect(formatInstant("2026-01-03T15:04:00Z")).toBe("03-Jan-2026 15:04");
  });
  test.each([
    ["2026-11-20", "1d"],
    ["2026-10-20", "4w 4d"],
    ["2025-06-01", "17m 20d"],
    ["2020-11-21", "6y"],
    ["2012-05-21", "14y 6m"],
    ["1948-03-12", "78y"],
  ])("PAB-0023: born %s is %s old, as exact as the age asks", (born, words) => {
    expect(age(born, "2026-11-21")).toBe(words);
  });
});
