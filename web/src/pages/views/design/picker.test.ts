import { expect, test } from "vitest";
import type { ViewSection } from "../../../api/views";
import { type Act, allowed, inputOf, mostColumns, nameOf, nothing, pick, pickerOf, search, wrongName } from "./picker";

const after = (...acts: readonly Act[]) => acts.reduce(pick, nothing);
const add = (section: string, field: string): Act => ({ do: "add", section, field });

test("who it is stands first, the first section has rows and the others their newest", () => {
  const { columns } = after(add("allergies", "code.text"), add("problems", "code.text"), add("allergies", "criticality"), add("patient", "nhsNumber"), add("medications", ""));
  expect(columns.map((c) => [c.name, c.take])).toEqual([
    ["nhs_number", null],
    ["allergies", "EACH"],
    ["problems", "LATEST"],
    ["allergies_criticality", "EACH"],
    ["medications_count", "COUNT"],
  ]);
});

test("only one section has a row for each entry", () => {
  const state = after(add("allergies", "code.text"), add("allergies", "criticality"), add("problems", "code.text"), { do: "take", key: 3, take: "EACH" });
  expect(state.columns.map((c) => c.take)).toEqual(["LATEST", "LATEST", "EACH"]);
  expect(pick(state, add("problems", "onset")).columns.at(-1)?.take).toBe("EACH");
});

test("what a person is known by has nothing to be taken of", () => {
  expect(after(add("patient", "id"), { do: "take", key: 1, take: "COUNT" }).columns[0]?.take).toBeNull();
});

test("columns are moved, and not beyond the ends", () => {
  const state = after(add("patient", "id"), add("problems", "code.text"));
  expect(pick(state, { do: "move", key: 1, by: 1 }).columns.map((c) => c.key)).toEqual([2, 1]);
  expect(pick(state, { do: "move", key: 1, by: -1 })).toBe(state);
  expect(pick(state, { do: "move", key: 9, by: 1 })).toBe(state);
  expect(pick(state, { do: "remove", key: 1 }).columns.map((c) => c.key)).toEqual([2]);
});

test("the same field twice has two names, and a key is never given again", () => {
  const state = after(add("problems", "code.text"), add("problems", "code.text"), { do: "remove", key: 2 }, add("problems", "code.text"));
  expect(state.columns.map((c) => [c.key, c.name])).toEqual([
    [1, "problems"],
    [3, "problems_2"],
  ]);
});

test("no more than the server takes", () => {
  expect(after(...Array.from({ length: mostColumns + 3 }, () => add("problems", "id"))).columns).toHaveLength(mostColumns);
});

test.each([
  ["patient", "nhsNumber", "nhs_number"],
  ["medications", "dose.text", "medications_dose"],
  ["carePlans", "code.text", "care_plans"],
  ["carePlans", "", "care_plans_count"],
  ["endOfLife", "recordedOn", "end_of_life_recorded_on"],
])("%s %s is called %s", (section, field, name) => {
  expect(nameOf(section, field)).toBe(name);
});

test.each([["Problems"], ["1st"], ["_complete"], [""], ["a b"], ["a".repeat(64)]])("%s is no name", (name) => {
  const { columns } = after(add("problems", "id"), { do: "name", key: 1, name });
  const [column] = columns;
  expect(column && wrongName(column, columns)).toMatch(/^A name/);
});

test("what was kept is picked again as it was", () => {
  const kept = [
    { name: "nhs_number", section: "patient", field: "nhsNumber" },
    { name: "problems", section: "problems", take: "COUNT" as const },
    { name: "allergy", section: "allergies", field: "code.text", take: "EACH" as const },
  ];
  expect(inputOf(pickerOf(kept.map((c) => ({ ...c }))).columns)).toEqual(kept);
});

const sections: readonly ViewSection[] = [
  { section: "patient", title: "The person", fields: [{ path: "nhsNumber", kind: "string", many: false, description: "Their number", secondary: false }] },
  { section: "problems", title: "Problems", fields: [{ path: "code.text", kind: "string", many: false, description: "The diagnosis", secondary: true }] },
];

test("for other purposes only what names nobody can be picked; what the server does not know cannot", () => {
  expect(allowed(sections, true, "patient", "nhsNumber")).toBe(false);
  expect(allowed(sections, false, "patient", "nhsNumber")).toBe(true);
  expect(allowed(sections, true, "problems", "code.text")).toBe(true);
  expect(allowed(sections, true, "problems", "secret")).toBe(false);
  expect(allowed(sections, true, "problems", "")).toBe(true);
});

test.each([
  ["number", ["nhsNumber"]],
  ["problems diagnosis", ["code.text"]],
  ["  ", []],
  ["zebra", []],
])("searching for %s", (text, found) => {
  expect(search(sections, text).map((f) => f.field.path)).toEqual(found);
});
