import { expect, test } from "vitest";
import type { ViewHeading } from "../../../api/views";
import { aroundWords, coverageOf, emptiness, gapsOf, gapWords, isComplete } from "./coverage";

const heading = (name: string, coverage = false): ViewHeading => ({ name, kind: "string", coverage });
const headings = [heading("allergy"), heading("_coverage_allergies", true), heading("_coverage_problems", true), heading("_complete", true), heading("_verdict_allergies", true)];
const coverage = coverageOf(headings);
const title = (section: string) => section.charAt(0).toUpperCase() + section.slice(1);
const source = (id: string) => ({ hospital: "Riverside Hospital" })[id] ?? id;

test("finds what says who answered", () => {
  expect(coverage).toEqual({
    complete: 3,
    sections: [
      { section: "allergies", at: 1, verdict: 4 },
      { section: "problems", at: 2, verdict: -1 },
    ],
  });
  // A column of the view's own that is called so says nothing.
  expect(coverageOf([heading("_complete"), heading("_coverage_allergies")])).toEqual({ complete: -1, sections: [] });
});

test.each([
  ["true", true],
  ["false", false],
  ["TRUE", false],
  ["", false],
  [null, false],
])("_complete %s", (cell, complete) => {
  expect(isComplete(coverage, [null, "", "", cell])).toBe(complete);
});

test.each([
  ["gp=ANSWERED hospital=TIMED_OUT", "gp=EMPTY", ["Allergies: not answered in time by Riverside Hospital."]],
  ["gp=UNAVAILABLE hospital=UNAVAILABLE", "", ["Allergies: not answered by gp and Riverside Hospital."]],
  ["gp=ANSWERED withheld=comment+note", "gp=ANSWERED", ["Allergies: withheld from you: comment, note."]],
  ["gp=NEW_STATUS", "gp=PENDING", ["Allergies: not answered by gp.", "Problems: not yet answered by gp."]],
  ["gp=ASSERTED_NONE", "gp=NOT_OFFERED", []],
  ["a=b=WITHHELD", "", ["Allergies: withheld at a=b."]],
])("%s and %s", (allergies, problems, words) => {
  expect(gapWords(gapsOf(coverage, [null, allergies, problems, "false"]), title, source)).toEqual(words);
});

const allergy = { name: "allergy", section: "allergies", field: "code.text" };

test.each([
  ["all answered", "gp=EMPTY", "gp=EMPTY", "true", allergy, "none"],
  ["its own section answered", "gp=EMPTY", "gp=TIMED_OUT", "false", allergy, "none"],
  ["its own section did not", "gp=TIMED_OUT", "gp=EMPTY", "false", allergy, "not-known"],
  ["nobody was asked", "", "gp=EMPTY", "false", allergy, "not-known"],
  ["the column is not known", "gp=EMPTY", "gp=TIMED_OUT", "false", undefined, "not-known"],
  ["the column has no coverage", "gp=EMPTY", "gp=TIMED_OUT", "false", { ...allergy, section: "patient" }, "not-known"],
] as const)("no value, where %s", (_, allergies, problems, complete, column, means) => {
  expect(emptiness(coverage, [null, allergies, problems, complete], column)).toBe(means);
});

test.each([
  ["a clinician's word, and all answered", "gp=ASSERTED_NONE hospital=EMPTY", "NONE_KNOWN", "true", allergy, "none-known"],
  ["the same in a row that is not complete elsewhere", "gp=ASSERTED_NONE", "NONE_KNOWN", "false", allergy, "none-known"],
  ["one did not answer", "gp=ASSERTED_NONE hospital=TIMED_OUT", "UNAVAILABLE", "false", allergy, "not-known"],
  ["nothing is recorded", "gp=EMPTY", "NOT_RECORDED", "true", allergy, "none"],
  ["another section's column", "gp=ASSERTED_NONE", "NONE_KNOWN", "true", { ...allergy, section: "problems" }, "none"],
  ["rows without verdicts", "gp=ASSERTED_NONE", null, "true", allergy, "none"],
] as const)("none known: %s", (_, allergies, verdict, complete, column, means) => {
  expect(emptiness(coverage, [null, allergies, "", complete, verdict], column)).toBe(means);
});

test("who was left out and what is missing is told in words", () => {
  expect(aroundWords({ leftOut: 0, waiting: 0, secondary: false }, 0, 4)).toEqual([]);
  expect(aroundWords({ list: null, lacking: "1 system did not answer the search.", leftOut: 1, waiting: 0, secondary: false }, 0, 4)).toEqual([
    "1 system did not answer the search.",
    "1 person whom the search found is left out: you may not see them, it cannot be told for certain who they are.",
  ]);
  expect(aroundWords({ leftOut: 1, waiting: 2, secondary: true }, 1, 4)).toEqual([
    "1 person on the list is left out: you may not see them, it cannot be told for certain who they are, or they have opted out.",
    "2 answers of systems had not come when the rows were kept. Run it again to ask once more.",
    "1 of 4 rows is incomplete: in it no value does not mean that there is none.",
  ]);
});
