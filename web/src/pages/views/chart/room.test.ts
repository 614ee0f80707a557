import { expect, test } from "vitest";
import { roomFor, turned } from "./room";

const spec = (mark: unknown = "bar", more = {}) => ({ mark, encoding: { x: { field: "a", type: "nominal", sort: "-y" }, y: { aggregate: "count" }, ...more } });
const of = (...names: string[]) => names.map((a) => ({ a }));
const long = of("Penicillin and its relatives", "Latex");

test("two bars are not as wide as the page", () => {
  expect(roomFor(spec(), of("F", "M", "F"), 960)).toEqual({ width: 440, crowded: false, beside: 0 });
  expect(roomFor(spec(), of("F", "M"), 280)).toEqual({ width: 280, crowded: false, beside: 0 });
});

test("names that have no room along the bottom stand at the side, where bars can lie", () => {
  expect(roomFor(spec(), long, 280)).toEqual({ width: 280, crowded: true, beside: 2 });
  expect(roomFor(spec({ type: "bar" }), long, 280).beside).toBe(2);
  expect(roomFor(spec({ type: "bar", orient: "vertical" }), long, 280).beside).toBe(0);
  expect(roomFor(spec("line"), long, 280)).toEqual({ width: 280, crowded: true, beside: 0 });
  expect(roomFor(spec("bar", { row: { field: "b" } }), long, 280).beside).toBe(0);
  expect(roomFor(spec(), of(...Array.from({ length: 90 }, (_, i) => `Value ${i}`)), 960)).toEqual({ width: 960, crowded: true, beside: 0 });
});

test("a line of time or of numbers has all the width", () => {
  expect(roomFor({ mark: "line", encoding: { x: { field: "a", type: "temporal" } } }, of("1"), 960)).toEqual({ width: 960, crowded: false, beside: 0 });
  expect(roomFor({ layer: [] }, of("1"), 960)).toEqual({ width: 960, crowded: false, beside: 0 });
});

test("bars that lie show the same", () => {
  expect(turned(spec("bar", { color: { field: "c" }, xOffset: { field: "c" } }))).toEqual({
    mark: "bar",
    encoding: { y: { field: "a", type: "nominal", sort: "-x" }, x: { aggregate: "count" }, color: { field: "c" }, yOffset: { field: "c" } },
  });
  expect(turned(turned(spec()))).toEqual(spec());
});
