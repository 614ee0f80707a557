// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { discharges } from "./discharges";

test("diagnoses first, and where to", () => {
  const { rows } = show(discharges, [["Discharge", { admitted: "2026-01-01", destination: worded("Home"), diagnoses: [worded("Pneumonia"), worded("Asthma")], ward: "Ward 12", specialty: null, consultant: null }]]);
  expect(rows()[0]?.main).toBe("Pneumonia, Asthma");
  expect(rows()[0]?.text).toContain("Ward 12 · to Home");
});
