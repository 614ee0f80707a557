// @vitest-environment jsdom
import { expect, test } from "vitest";
import { allStates } from "./StatesPage";

test("every component of ui/ and components/ has a state on the page of states", () => {
  const files = Object.keys({ ...import.meta.glob("../ui/**/*.tsx"), ...import.meta.glob("../components/**/*.tsx") });
  const components = files.filter((f) => !f.endsWith(".test.tsx")).map((f) => f.replace(/^\.\.\//, "").replace(/\.tsx$/, ""));
  const shown = new Set(allStates.map((s) => s.of));
  expect(components.filter((c) => !shown.has(c))).toEqual([]);
  expect([...shown].filter((s) => !components.includes(s))).toEqual([]);
});
