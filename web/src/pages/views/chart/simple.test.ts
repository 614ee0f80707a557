import { expect, test } from "vitest";
import type { ViewSection } from "../../../api/views";
import { judged } from "./check";
import { type Charted, chartedIn, chartedOf, firstOf, type Mark, renamed, type Simple, simpleOf, specOf, written } from "./simple";

const columns: Charted[] = [
  { name: "nhs_number", kind: "string" },
  { name: "drug", kind: "string" },
  { name: "many", kind: "integer" },
  { name: "dose", kind: "decimal" },
  { name: "born", kind: "date" },
  { name: "sure", kind: "boolean" },
];
const names = columns.map((c) => c.name);

// Whatever can be chosen may be kept, and is chosen again when the view is opened.
const marks: Mark[] = ["bar", "line", "point"];
const choices: [boolean, Simple][] = [false, true].flatMap((secondary) =>
  marks.flatMap((mark) => names.flatMap((x) => (secondary ? [""] : ["", "many", "dose"]).flatMap((y) => ["", "drug"].map((colour): [boolean, Simple] => [secondary, { mark, x, y, colour }])))),
);
test.each(choices)("secondary %s: %o", (secondary, simple) => {
  const text = written(specOf(simple, columns, secondary));
  expect(judged(text, names, secondary).says).toBe("");
  expect(simpleOf(text, columns, secondary)).toEqual(simple);
});

test.each([
  ['{"mark":"bar","encoding":{"x":{"field":"drug"},"y":{"aggregate":"count"}}}'], // no type: written by somebody
  ['{"mark":"arc","encoding":{"theta":{"aggregate":"count"},"color":{"field":"drug"}}}'],
  ['{"layer":[]}'],
  ["{"],
  ["null"],
])("%s says more than the choices can", (text) => {
  expect(simpleOf(text, columns, false)).toBeNull();
});

test("what is chosen first", () => {
  expect(firstOf("bar", columns, false)).toEqual({ mark: "bar", x: "drug", y: "", colour: "" });
  expect(firstOf("line", columns, false)).toEqual({ mark: "line", x: "born", y: "", colour: "" });
  expect(firstOf("point", columns, false)).toEqual({ mark: "point", x: "born", y: "many", colour: "" });
  expect(firstOf("point", columns, true)).toEqual({ mark: "point", x: "drug", y: "", colour: "" });
  expect(firstOf("bar", columns.slice(0, 1), false)).toEqual({ mark: "bar", x: "nhs_number", y: "", colour: "" });
  expect(firstOf("bar", [], false)).toBeNull();
});

test("a column that is called otherwise is called so in the chart", () => {
  const text = written(specOf({ mark: "bar", x: "drug", y: "", colour: "drug" }, columns, false));
  expect(simpleOf(renamed(text, "drug", "medicine"), [{ name: "medicine", kind: "string" }], false)).toEqual({ mark: "bar", x: "medicine", y: "", colour: "medicine" });
  expect(renamed(text, "other", "x")).toBe(text);
  expect(renamed("{", "drug", "x")).toBe("{");
});

test("the kinds that a run will have", () => {
  const sections: ViewSection[] = [{ section: "allergies", title: "Allergies", fields: [{ path: "date", kind: "date", many: false, description: null, secondary: true }, { path: "notes", kind: "string", many: true, description: null, secondary: false }] }];
  const of = (field: string, take: "EACH" | "ALL" | "COUNT") => ({ key: 1, name: "a", section: "allergies", field, take });
  expect(chartedOf([of("date", "EACH"), of("date", "ALL"), of("notes", "EACH"), of("", "COUNT")], sections, false).map((c) => c.kind)).toEqual(["date", "string", "string", "integer"]);
  expect(chartedOf([of("date", "EACH")], sections, true).map((c) => c.kind)).toEqual(["string"]);
});

test("the columns of a definition", () => {
  expect(chartedIn('{"select":[{"column":[{"name":"id","path":"id"}]},{"forEach":"x","column":[{"name":"n","type":"integer"}],"unionAll":[{"column":[{"name":"id"},{"name":"u"}]}]}]}')).toEqual([
    { name: "id", kind: "string" },
    { name: "n", kind: "integer" },
    { name: "u", kind: "string" },
  ]);
  expect(chartedIn("{")).toEqual([]);
});
