import { describe, expect, test } from "vitest";
import { statement } from "../../testing/fixtures";
import type { Coded } from "../../components/EntryRow";
import { type Allergy, allergyKind } from "./allergies";
import { grouped } from "./group";
import { type Medication, medicationKind } from "./medications";
import { type Problem, problemKind } from "./problems";
import { type Vaccination, vaccinationKind } from "./vaccinations";

const sct = "http://snomed.info/sct";
const dmd = "https://dmd.nhs.uk";
const read = "http://read.info/readv2";
const systems = { gp: "Lantern Row Surgery", hospital: "Royal Westmarch Infirmary", mind: "Larkfield" } as const;
let made = 0;

function concept(label: string, ...codes: readonly (readonly [string, string])[]): Coded {
  return { label, text: label, codings: codes.map(([system, code]) => ({ system, code, display: label })) };
}

function from(who: keyof typeof systems, code: Coded | null) {
  const plain = statement(String(++made), "");
  return { ...plain, code, provenance: { ...plain.provenance, source: { id: who, name: systems[who], careSetting: "gp" }, organisation: null, localId: String(made), retrieved: null, asOf: null } };
}

function medicine(who: keyof typeof systems, code: Coded | null, more: Partial<Medication> = {}): Medication {
  return { ...from(who, code), kind: "REPEAT", status: "active", dosage: null, route: null, form: null, quantity: null, period: null, reason: null, statusReason: null, lastIssued: null, ...more };
}

function allergy(who: keyof typeof systems, code: Coded | null, more: Partial<Allergy> = {}): Allergy {
  return { ...from(who, code), clinicalStatus: "active", verification: "confirmed", kind: null, categories: null, criticality: null, reactions: null, lastOccurrence: null, ended: null, ...more };
}

function problem(who: keyof typeof systems, code: Coded | null, more: Partial<Problem> = {}): Problem {
  return { ...from(who, code), clinicalStatus: "active", verification: null, significance: null, severity: null, category: null, bodySite: null, ended: null, ...more };
}

function vaccination(who: keyof typeof systems, code: Coded | null, more: Partial<Vaccination> = {}): Vaccination {
  return { ...from(who, code), status: "completed", disease: null, dose: null, batch: null, site: null, route: null, reason: null, ...more };
}

const naproxen = concept("Naproxen 500mg tablets", [sct, "329694000"]);

describe("what is one medicine", () => {
  test.each<[string, Coded | null, Coded | null, number]>([
    ["the same code", naproxen, concept("NAPROXEN 500 MG TABS", [sct, "329694000"]), 1],
    ["a dm+d code is a SNOMED CT code", naproxen, concept("Naproxen 500mg tablets", [dmd, "329694000"]), 1],
    ["the same wording, nothing coded", concept("Naproxen 500mg tablets"), concept(" naproxen  500MG tablets. "), 1],
    ["the same wording, coded in systems they do not share", naproxen, concept("Naproxen 500mg tablets", ["urn:local", "N5"]), 1],
    ["another code in a system they share, though the wording is the same", naproxen, concept("Naproxen 500mg tablets", [sct, "329693006"]), 2],
    ["another code in one of the systems they share", concept("A", [sct, "1"], [read, "x"]), concept("A", [sct, "1"], [read, "y"]), 2],
    ["two codes against one of them", concept("A", [sct, "1"], [sct, "2"]), concept("A", [sct, "1"]), 2],
    ["one code for all strengths, and the wordings say which", concept("Naproxen 250mg tablets", [sct, "7"]), concept("Naproxen 500mg tablets", [sct, "7"]), 2],
    ["a brand and its generic", concept("Naprosyn 500mg tablets"), concept("Naproxen 500mg tablets"), 2],
    ["another form in the wording", concept("Naproxen 500mg tablets"), concept("Naproxen 500mg suppositories"), 2],
    ["a million units and a thousandth of one", concept("Heparin 1 MU"), concept("Heparin 1 mU"), 2],
    ["nothing stated twice", null, null, 2],
    ["an empty wording twice", concept(""), concept(""), 2],
    ["a code without its system", concept("A", ["", "1"]), concept("B", ["", "1"]), 2],
    ["a code instead of a wording, in other systems", concept("1", [sct, "1"]), concept("1", [read, "1"]), 2],
    ["what a transfer could not carry over", concept("Transfer-degraded", [sct, "196421000000109"]), concept("Transfer-degraded", [sct, "196421000000109"]), 2],
  ])("%s: %#", (_, a, b, rows) => {
    expect(grouped([medicine("gp", a), medicine("hospital", b)], medicationKind)).toHaveLength(rows);
  });

  test("another form or route, where both say it", () => {
    const oral = { route: concept("Oral") };
    expect(grouped([medicine("gp", naproxen, oral), medicine("hospital", naproxen, { route: concept("Rectal") })], medicationKind)).toHaveLength(2);
    expect(grouped([medicine("gp", naproxen, oral), medicine("hospital", naproxen)], medicationKind)).toHaveLength(1);
    expect(grouped([medicine("gp", naproxen, { form: concept("Tablet", [sct, "1"]) }), medicine("hospital", naproxen, { form: concept("Tablet", [sct, "2"]) })], medicationKind)).toHaveLength(2);
  });

  test("a third that fits both of two that contradict each other joins neither", () => {
    const rows = grouped([medicine("gp", concept("A", [sct, "1"], [read, "x"])), medicine("hospital", concept("B", [sct, "2"], [read, "x"])), medicine("mind", concept("C", [read, "x"]))], medicationKind);
    expect(rows).toHaveLength(3);
  });

  test("one code under which one system words several things is not what they are known by; another system's wording for it is", () => {
    const free = (label: string) => concept(label, [sct, "900000"]);
    expect(grouped([medicine("gp", free("Naproxen")), medicine("gp", free("Lithium"))], medicationKind)).toHaveLength(2);
    expect(grouped([medicine("gp", free("Naproxen")), medicine("gp", free("Lithium")), medicine("hospital", free("Lithium"))], medicationKind).map((r) => r.originals.length).sort()).toEqual([1, 2]);
    expect(grouped([medicine("gp", free("Adrenaline")), medicine("hospital", free("Epinephrine"))], medicationKind)).toHaveLength(1);
  });

  test("a prescription and a statement of it are one row, in one system too", () => {
    expect(grouped([medicine("gp", naproxen), medicine("gp", naproxen, { kind: "STATEMENT" })], medicationKind)).toHaveLength(1);
  });
});

describe("H-11: what systems do not agree on is said with each one's word", () => {
  const one = (rows: readonly { conflict: string | null }[]) => {
    expect(rows).toHaveLength(1);
    return rows[0]?.conflict;
  };

  test("stopped in hospital, active at the practice: it is shown as active", () => {
    const rows = grouped([medicine("hospital", naproxen, { status: "stopped", period: { start: null, end: "2026-05-12" } }), medicine("gp", naproxen)], medicationKind);
    expect(one(rows)).toBe("Stopped at Royal Westmarch Infirmary 12-May-2026, active at Lantern Row Surgery");
    expect(rows[0]?.past).toBe(false);
    expect(rows[0]?.lead.status).toBe("active");
  });

  test.each<[string, Partial<Medication>, Partial<Medication>, string | null]>([
    ["a course that ended before the other began is history", { status: "completed", period: { start: null, end: "2024-01-05" } }, { date: "2025-06-01" }, null],
    ["a stop stays a contradiction, whenever the other was issued", { status: "stopped", period: { start: null, end: "2024-01-05" } }, { date: "2025-06-01" }, "Stopped at Royal Westmarch Infirmary 05-Jan-2024, active at Lantern Row Surgery"],
    ["a course of which no end is known", { status: "completed" }, {}, "Completed at Royal Westmarch Infirmary, active at Lantern Row Surgery"],
    ["paused", { status: "on-hold", date: "2026-05" }, {}, "On hold at Royal Westmarch Infirmary May-2026, active at Lantern Row Surgery"],
    ["not stated, or withheld", { status: null }, {}, null],
    ["a word nobody has heard of", { status: "puzzling" }, {}, null],
    ["handed over by a pharmacy", { kind: "DISPENSE", status: "completed" }, {}, null],
    ["both stopped", { status: "stopped" }, { status: "stopped" }, null],
  ])("%s", (_, hospital, gp, said) => {
    expect(one(grouped([medicine("hospital", naproxen, hospital), medicine("gp", naproxen, gp)], medicationKind))).toBe(said);
  });

  test("one system with an old and a new prescription does not disagree with itself", () => {
    expect(one(grouped([medicine("gp", naproxen, { status: "stopped" }), medicine("gp", naproxen)], medicationKind))).toBeNull();
  });

  test("two systems that are not named may be two", () => {
    const unnamed = (m: Medication): Medication => ({ ...m, provenance: null });
    expect(one(grouped([unnamed(medicine("gp", naproxen, { status: "stopped" })), unnamed(medicine("gp", naproxen))], medicationKind))).toBe("Stopped at a system that is not named, active at a system that is not named");
  });

  test("a dose that differs is on the row with who says it, and no dose stands for all", () => {
    const [row] = grouped([medicine("hospital", naproxen, { dosage: "One a day" }), medicine("gp", naproxen, { dosage: "one twice a day" }), medicine("mind", naproxen)], medicationKind);
    expect(row?.differences.map((d) => d.label)).toEqual(["Dose"]);
    expect(new Set(row?.differences[0]?.values)).toEqual(new Set([{ text: "one twice a day", who: systems.gp }, { text: "One a day", who: systems.hospital }]));
    expect(row?.agreed("Dose")).toBe("");
  });

  test("an allergy refuted here and confirmed there is shown as active and as grave as anybody says", () => {
    const penicillin = concept("Allergy to penicillin", [sct, "91936005"]);
    const rows = grouped([allergy("hospital", penicillin, { verification: "refuted", criticality: "high", recorded: "2026-05-12" }), allergy("gp", penicillin, { criticality: "low" })], allergyKind);
    expect(one(rows)).toBe("Refuted at Royal Westmarch Infirmary 12-May-2026, active and confirmed at Lantern Row Surgery");
    expect(rows[0]?.past).toBe(false);
    expect(rows[0]?.danger).toEqual([0, 0]);
    expect(rows[0]?.differences.map((d) => d.label)).toEqual(["Criticality"]);
  });

  test("a problem resolved before the other episode began is history; resolved after it is not", () => {
    const pneumonia = concept("Pneumonia", [sct, "233604007"]);
    const resolved = { clinicalStatus: "resolved", ended: "2020-02-01" };
    expect(one(grouped([problem("gp", pneumonia, resolved), problem("hospital", pneumonia, { date: "2026-01-01" })], problemKind))).toBeNull();
    expect(one(grouped([problem("gp", pneumonia, resolved), problem("hospital", pneumonia, { date: "2019-01-01" })], problemKind))).toBe("Resolved at Lantern Row Surgery 01-Feb-2020, active at Royal Westmarch Infirmary");
  });
});

test("the left hip and the right are two problems; a side that is not stated is not another", () => {
  const fracture = concept("Fracture of hip", [sct, "5913000"]);
  const left = { bodySite: concept("Left hip") };
  expect(grouped([problem("gp", fracture, left), problem("hospital", fracture, { bodySite: concept("Right hip") })], problemKind)).toHaveLength(2);
  expect(grouped([problem("gp", fracture, left), problem("hospital", fracture)], problemKind)).toHaveLength(1);
});

test("the same vaccine is one row only on the same day, and not with another batch", () => {
  const flu = concept("Influenza vaccination", [sct, "822851000000102"]);
  const rows = (a: Partial<Vaccination>, b: Partial<Vaccination>) => grouped([vaccination("gp", flu, a), vaccination("hospital", flu, b)], vaccinationKind);
  expect(rows({ date: "2025-10-01" }, { date: "2025-10-01T09:00:00Z" })).toHaveLength(1);
  expect(rows({ date: "2025-10-01" }, { date: "2024-10-01" })).toHaveLength(2);
  expect(rows({ date: "2025-10" }, { date: "2025-10" })).toHaveLength(2);
  expect(rows({ date: "2025-10-01", batch: "A" }, { date: "2025-10-01", batch: "B" })).toHaveLength(2);
  expect(rows({ date: "2025-10-01" }, { date: "2025-10-01", status: "not-done" })[0]?.conflict).toBe("Not given at Royal Westmarch Infirmary 01-Oct-2025, given at Lantern Row Surgery");
});
