// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { alerts } from "./alerts";

test("an alert that no longer holds stands apart", () => {
  const own = { category: worded("Safety"), period: null };
  const { rows, groups } = show(alerts, [
    ["Key safe", { ...own, status: "inactive" }],
    ["Risk of falls", { ...own, status: "active" }],
  ]);
  expect(rows().map((r) => [r.main, r.past])).toEqual([["Risk of falls", false], ["Key safe", true]]);
  expect(groups()).toEqual(["Not active (1)"]);
});
