import { expect, test } from "vitest";
import { completeness, outcome } from "../../testing/fixtures";
import { questions } from "./questions";

test("nothing withheld: nothing to ask", () => {
  expect(questions("allergies", completeness("UNAVAILABLE", [outcome("GP", "TIMED_OUT"), outcome("Hospital", "EMPTY")]))).toEqual([]);
});

test("one question for every reason, about the first system that gives it", () => {
  const role = { reason: "Your role does not include this section", code: "policy" };
  const section = completeness("WITHHELD", [outcome("GP", "WITHHELD", role), outcome("Hospital", "WITHHELD", role), outcome("Council", "WITHHELD", { reason: "The person objects", code: "objection" })]);
  expect(questions("allergies", section)).toEqual([
    { resource: "allergies", source: "gp", label: null, about: "GP and Hospital" },
    { resource: "allergies", source: "council", label: null, about: "Council" },
  ]);
});

test.each([
  ["label", "Some of it is marked restricted and is not for your role", "restricted"],
  ["label", "Some of it is marked very restricted", "very-restricted"],
  ["label:safeguarding", null, "safeguarding"],
  ["policy", "Your role does not include restricted sections", null],
])("entries behind a label are asked for by it: %s, %s", (code, reason, label) => {
  const section = completeness("KNOWN_INCOMPLETE", [outcome("GP", "WITHHELD", { code, reason })], { total: 1 });
  expect(questions("problems", section).map((q) => q.label)).toEqual([label]);
});

test("an outcome that does not name its label is asked about under each, but for what may be concealed", () => {
  const section = completeness("WITHHELD", [outcome("GP", "WITHHELD", { code: "label", reason: "Some of it is marked as sensitive and is not for your role" })]);
  expect(questions("alerts", section).map((q) => q.label)).toEqual(["restricted", "very-restricted", "safeguarding"]);
});

test("fields are asked for one by one, at a system that answered", () => {
  const section = completeness("KNOWN", [outcome("Council", "EMPTY"), outcome("GP", "ANSWERED", { count: 1 })], { total: 1, withheldFields: ["reason", "lastOccurrence"] });
  expect(questions("appointments", section)).toEqual([
    { resource: "appointments.reason", source: "gp", label: null, about: "reason" },
    { resource: "appointments.lastOccurrence", source: "gp", label: null, about: "last occurrence" },
  ]);
});
