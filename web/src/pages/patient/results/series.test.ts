import fc from "fast-check";
import { expect, test } from "vitest";
import { rows } from "./same";
import { tests } from "./series";
import { loincSystem, type Made, reading, snomedSystem } from "./testing";

const potassium = [loincSystem, "2823-3"] as const;

/** The keys of the readings of each test. */
function grouped(made: readonly Made[]): string[][] {
  return tests(made.map((m, i) => reading({ ...m, key: String(i) })))
    .map((t) => t.readings.map((r) => r.key).sort())
    .sort();
}

test.each<[string, readonly Made[], string[][]]>([
  ["a shared code is one test, whatever it is called", [{ codes: [potassium], source: "a" }, { codes: [potassium], source: "b", name: "K+" }], [["0", "1"]]],
  ["also through a laboratory that sends two codes", [{ codes: [potassium] }, { codes: [potassium, ["urn:lab", "K"]] }, { codes: [["urn:lab", "K"]], name: "POT" }], [["0", "1", "2"]]],
  ["a chain that contradicts itself falls apart", [{ codes: [potassium] }, { codes: [["urn:lab", "X"], potassium] }, { codes: [["urn:lab", "X"], [loincSystem, "2951-2"]] }, { codes: [[loincSystem, "2951-2"]] }], [["0", "1"], ["2", "3"]]],
  ["one vocabulary with two codes says two tests, of one name too", [{ codes: [[loincSystem, "2345-7"]], name: "Serum glucose" }, { codes: [[loincSystem, "14749-6"]], name: "Serum glucose" }], [["0"], ["1"]]],
  ["a local code without a system means something only at home", [{ codes: [[null, "123"]], name: "A", source: "a" }, { codes: [[null, "123"]], name: "B", source: "b" }], [["0"], ["1"]]],
  ["and so does one whose system is no URI", [{ codes: [["local", "123"]], name: "A", source: "a" }, { codes: [["local", "123"]], name: "B", source: "b" }], [["0"], ["1"]]],
  ["one code of blood and of urine is two tests", [{ codes: [[snomedSystem, "1"]], specimen: "Serum", name: "Glucose" }, { codes: [[snomedSystem, "1"]], specimen: "Urine", name: "Glucose" }], [["0"], ["1"]]],
  ["of an unsaid specimen between the two nobody knows", [{ codes: [[snomedSystem, "1"]], specimen: "Serum", name: "Glucose" }, { codes: [[snomedSystem, "1"]], specimen: "Urine", name: "Glucose" }, { codes: [[snomedSystem, "1"]], name: "Glucose" }], [["0"], ["1"], ["2"]]],
  ["LOINC says itself that serum is meant by blood", [{ codes: [potassium], specimen: "Serum" }, { codes: [potassium], specimen: "Venous blood" }], [["0", "1"]]],
  ["but leaves the specimen of a culture open", [{ codes: [[loincSystem, "11475-1"]], name: "Culture", specimen: "Sputum" }, { codes: [[loincSystem, "11475-1"]], name: "Culture", specimen: "Urine" }], [["0"], ["1"]]],
  ["a name alone joins nothing", [{ name: "Glucose", codes: [[loincSystem, "1"]] }, { name: "Glucose", codes: [[snomedSystem, "2"]] }], [["0"], ["1"]]],
  ["a name that says the material does", [{ name: "Serum  Potassium", codes: [potassium] }, { name: "serum potassium", codes: [[snomedSystem, "1000651000000109"]], source: "b" }], [["0", "1"]]],
  ["unless a second candidate bears it", [{ name: "Serum glucose", codes: [[loincSystem, "1"]] }, { name: "Serum glucose", codes: [[loincSystem, "2"]] }, { name: "Serum glucose", codes: [], source: "b" }], [["0"], ["1"], ["2"]]],
  ["words of one system are one test of that system", [{ name: "Klinik test", source: "a" }, { name: "Klinik test", source: "a" }, { name: "Klinik test", source: "b" }], [["0", "1"], ["2"]]],
  ["another kind of result is another test", [{ codes: [[snomedSystem, "1"]], category: "LAB" }, { codes: [[snomedSystem, "1"]], category: "RAD" }], [["0"], ["1"]]],
  ["what names nothing stays alone", [{ name: "", source: null }, { name: "", source: null }], [["0"], ["1"]]],
  ["a code called constructor is only a code", [{ codes: [["__proto__:", "constructor"]], name: "A" }, { codes: [["__proto__:", "toString"]], name: "B" }], [["0"], ["1"]]],
])("%s", (_, made, expected) => {
  expect(grouped(made)).toEqual(expected);
});

const anything = fc.array(
  fc.record({
    codes: fc.array(fc.tuple(fc.constantFrom(loincSystem, snomedSystem, "urn:lab", null, "local"), fc.constantFrom("1", "2", "3")), { maxLength: 3 }),
    name: fc.constantFrom("Serum glucose", "Glucose", "serum  glucose", "Pulse", "", "پتاسیم"),
    source: fc.constantFrom("gp", "hospital", null),
    specimen: fc.constantFrom(null, "Serum", "Urine", "Blood"),
    category: fc.constantFrom("LAB", "MB", "vital-signs", "RAD", "?"),
    date: fc.constantFrom(null, "1899-12-30", "2026", "2026-03", "2026-03-12", "2026-03-12T09:00:00Z", "nonsense"),
    status: fc.constantFrom("final", "preliminary", "entered-in-error", null),
    amount: fc.constantFrom(null, { value: "7.10", unit: "mmol/L", code: "mmol/L", comparator: null }, { value: "7.1", unit: "mmol/L", code: "mmol/L", comparator: null }, { value: "=5mg", unit: null, code: null, comparator: "<" }),
  }),
  { maxLength: 14 },
);

test("no reading is lost, doubled or altered, by tests or by rows", () => {
  fc.assert(
    fc.property(anything, (made) => {
      const all = made.map((m) => reading(m));
      const before = JSON.stringify(all);
      const found = tests(all);
      const through = found.flatMap((t) => t.readings);
      expect(through.length).toBe(all.length);
      expect(new Set(through)).toEqual(new Set(all)); // the very objects, so the very digits
      const opened = found.flatMap((t) => rows(t.readings).flatMap((r) => r.originals));
      expect(opened.length).toBe(all.length);
      expect(new Set(opened)).toEqual(new Set(all));
      expect(new Set(found.map((t) => t.key)).size).toBe(found.length);
      expect(JSON.stringify(all)).toBe(before);
    }),
    { numRuns: 300 },
  );
});

test("the order in which systems answer decides nothing", () => {
  fc.assert(
    fc.property(
      anything.chain((made) => fc.tuple(fc.constant(made), fc.shuffledSubarray(made.map((_, i) => i), { minLength: made.length, maxLength: made.length }))),
      ([made, order]) => {
        const all = made.map((m, i) => reading({ ...m, key: String(i) }));
        const shape = (of: typeof all) => tests(of).map((t) => `${t.key} ${t.readings.map((r) => r.key).sort().join()}`).sort();
        expect(shape(order.flatMap((i) => all[i] ?? []))).toEqual(shape(all));
      },
    ),
    { numRuns: 300 },
  );
});

test("the newest stands first, and what has no date last", () => {
  const [found] = tests([null, "2024", "2026-03-12T09:00:00Z", "2026-03", "2026-03-12", "never"].map((date) => reading({ codes: [potassium], date })));
  expect(found?.readings.map((r) => r.date)).toEqual(["2026-03-12", "2026-03-12T09:00:00Z", "2026-03", "2024", null, "never"]);
});

const copy: Made = { codes: [potassium], source: "gp" };
const own: Made = { codes: [potassium], source: "hospital" };

test.each<[string, readonly Made[], number]>([
  ["a practice's copy is one row", [own, copy], 1],
  ["7.1 and 7.10 are one value", [{ ...own, amount: { value: "7.10", unit: "mmol/L", code: "mmol/L", comparator: null } }, { ...copy, amount: { value: "7.1", unit: "mmol/L", code: "mmol/L", comparator: null } }], 1],
  ["another unit is another row", [own, { ...copy, amount: { value: "4.10", unit: "mg/dL", code: "mg/dL", comparator: null } }], 2],
  ["another sign is another row", [own, { ...copy, amount: { value: "4.10", unit: "mmol/L", code: "mmol/L", comparator: "<" } }], 2],
  ["another time is another row", [own, { ...copy, date: "2026-03-12T09:01:00Z" }], 2],
  ["the same time on another clock is one row", [own, { ...copy, date: "2026-03-12T10:00:00+01:00" }], 1],
  ["twice in one system is two rows", [own, own], 2],
  ["a day and a time are not known to be the same moment", [own, { ...copy, date: "2026-03-12" }], 2],
  ["without a date nothing is the same", [{ ...own, date: null }, { ...copy, date: null }], 2],
  ["what was withdrawn in one system is seen beside the copy that was not", [{ ...own, status: "entered-in-error" }, copy], 2],
])("%s", (_, made, n) => {
  const found = rows(made.map((m) => reading(m)));
  expect(found.length).toBe(n);
  if (n === 1) expect(found[0]?.shown.entry.provenance?.source?.id).toBe("hospital"); // the laboratory's own before the copy
});
