import { expect, test } from "vitest";
import { isolated, joined } from "./direction";

test.each([
  ["Penicillin", "Penicillin"],
  ["BP <140 & O'Neil =5mg", "BP <140 & O'Neil =5mg"],
  ["עברית", "\u2068עברית\u2069"],
  ["\u202Eesrever", "\u2068\u202Eesrever\u2069"],
  ["left open \u2067", "\u2068left open \u2067\u2069\u2069"],
  ["\u2069closed early", "\u2068\u2068\u2069closed early\u2069"],
])("%j keeps its neighbours in order", (text, shown) => {
  expect(isolated(text)).toBe(shown);
});

test("what stands alone is given as it is; what is joined is kept apart", () => {
  expect(joined([null, "\u202Ex", ""], " · ")).toBe("\u202Ex");
  expect(joined(["\u202Ex", "Mild"], " · ")).toBe("\u2068\u202Ex\u2069 · Mild");
});
