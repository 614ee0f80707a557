// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { appointments } from "./appointments";

test("cancelled ones are out of the way", () => {
  const own = { start: "2026-12-01T10:15:00Z", end: null, service: worded("Falls"), practitioner: { name: "Dr Greaveson", role: null }, location: "Outpatients 4", reason: null };
  const { rows, groups } = show(appointments, [
    ["Renal clinic", { ...own, status: "cancelled" }],
    ["Falls clinic", { ...own, status: "booked" }],
  ]);
  expect(rows().map((r) => [r.main, r.past])).toEqual([["Falls clinic", false], ["Renal clinic", true]]);
  expect(rows()[0]?.text).toContain("01-Dec-2026 10:15");
  expect(groups()).toEqual(["Cancelled or missed (1)"]);
});
