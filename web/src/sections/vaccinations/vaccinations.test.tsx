// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { vaccinations } from "./vaccinations";

test("a vaccine not given does not look given", () => {
  const { rows } = show(vaccinations, [["Influenza vaccine", { status: "not-done", disease: worded("Influenza"), dose: "1", batch: null, site: null, route: null, reason: worded("Declined") }]]);
  expect(rows()[0]?.text).toContain("Not given");
  expect(rows()[0]?.text).toContain("Declined");
});
