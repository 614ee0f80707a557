import { expect, test } from "vitest";
import { type RecordState, type Sections, sectionNames, unread } from "../api";
import { completeness, outcome } from "../testing/fixtures";
import { missingFrom } from "./missing";

function state(make: (name: string) => ReturnType<typeof outcome>[]): RecordState {
  const sections = Object.fromEntries(sectionNames.map((name) => [name, { ...completeness("UNAVAILABLE", make(name)), entries: [] }])) as unknown as Sections;
  return { ...unread("p1"), sections };
}

test("nothing missing: no line", () => {
  expect(missingFrom(state(() => [outcome("GP", "EMPTY")]))).toEqual([]);
});

test("a system that is silent everywhere is named alone; one that is silent in places, with the number", () => {
  const line = missingFrom(state((name) => [outcome("Hospital", "UNAVAILABLE"), outcome("GP", name === "documents" ? "TIMED_OUT" : "EMPTY")]));
  expect(line.map((m) => m.text)).toEqual(["Missing from this page: Hospital and GP (1 section), which do not answer"]);
});

test("what policy holds back is counted, not hidden", () => {
  const line = missingFrom(state((name) => (name === "appointments" ? [outcome("GP", "EMPTY")] : [outcome("GP", "WITHHELD")])));
  expect(line).toEqual([{ tone: "withheld", text: `Withheld from you in ${sectionNames.length - 1} sections` }]);
});
