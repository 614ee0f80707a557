// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { results } from "./results";

const measured = { interpretation: null, absent: null, date: null, status: "final" };
const quantity = (value: string, unit: string | null, comparator: string | null = null) => ({ quantity: { value, unit, comparator }, concept: null, text: null });

test("every measurement with its own digits, unit, flag and range", () => {
  const { rows } = show(results, [
    [
      "Urea and electrolytes",
      {
        status: "final",
        category: worded("Laboratory"),
        issued: null,
        conclusion: "eGFR <30: see <b>guideline</b>",
        specimen: null,
        measurements: [
          { ...measured, code: worded("Creatinine"), value: quantity("240.0", "umol/L"), interpretation: [worded("H")], ranges: [{ low: quantity("45", "umol/L").quantity, high: quantity("84", "umol/L").quantity, text: null }] },
          { ...measured, code: worded("eGFR"), value: quantity("15", "mL/min", "<"), ranges: null },
          { ...measured, code: worded("Potassium"), value: null, absent: { label: "Haemolysed" }, ranges: null },
        ],
      },
    ],
  ]);
  const text = rows()[0]?.text ?? "";
  expect(text).toContain("Creatinine240.0 umol/L H45 to 84 umol/L");
  expect(text).toContain("<15 mL/min");
  expect(text).toContain("No value (Haemolysed)");
  expect(text).toContain("eGFR <30: see <b>guideline</b>"); // H-10: text stays text
});
