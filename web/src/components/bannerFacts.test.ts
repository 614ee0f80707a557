import { describe, expect, test } from "vitest";
import type { Completeness, Identity } from "../api";
import { access } from "../testing/fixtures";
import { allergyLabel, bannerFacts } from "./bannerFacts";

describe("the four allergy labels of the patient banner, and no other", () => {
  test.each<[Completeness["verdict"] | undefined, string]>([
    ["KNOWN", "Known allergies"],
    ["KNOWN_INCOMPLETE", "Known allergies"],
    ["CONFLICT", "Known allergies"],
    ["NONE_KNOWN", "No known allergies"],
    ["NOT_RECORDED", "Allergies not recorded"],
    ["WITHHELD", "Allergies unavailable"],
    ["PENDING", "Allergies unavailable"],
    ["UNAVAILABLE", "Allergies unavailable"],
    [undefined, "Allergies unavailable"],
  ])("%s → %s", (verdict, label) => {
    expect(allergyLabel(verdict && { verdict })).toBe(label);
  });
});

const person: NonNullable<Identity["person"]> = {
  nhsNumber: "9435000010",
  nhsNumberStatus: "VERIFIED",
  name: { text: "EVERARD-HOLLIS, Philomena (Mrs)" },
  birthDate: "1948-03-12",
  deceased: null,
  deceasedDate: null,
  gender: "female",
  provenance: null,
};
const identity: Identity = { id: "p1", nhsNumber: "9435000010", birthDate: "1948-03-12", person, registrations: [], access: access() };

test("a living person", () => {
  expect(bannerFacts(identity, "2026-11-21")).toEqual({
    name: "EVERARD-HOLLIS, Philomena (Mrs)",
    born: "12-Mar-1948 (78y)",
    gender: "Female",
    nhsNumber: "943 500 0010",
    verified: true,
    died: null,
    ageAtDeath: "",
  });
});

test("somebody who has died has the age at death, and no age now", () => {
  const facts = bannerFacts({ ...identity, person: { ...person, deceased: true, deceasedDate: "2026-10-12" } }, "2030-01-01");
  expect(facts.died).toBe("12-Oct-2026");
  expect(facts.ageAtDeath).toBe("78y");
  expect(facts.born).toBe("12-Mar-1948");
});

test("a death without a date is still told", () => {
  expect(bannerFacts({ ...identity, person: { ...person, deceased: true } }, "2030-01-01").died).toBe("Not known");
});

test("what is not known is Not known", () => {
  expect(bannerFacts({ id: "p1", nhsNumber: null, birthDate: null, person: null, registrations: [], access: access() }, "2026-11-21")).toEqual({
    name: "Not known",
    born: "Not known",
    gender: "Not known",
    nhsNumber: "Not known",
    verified: false,
    died: null,
    ageAtDeath: "",
  });
});
