// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show } from "../../testing/card";
import { problems } from "./problems";

const own = { clinicalStatus: "active", verification: "confirmed", significance: "major", severity: null, category: null, bodySite: null, ended: null };

test("what was refuted or is over never looks active", () => {
  const { rows } = show(problems, [
    ["Gout", { ...own, verification: "entered-in-error" }],
    ["Asthma", own],
    ["Pneumonia", { ...own, clinicalStatus: "resolved", ended: "2020-02" }],
  ]);
  expect(rows().map((r) => [r.main, r.past])).toEqual([["Asthma", false], ["Gout", true], ["Pneumonia", true]]);
  expect(rows()[2]?.text).toContain("Ended Feb-2020");
});
