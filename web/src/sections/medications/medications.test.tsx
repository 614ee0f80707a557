// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { medications } from "./medications";

const own = { kind: "REPEAT" as const, status: "active", dosage: "One twice a day", route: null, form: null, quantity: null, period: null, reason: null, statusReason: null, lastIssued: null };

test("H-11: stopped in one system, on repeat in the other: both are shown, and which is which", () => {
  const { rows, groups } = show(medications, [
    ["Naproxen", { ...own, status: "stopped", period: { start: null, end: "2026-10-20" }, statusReason: worded("Acute kidney injury") }],
    ["Naproxen", own],
  ]);
  expect(rows().map((r) => r.past)).toEqual([false, true]);
  expect(rows()[0]?.text).toContain("Repeat");
  expect(rows()[1]?.text).toContain("Stopped 20-Oct-2026 · Acute kidney injury");
  expect(groups()).toEqual(["Stopped or completed (1)"]);
});

test("a status nobody has heard of stays in sight as current", () => {
  const { rows } = show(medications, [["Lithium", { ...own, status: "on-hold" }]]);
  expect(rows()[0]?.past).toBe(false);
});
