// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show } from "../../testing/card";
import { overdue } from "./decisions";
import { endOfLife } from "./endOfLife";

test("what holds before what was withdrawn; the decision and where the original is stand out", () => {
  const own = { kind: "respect", decision: "Comfort first", reviewDate: "2020-01-01", original: "yellow folder" };
  const { rows, groups } = show(endOfLife, [
    ["Old form", { ...own, status: "revoked", cpr: "attempt" }],
    ["ReSPECT form", { ...own, status: "active", cpr: "do-not-attempt" }],
  ]);
  expect(rows().map((r) => [r.main, r.past])).toEqual([["ReSPECT form", false], ["Old form", true]]);
  expect(groups()).toEqual(["Not in force (1)"]);
  expect(rows()[0]?.text).toContain("Do not attempt CPR");
  expect(rows()[0]?.text).toContain("Review overdue since 01-Jan-2020");
  expect(rows()[1]?.text).not.toContain("overdue");
});

test("a day is overdue from the day after it, a month from the month after", () => {
  expect(overdue("2026-11-27", "2026-11-27")).toBe(false);
  expect(overdue("2026-11-26", "2026-11-27")).toBe(true);
  expect(overdue("2026-11", "2026-11-27")).toBe(false);
  expect(overdue("2026-11-26T10:00:00Z", "2026-11-27")).toBe(true);
  expect(overdue("2026", "2027-01-01")).toBe(true);
  expect(overdue(null, "2026-11-27")).toBe(false);
});
