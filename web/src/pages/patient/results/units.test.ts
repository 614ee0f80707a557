import { expect, test } from "vitest";
import fc from "fast-check";
import { loadUnits, noUnits } from "./ucum";
import { amount } from "./testing";
import { onto, unitOf } from "./units";

const units = await loadUnits();

test.each([
  ["mmol/L", "umol/L", 7.1, 7100],
  ["g/L", "g/dL", 140, 14],
  ["mg/dL", "g/L", 70, 0.7],
  ["Cel", "[degF]", 37, 98.6],
  ["mm[Hg]", "kPa", 120, 15.99864],
])("%s is taken to %s", (from, to, value, expected) => {
  expect(units.conversion(from, to)?.(value)).toBeCloseTo(expected, 9);
});

test.each([
  ["needs the molar mass", "mg/dL", "mmol/L"],
  ["needs the charge", "meq/L", "mmol/L"],
  ["an annotation is a unit's other half", "mL/min/{1.73_m2}", "mL/min"],
  ["in both directions", "mL/min", "mL/min/{1.73_m2}"],
  ["a score is no number", "{score}", "1"],
  ["a percentage is of its own method", "mmol/mol", "%"],
  ["ratios", "%", "1"],
  ["arbitrary units are of their method", "m[IU]/L", "u[IU]/mL"],
  ["enzyme units are not arbitrary units", "U/L", "[IU]/L"],
  ["nonsense", "junk", "g/L"],
  ["a property of every object", "constructor", "g/L"],
  ["another", "__proto__", "g/L"],
  ["with a blank", "g/L ", "g/L"],
  ["turned round", "g/L\u202e", "g/L"],
  ["nothing", "", "g/L"],
  ["of another dimension", "g", "g/L"],
])("never: %s (%s to %s)", (_, from, to) => {
  expect(units.conversion(from, to)).toBeNull();
});

test.each<[string, ReturnType<typeof amount>, ReturnType<typeof amount>, boolean]>([
  ["one code in two wordings", amount("1", "mmol/L", "mmol/L"), amount("1", "millimol per litre", "mmol/L"), true],
  ["words without a code and the code", amount("1", "mmol/L", null), amount("1", "mmol/L", "mmol/L"), false],
  ["the same words without a code", amount("1", "mmol/L", null), amount("2", "mmol/L", null), true],
  ["no unit at all and some unit", amount("1", null, null), amount("1", "mmol/L", "mmol/L"), false],
  ["words that contradict the code", amount("1", "mg/dL", "mmol/L"), amount("1", "mmol/L", "mmol/L"), false],
  ["words that are another size of the code", amount("1", "mmol/L", "umol/L"), amount("1", "umol/L", "umol/L"), false],
  ["words that are no code", amount("1", "beats/min", "/min"), amount("1", "bpm", "/min"), true],
  ["a code nobody knows", amount("1", "x", "florps"), amount("1", "y", "florps"), false],
])("on one axis: %s", (_, a, b, together) => {
  expect(onto(unitOf(a, units), unitOf(b, units), units) !== null).toBe(together);
  expect(onto(unitOf(b, units), unitOf(a, units), units) !== null).toBe(together);
});

test("without the library only what is literally equal shares an axis", () => {
  expect(onto(unitOf(amount("1"), noUnits), unitOf(amount("2"), noUnits), noUnits)?.(2)).toBe(2);
  expect(onto(unitOf(amount("1", "g/L"), noUnits), unitOf(amount("2", "g/dL"), noUnits), noUnits)).toBeNull();
});

test("whatever a source writes as a unit, nothing throws and nothing hostile is known", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80, unit: "binary" }), fc.constantFrom("mmol/L", "g/L", "%"), (code, other) => {
      const convert = units.conversion(code, other);
      if (convert !== null) expect(Number.isFinite(convert(1))).toBe(true);
      expect(unitOf(amount("1", code, code), units).key).not.toBe("");
    }),
    { numRuns: 60 },
  );
}, 30_000); // a code that is none costs the library milliseconds
