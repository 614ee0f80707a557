import { expect, test } from "vitest";
import { roomFor } from "./room";

const spec = { mark: "bar", encoding: { x: { field: "a", type: "nominal" }, y: { aggregate: "count" } } };
const of = (...names: string[]) => names.map((a) => ({ a }));

test("two bars are not as wide as the page, and many have all of it", () => {
  expect(roomFor(spec, of("F", "M", "F"), 960)).toEqual({ width: 440, slanted: false });
  expect(roomFor(spec, of("F", "M"), 280)).toEqual({ width: 280, slanted: false });
  expect(roomFor(spec, of(...Array.from({ length: 60 }, (_, i) => `Value ${i}`)), 960)).toEqual({ width: 960, slanted: true });
  expect(roomFor(spec, of("Penicillin and its relatives", "Latex"), 280)).toEqual({ width: 280, slanted: true });
});

test("a line of time or of numbers has all of it", () => {
  expect(roomFor({ mark: "line", encoding: { x: { field: "a", type: "temporal" } } }, of("1"), 960)).toEqual({ width: 960, slanted: false });
  expect(roomFor({ layer: [] }, of("1"), 960)).toEqual({ width: 960, slanted: false });
});
