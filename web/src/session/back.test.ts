import { expect, test } from "vitest";
import { wanted } from "./back";

test.each([
  [{ back: "/sources" }, "/sources"],
  [{ back: "/patient/p1" }, "/patient/p1"],
  [{ back: "/" }, null],
  [{ back: "/sign-in" }, null],
  [{ back: "https://elsewhere.example" }, null],
  [{ back: "//elsewhere.example/sources" }, null],
  [{ back: 7 }, null],
  [null, null],
])("%j leads to %s", (state, path) => {
  expect(wanted(state)).toBe(path);
});
