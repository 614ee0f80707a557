// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { procedures } from "./procedures";

test("a procedure not done says so", () => {
  const own = { performed: { start: "2019", end: null }, bodySite: worded("Left knee"), reason: null, outcome: null, location: null };
  const { rows } = show(procedures, [["Arthroscopy", { ...own, status: "not-done" }]]);
  expect(rows()[0]?.text).toContain("Not done");
  expect(rows()[0]?.text).toContain("Left knee");
});
