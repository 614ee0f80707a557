import { expect, test } from "vitest";
import { type Column, sectionNames, switchedOn } from "../../../api";
import { asInput, columnTitle, fieldOf, places, readyMade, same, wanted } from "./columns";

const column = (section: string, show: Column["show"], code: string | null = null, title: string | null = null): Column => ({ section, show, code, title });

test("the ready-made columns have fields of their own", () => {
  const columns = readyMade.map((r) => r.column);
  expect(columns.map((c) => fieldOf(c, columns))).toEqual(["alerts", "allergies", "observations1", "next", "contacts", "problems"]);
  expect(columns.map(columnTitle)).toEqual(["Alerts", "Allergies", "Latest NEWS2", "Next appointment", "Last contact", "Problems"]);
});

test("every section can be counted and looked at", () => {
  for (const name of sectionNames) {
    for (const show of ["COUNT", "LATEST"] as const) expect(switchedOn(wanted([column(name, show)]))).toEqual([name]);
  }
});

test("nothing is asked for that no column shows; what is switched on is asked with its code", () => {
  expect(switchedOn(wanted([]))).toEqual([]);
  const asked = wanted([column("observations", "LATEST", "a"), column("results", "LATEST", "b"), column("observations", "COUNT", "c"), column("observations", "COUNT", "a"), column("observations", "COUNT")]);
  expect(switchedOn(asked).sort()).toEqual(["observations", "observations1", "observations2", "results1"]);
  expect(asked).toMatchObject({ observations1Code: "a", observations2Code: "c", observations3Code: null, results1Code: "b" });
});

test("asked again, only what is awaited is; with the same code", () => {
  const columns = [column("observations", "LATEST", "a"), column("observations", "LATEST", "b"), column("alerts", "COUNT")];
  const asked = wanted(columns, new Set(["observations2" as const]));
  expect(switchedOn(asked)).toEqual(["observations2"]);
  expect(asked.observations2Code).toBe("b");
});

test.each([
  ["more codes than there are places", column("observations", "LATEST", String(places))],
  ["the next of what is not to come", column("alerts", "NEXT")],
  ["a code of a section that has none", column("alerts", "COUNT", "a")],
  ["a section of another version", column("somethingNew", "COUNT")],
])("%s has no field, and is not mistaken for another", (_, odd) => {
  const columns = [...Array.from({ length: places }, (__, i) => column("observations", "LATEST", String(i))), odd];
  expect(fieldOf(odd, columns)).toBeNull();
});

test.each([
  [column("medications", "LATEST"), "Latest: Medications and medical devices"],
  [column("results", "COUNT", "http://snomed.info/sct|123"), "Investigation results (123)"],
  [column("alerts", "COUNT", null, "Flags"), "Flags"],
  [column("somethingNew", "COUNT"), "Something new"],
])("%j is titled %s", (of, title) => {
  expect(columnTitle(of)).toBe(title);
});

test("what is sent leaves out what is not said; titles do not make columns different", () => {
  expect(asInput([column("alerts", "COUNT"), column("results", "LATEST", "a", "B")])).toEqual([{ section: "alerts", show: "COUNT" }, { section: "results", show: "LATEST", code: "a", title: "B" }]);
  expect(same(column("alerts", "COUNT", null, "A"), column("alerts", "COUNT"))).toBe(true);
  expect(same(column("alerts", "COUNT"), column("alerts", "LATEST"))).toBe(false);
});
