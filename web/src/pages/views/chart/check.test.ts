import { expect, test } from "vitest";
import cases from "../../../../../views/testdata/charts.json";
import { judged } from "./check";

const columns = ["person", "criticality", "n"];

// The server holds what is kept to the same table (views/chart_test.go).
test.each(cases)("$name", ({ chart, secondary, says }) => {
  const { spec, says: said } = judged(JSON.stringify(chart), columns, secondary);
  if (says === "") expect(said).toBe("");
  else expect(said).toContain(says);
  expect(spec === null).toBe(says !== "");
});

test.each(["{", "", "undefined", '{"height":1e999,"mark":"bar","encoding":{}}', '{"layer":['.repeat(3000)])("%.20s", (text) => {
  expect(judged(text, columns, false).spec).toBeNull();
});

test("which columns it is of", () => {
  expect(judged('{"mark":"bar","encoding":{"x":{"field":"n"},"y":{"aggregate":"count"},"color":{"field":"criticality"}}}', columns, true).columns).toEqual(["criticality", "n"]);
});
