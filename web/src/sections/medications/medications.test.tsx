// @vitest-environment jsdom
import { fireEvent, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { statement } from "../../testing/fixtures";
import { medications } from "./medications";

const own = { kind: "REPEAT" as const, status: "active", dosage: "One twice a day", route: null, form: null, quantity: null, period: null, reason: null, statusReason: null, lastIssued: null };

test("H-11: stopped in one system, on repeat in the other: one row, shown as going on, that says who says what", () => {
  const at = (id: string, name: string) => ({ source: { id, name, careSetting: null }, organisation: null, localId: id, retrieved: null, asOf: null });
  const { region, rows, groups } = show(medications, [
    { ...statement("1", "Naproxen"), ...own, status: "stopped", period: { start: null, end: "2026-10-20" }, statusReason: worded("Acute kidney injury"), provenance: at("pas", "Infirmary") },
    { ...statement("2", "Naproxen"), ...own, provenance: at("gp", "Surgery") },
  ]);
  expect(rows().map((r) => r.past)).toEqual([false]);
  expect(rows()[0]?.text).toContain("Systems disagree. Stopped at Infirmary 20-Oct-2026, active at Surgery");
  expect(groups()).toEqual([]);
  const unfold = within(region).getByRole("button", { name: "2 statements from 2 systems about Naproxen" });
  expect(unfold.getAttribute("aria-expanded")).toBe("false");
  fireEvent.click(unfold);
  expect(unfold.getAttribute("aria-expanded")).toBe("true");
  const originals = [...region.querySelectorAll(".pw-originals > .pw-row")].map((r) => r.textContent);
  expect(originals[0]).toContain("Repeat");
  expect(originals[1]).toContain("Stopped 20-Oct-2026 · Acute kidney injury");
});

test("two that have nothing in common are two rows, those that go on first", () => {
  const { rows, groups } = show(medications, [
    { ...statement("1", "Lithium", { code: worded("Lithium") }), ...own, status: "completed" },
    { ...statement("2", "Naproxen", { code: worded("Naproxen") }), ...own },
  ]);
  expect(rows().map((r) => [r.main, r.past])).toEqual([
    ["Naproxen", false],
    ["Lithium", true],
  ]);
  expect(groups()).toEqual(["Stopped or completed (1)"]);
});

test("a status nobody has heard of stays in sight as current", () => {
  const { rows } = show(medications, [["Lithium", { ...own, status: "on-hold" }]]);
  expect(rows()[0]?.past).toBe(false);
});
