import { expect, test } from "vitest";
import { asked, everything, howMany, kept, toggled } from "./filters";

const chosen = { ...everything, window: { from: "2024-01-01", to: "2024-12-31" }, sections: ["results"], text: "potassium", without: ["CANCELLED" as const] };

test("what an entry of the history holds is read again", () => {
  expect(kept("p1", { part: "timeline", timeline: { of: "p1", ...chosen } })).toEqual(chosen);
});

test("H-01: another person's filters are nobody's", () => {
  expect(kept("p2", { timeline: { of: "p1", ...chosen } })).toEqual(everything);
});

test.each([null, undefined, 7, "x", {}, { timeline: null }, { timeline: { of: "p1", window: { from: "x" }, sections: "results", text: 7, recordedSince: "soon", without: ["ALL", 3], undated: "yes" } }])(
  "what is not as it should be is nothing chosen: %j",
  (state) => {
    expect(kept("p1", state)).toEqual(everything);
  },
);

test("nothing chosen asks for everything", () => {
  expect(asked(everything)).toEqual({ sections: null, organisations: null, sources: null, text: null, from: null, to: null, recordedSince: null, without: null, undated: false });
  expect(asked(chosen)).toMatchObject({ sections: ["results"], text: "potassium", from: "2024-01-01", to: "2024-12-31", without: ["CANCELLED"] });
  expect(howMany(everything)).toBe(0);
  expect(howMany(chosen)).toBe(3);
  expect(toggled(toggled(["a"], "b"), "a")).toEqual(["b"]);
});
