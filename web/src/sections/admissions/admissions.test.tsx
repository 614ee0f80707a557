// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { admissions } from "./admissions";

test("somebody in hospital now is told at once", () => {
  const { rows } = show(admissions, [["Inpatient", { status: "in-progress", period: { start: "2026-11-20", end: null }, source: null, reason: worded("Acute kidney injury"), ward: "Ward 3", specialty: null, consultant: null }]]);
  expect(rows()[0]?.main).toBe("Acute kidney injury");
  expect(rows()[0]?.text).toContain("In hospital now");
});
