import { expect, test } from "vitest";
import type { ViewColumn, ViewHeading } from "../../../api/views";
import { coverageOf } from "../run/coverage";
import { countsAsData, momentOf, rowsAsData } from "./data";
import type { Use } from "./uses";

const heading = (name: string, kind: string, coverage = false): ViewHeading => ({ name, kind, coverage });
const headings = [heading("drug", "string"), heading("many", "integer"), heading("when", "date"), heading("sure", "boolean"), heading("_coverage_medications", "string", true), heading("_complete", "boolean", true)];
const column = (name: string, take: ViewColumn["take"] = "LATEST"): [string, ViewColumn] => [name, { name, section: "medications", field: "x", take }];
const columns = new Map([column("drug"), column("many", "COUNT"), column("when"), column("sure")]);
const uses = new Map<string, Use>([["drug", "name"], ["many", "number"], ["when", "date"], ["sure", "name"]]);
const of = (...rows: (string | null)[][]) => rowsAsData(rows, headings, coverageOf(headings), columns, uses);

test("what is not known is no number and no none", () => {
  const { rows, around } = of(
    ["Aspirin", "2", "2024-03-02", "true", "gp=ANSWERED", "true"],
    [null, "0", null, null, "gp=EMPTY", "true"],
    [null, "0", null, null, "gp=TIMED_OUT", "false"],
    ["Aspirin", "3", "2024-03", "false", "gp=TIMED_OUT", "false"],
  );
  expect(rows.map((r) => r.drug)).toEqual(["Aspirin", "Nothing recorded", "Not known", "Aspirin"]);
  expect(rows.map((r) => r.many)).toEqual([2, 0, null, null]); // three or more is not three
  expect(rows.map((r) => r.sure)).toEqual(["Yes", "Nothing recorded", "Not known", "No"]);
  expect(rows.map((r) => r.when)).toEqual([new Date(2024, 2, 2).getTime(), null, null, new Date(2024, 2, 1).getTime()]);
  expect(around).toEqual([
    "Not drawn: 2 rows of which many is not known, because a system did not answer.",
    "Not drawn: 1 row of which when is not known, because a system did not answer.",
    "Not drawn: 1 row without a value of when that could be.",
    "Drawn at the beginning of the month or year: 1 row of which when is not known more exactly.",
  ]);
  expect(Object.keys(rows[0] ?? {})).not.toContain("_complete");
});

test("several in one cell may be more, and no number is no number", () => {
  const all = new Map([column("drug", "ALL")]);
  expect(rowsAsData([["a; b", "x", null, null, "gp=TIMED_OUT", "false"]], headings, coverageOf(headings), all, new Map([["drug", "name"]])).rows).toEqual([{ drug: "a; b, perhaps more" }]);
  expect(rowsAsData([["a", "1", null, null, "gp=ANSWERED", "true"]], headings, coverageOf(headings), columns, new Map<string, Use>([["drug", "number"]]))).toEqual({ rows: [{ drug: null }], around: ["Not drawn: 1 row without a value of drug that could be."] });
});

test.each([
  ["1956", new Date(1956, 0, 1).getTime()],
  ["2024-03-02T10:00:00Z", Date.UTC(2024, 2, 2, 10)],
  ["soon", null],
  ["20240302", null],
])("%s", (text, moment) => {
  expect(momentOf(text)).toBe(moment);
});

test("a year of the first century is itself", () => {
  expect(new Date(momentOf("0099-02") ?? 0).getFullYear()).toBe(99);
});

test("a count that is held back is no number", () => {
  const counts = [
    { values: ["F"], total: [], people: 20 },
    { values: ["M"], total: [], people: null },
    { values: [null], total: [], people: 10 },
    { values: [null], total: ["sex"], people: 35 },
  ];
  expect(countsAsData(counts, ["sex"])).toEqual({
    rows: [
      { sex: "F", people: 20 },
      { sex: "* M", people: null },
      { sex: "No value, or not answered", people: 10 },
    ],
    around: ["Not drawn, and marked *: 1 number of people that cannot be told. It is not none."],
  });
});
