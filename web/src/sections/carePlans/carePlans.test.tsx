// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { carePlans } from "./carePlans";

test("a plan by its title with its goals; what is not to be done says so", () => {
  const plan = {
    period: null,
    reviewDate: "2020-01-01",
    concerns: [worded("Falls")],
    goals: [{ description: worded("Walk 20 metres"), status: "active", due: "2026-06-01" }],
    activities: [{ what: worded("Stairs"), detail: "alone", status: "unknown", doNotPerform: true, who: null }],
    careTeam: null,
  };
  const { rows } = show(carePlans, [
    ["Care plan", { ...plan, title: "Superseded one", status: "revoked" }],
    ["Care plan", { ...plan, title: "Falls prevention", status: "active" }],
  ]);
  const [first, second] = rows();
  expect([first?.main, first?.past, second?.past]).toEqual(["Falls prevention", false, true]);
  expect(first?.text).toContain("Care plan · Falls · 1 goal · 1 action");
  expect(first?.text).toContain("Walk 20 metres · Active · by 01-Jun-2026");
  expect(first?.text).toContain("Not to be done – Stairs · alone");
  expect(first?.text).toContain("Review overdue since 01-Jan-2020");
});
