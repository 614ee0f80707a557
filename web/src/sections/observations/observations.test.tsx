// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { observations } from "./observations";

const own = { status: "final", category: null, value: null, interpretation: null, ranges: null, absent: null, components: null };

test("the value stands with its name; parts stand under it", () => {
  const { rows } = show(observations, [
    ["Body weight", { ...own, value: { quantity: { value: "70.10", unit: "kg", comparator: null }, concept: null, text: null } }],
    ["Blood pressure", { ...own, components: [{ code: worded("Systolic"), value: { quantity: { value: "140", unit: "mmHg", comparator: null }, concept: null, text: null }, interpretation: null, ranges: null, absent: null, date: null, status: null }] }],
    ["Smoking", { ...own, value: { quantity: null, concept: worded("Ex-smoker"), text: null } }],
  ]);
  expect(rows().map((r) => r.main)).toEqual(["Body weight 70.10 kg", "Blood pressure", "Smoking Ex-smoker"]);
  expect(rows()[1]?.text).toContain("Systolic140 mmHg");
});
