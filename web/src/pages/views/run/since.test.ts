import { expect, test } from "vitest";
import type { ViewHeading, ViewRunFacts } from "../../../api/views";
import { coverageOf } from "./coverage";
import { freshOf, sinceShown } from "./since";

const heading = (name: string, coverage = false): ViewHeading => ({ name, kind: "string", coverage });
const headings = [heading("allergy"), heading("_coverage_allergies", true), heading("_complete", true), heading("_change"), heading("_since")];
const differences: ViewRunFacts["differences"] = { since: null, new: 1, changed: 0, gone: 0, unknown: 0, came: 0, left: 0 };
const rows = [
  ["Penicillin", "gp=ANSWERED", "true", "NEW", "2026-11-28T06:00:00Z"],
  ["Latex", "gp=ANSWERED", "true", "SAME", null],
  ["Egg", "gp=ANSWERED", "false", "ANOTHER", null],
  ["Nuts", "gp=ANSWERED", "true", null, null],
];

test("what is new stands first, in words", () => {
  const shown = sinceShown({ headings, differences }, rows);
  expect(shown.headings.map((h) => h.name)).toEqual(["What is new", "Since", "allergy", "_coverage_allergies", "_complete"]);
  expect(shown.rows.map((cells) => cells.slice(0, 3))).toEqual([
    ["New", "28-Nov-2026 06:00", "Penicillin"],
    ["As before", "the first run, or not known", "Latex"],
    ["Not known", "the first run, or not known", "Egg"],
    ["Not known", "the first run, or not known", "Nuts"],
  ]);
  expect(coverageOf(shown.headings)).toEqual({ complete: 4, sections: [{ section: "allergies", at: 3, verdict: -1 }] });
  expect(freshOf(shown.headings, shown.rows).map((cells) => cells[2])).toEqual(["Penicillin"]);
});

test("the first run has nothing to compare with, and others have no such columns", () => {
  const first = sinceShown({ headings, differences: null }, rows);
  expect(first.headings.map((h) => h.name)).toEqual(["allergy", "_coverage_allergies", "_complete"]);
  expect(first.rows[0]).toEqual(["Penicillin", "gp=ANSWERED", "true"]);
  expect(freshOf(first.headings, first.rows)).toBe(first.rows);
  const plain = sinceShown({ headings: headings.slice(0, 3), differences: null }, rows);
  expect(plain.rows).toBe(rows);
});
