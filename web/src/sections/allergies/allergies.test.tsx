// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { allergies } from "./allergies";

const own = { clinicalStatus: "active", verification: "confirmed", kind: "allergy", categories: ["medication"], criticality: null, reactions: null, lastOccurrence: null, ended: null };

test("the gravest first; refuted and resolved ones apart and never as active", () => {
  const { rows, groups } = show(allergies, [
    ["Egg", { ...own, verification: "refuted" }],
    ["Latex", { ...own, criticality: "low" }],
    ["Penicillin", { ...own, criticality: "high", reactions: [{ manifestations: [worded("Anaphylaxis")], severity: "severe", description: null, onset: null }] }],
    ["Cat hair", { ...own, clinicalStatus: "resolved" }],
  ]);
  expect(rows().map((r) => [r.main, r.past])).toEqual([
    ["Penicillin", false],
    ["Latex", false],
    ["Cat hair", true],
    ["Egg", true],
  ]);
  expect(rows()[0]?.text).toContain("High risk");
  expect(rows()[0]?.text).toContain("Anaphylaxis · Severe");
  expect(rows()[3]?.text).toContain("Refuted");
  expect(groups()).toEqual(["Resolved, inactive or refuted (2)"]);
});

test("the details hold the source's code and where it came from", () => {
  const { rows } = show(allergies, [["Penicillin", own]]);
  expect(rows()[0]?.text).toContain("SNOMED CT 91936005 Penicillin");
  expect(rows()[0]?.text).toContain("Lantern Row Surgery (ODS Z99001)");
  expect(rows()[0]?.text).toContain("local-0");
});
