import { describe, expect, test } from "vitest";
import type { Coded } from "../../components/EntryRow";
import { statement } from "../../testing/fixtures";
import { type Allergy, allergyKind } from "./allergies";
import { grouped, type Row } from "./group";
import type { Kind } from "./kind";
import { type Medication, medicationKind } from "./medications";
import { type Problem, problemKind } from "./problems";

/*
 * What the region's unlike systems deliver about one person, as their connectors hand it on,
 * and which of it is one row, by which reason. What is not listed as one row must never be:
 * a false merge hides a medicine or an allergy.
 */

const sct = "http://snomed.info/sct";
const dmd = "https://dmd.nhs.uk";
const readv2 = "http://read.info/readv2";
const rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
const icd10 = "http://hl7.org/fhir/sid/icd-10";

/** A system and how its connector words and codes. */
type Delivered = readonly [system: string, text: string | null, ...codes: readonly (readonly [string, string])[]];

const gpconnect = (text: string, code: string): Delivered => ["gp-connect", text, [sct, code]];
const hospital = (text: string, code: string): Delivered => ["hospital", text, [dmd, code]];
/** AL1 and DG1 with a code of the sender's own table: its system is not known. */
const hl7v2 = (text: string, code: string): Delivered => ["hospital-feed", text, ["", code]];
const hl7v2Coded = (text: string, code: string): Delivered => ["hospital-feed", text, [sct, code]];
const cda = (text: string, ...codes: readonly (readonly [string, string])[]): Delivered => ["archive", text, ...codes];
/** A coded text of a repository has the words once, and no display. */
const openehr = (text: string, code: string): Delivered => ["community", text, [sct, code]];
const csv = (text: string): Delivered => ["social-care", text];
const sql = (text: string, code: string): Delivered => ["mental-health", text, [icd10, code]];
/** An old record's code; with a map of the region's own, the code that it stands for as well. */
const read = (text: string, code: string, mapped?: string): Delivered => ["old-gp", text, [readv2, code], ...(mapped === undefined ? [] : [[sct, mapped] as const])];

let made = 0;

function entry([system, text, ...codes]: Delivered) {
  const plain = statement(String(++made), "");
  const code: Coded = { label: text, text, codings: codes.map(([of, c]) => ({ system: of, code: c, display: null })) };
  return { ...plain, code, provenance: { ...plain.provenance, source: { id: system, name: system, careSetting: null }, organisation: null, localId: String(made), retrieved: null, asOf: null } };
}

const medicine = (d: Delivered, more: Partial<Medication> = {}): Medication => ({ ...entry(d), kind: "REPEAT", status: "active", dosage: null, route: null, form: null, quantity: null, period: null, reason: null, statusReason: null, lastIssued: null, ...more });
const allergy = (d: Delivered, more: Partial<Allergy> = {}): Allergy => ({ ...entry(d), clinicalStatus: "active", verification: "confirmed", kind: null, categories: null, criticality: null, reactions: null, lastOccurrence: null, ended: null, ...more });
const problem = (d: Delivered, more: Partial<Problem> = {}): Problem => ({ ...entry(d), clinicalStatus: "active", verification: null, significance: null, severity: null, category: null, bodySite: null, ended: null, ...more });

/** Rows as sets of systems, each with why it is one. */
const rows = (all: readonly Row<Medication | Allergy | Problem>[]) => all.map((r) => `${r.originals.map((o) => o.provenance?.source?.id).sort().join(" + ")}${r.reasons && `: ${r.reasons}`}`).sort();

type Golden<E> = readonly [what: string, delivered: readonly E[], rows: readonly string[]];

const byCode = "the same SNOMED CT code";
const byWording = "the same wording";

const medicines: readonly Golden<Medication>[] = [
  ["a product of dm+d at both, coded as SNOMED CT by one and as dm+d by the other", [medicine(gpconnect("Amoxicillin 500mg capsules", "39732411000001106")), medicine(hospital("AMOXICILLIN 500 mg Capsules (VMP)", "39732411000001106"))], [`gp-connect + hospital: ${byCode}`]],
  ["a document's two codes, one of them everybody's", [medicine(gpconnect("Ramipril 5mg capsules", "318900000")), medicine(cda("ramipril 5 MG Oral Capsule", [rxnorm, "261962"], [sct, "318900000"]))], [`archive + gp-connect: ${byCode}`]],
  ["words alone against words with a code of the hospital's own", [medicine(csv("Bisoprolol 2.5mg tablets")), medicine(hl7v2("bisoprolol 2.5MG tablets.", "BIS25"))], [`hospital-feed + social-care: ${byWording}`]],
  ["an old code that the region's map explains", [medicine(read("Bendroflumethiazide 2.5mg tablets", "b211.", "317919004")), medicine(gpconnect("Bendroflumethiazide 2.5mg tabs", "317919004"))], [`gp-connect + old-gp: ${byCode}`]],
  ["an old code that nothing explains, in other words", [medicine(read("Bendrofluazide tabs 2.5mg", "b211.")), medicine(gpconnect("Bendroflumethiazide 2.5mg tablets", "317919004"))], ["gp-connect", "old-gp"]],
  ["four systems and three ways to code", [medicine(gpconnect("Aspirin 75mg tablets", "319775004")), medicine(cda("Aspirin 75mg tablets", [rxnorm, "318272"])), medicine(csv("aspirin 75mg tablets")), medicine(openehr("Acetylsalicylic acid 75mg tablet", "319775004"))], [`archive + community + gp-connect + social-care: ${byCode} and ${byWording}`]],
];

/** Never one row. */
const medicinesApart: readonly Golden<Medication>[] = [
  ["a product and a brand of it", [medicine(gpconnect("Salbutamol 100micrograms/dose inhaler CFC free", "39113611000001102")), medicine(hospital("Ventolin 100micrograms/dose Evohaler", "3214011000001109"))], ["gp-connect", "hospital"]],
  ["5 mg and 50 mg under one code for the substance", [medicine(gpconnect("Prednisolone 5mg tablets", "116602009")), medicine(cda("Prednisolone 50mg tablets", [sct, "116602009"]))], ["archive", "gp-connect"]],
  ["5 mg and 50 mg in words", [medicine(csv("Ramipril 5mg")), medicine(hl7v2("Ramipril 50mg", "RAM"))], ["hospital-feed", "social-care"]],
  ["hydroxyzine and hydralazine", [medicine(csv("Hydroxyzine 25mg tablets")), medicine(hl7v2("Hydralazine 25mg tablets", "HYD25"))], ["hospital-feed", "social-care"]],
  ["hydroxyzine and hydralazine under one local code of two hospitals", [medicine(["hospital-feed", "Hydroxyzine 25mg tablets", ["", "HYD25"]]), medicine(["mental-health", "Hydralazine 25mg tablets", ["", "HYD25"]])], ["hospital-feed", "mental-health"]],
  ["penicillin and penicillamine", [medicine(csv("Penicillin 250mg tablets")), medicine(hl7v2("Penicillamine 250mg tablets", "PEN250"))], ["hospital-feed", "social-care"]],
  ["one number in two code systems", [medicine(cda("Warfarin 1mg tablets", [rxnorm, "319733000"])), medicine(gpconnect("Methotrexate 1mg tablets", "319733000"))], ["archive", "gp-connect"]],
  ["one wording, and another code of the system that both use", [medicine(gpconnect("Insulin", "1")), medicine(openehr("Insulin", "2"))], ["community", "gp-connect"]],
  ["tablets and a solution by other routes", [medicine(gpconnect("Furosemide", "387475002"), { route: { label: "Oral", text: "Oral", codings: null } }), medicine(hospital("Furosemide", "387475002"), { route: { label: "IV", text: "IV", codings: null } })], ["gp-connect", "hospital"]],
  ["taken, and not taken by the words", [medicine(gpconnect("Warfarin", "372756006")), medicine(openehr("Not on warfarin", "372756006"))], ["community", "gp-connect"]],
  ["a map that makes an old code two things", [medicine(["old-gp", "Co-codamol", [readv2, "di1.."], [sct, "1"], [sct, "2"]]), medicine(gpconnect("Co-codamol", "1"))], ["gp-connect", "old-gp"]],
];

const allergies: readonly Golden<Allergy>[] = [
  ["coded alike by a practice, a feed and a repository", [allergy(gpconnect("Allergy to penicillin", "91936005")), allergy(hl7v2Coded("PENICILLIN ALLERGY", "91936005")), allergy(openehr("Penicillin allergy", "91936005"))], [`community + gp-connect + hospital-feed: ${byCode}`]],
  ["a local code of AL1 and a row of a file, worded alike", [allergy(hl7v2("Latex", "LTX")), allergy(csv("latex"))], [`hospital-feed + social-care: ${byWording}`]],
  ["an old code that the region's map explains", [allergy(read("H/O: penicillin allergy", "14L1.", "91936005")), allergy(read("Penicillin allergy", "14L1.", "91936005")), allergy(gpconnect("Allergy to penicillin", "91936005"))], ["gp-connect + old-gp: the same SNOMED CT code", "old-gp"]],
  ["a substance and an allergy to it", [allergy(gpconnect("Allergy to penicillin", "91936005")), allergy(cda("Penicillin", [rxnorm, "70618"]))], ["archive", "gp-connect"]],
];

/** Never one row. */
const allergiesApart: readonly Golden<Allergy>[] = [
  ["an allergy and that none is known, under its very code", [allergy(gpconnect("Penicillin allergy", "91936005")), allergy(hl7v2Coded("No known penicillin allergy", "91936005"))], ["gp-connect", "hospital-feed"]],
  ["the same in words", [allergy(csv("Penicillin")), allergy(hl7v2("No known penicillin allergy", "NKPA"))], ["hospital-feed", "social-care"]],
  ["a third without words that fits both", [allergy(gpconnect("Penicillin allergy", "91936005")), allergy(hl7v2Coded("No known penicillin allergy", "91936005")), allergy(["community", null, [sct, "91936005"]])], ["community", "gp-connect", "hospital-feed"]],
  ["penicillin and penicillamine", [allergy(csv("Penicillin")), allergy(hl7v2("Penicillamine", "PEN"))], ["hospital-feed", "social-care"]],
  ["an allergy and one that is only thought of", [allergy(gpconnect("Penicillin allergy", "91936005")), allergy(openehr("Possible penicillin allergy", "91936005"))], ["community", "gp-connect"]],
  ["what a transfer could not carry over", [allergy(gpconnect("Transfer-degraded drug allergy", "196461000000101")), allergy(openehr("Transfer-degraded drug allergy", "196461000000101"))], ["community", "gp-connect"]],
  ["an allergy to some drug, without which", [allergy(gpconnect("Drug allergy", "416098002")), allergy(openehr("Drug allergy", "416098002"))], ["community", "gp-connect"]],
];

const problems: readonly Golden<Problem>[] = [
  ["coded alike", [problem(gpconnect("Asthma", "195967001")), problem(openehr("Bronchial asthma", "195967001"))], [`community + gp-connect: ${byCode}`]],
  ["coded in systems that they do not share, and worded alike", [problem(gpconnect("Alzheimer's disease", "26929004")), problem(sql("Alzheimer's disease", "F009"))], [`gp-connect + mental-health: ${byWording}`]],
  ["an old code that the region's map explains", [problem(read("Asthma", "H33..", "195967001")), problem(gpconnect("Asthma (disorder)", "195967001"))], [`gp-connect + old-gp: ${byCode}`]],
];

/** Never one row. */
const problemsApart: readonly Golden<Problem>[] = [
  ["what a relative has, under the code of the thing", [problem(gpconnect("Diabetes mellitus", "73211009")), problem(openehr("Family history of diabetes mellitus", "73211009"))], ["community", "gp-connect"]],
  ["what a relative has, by the category alone", [problem(gpconnect("Diabetes mellitus", "73211009")), problem(openehr("Diabetes mellitus", "73211009"), { category: { label: "Family history", text: "Family history", codings: null } })], ["community", "gp-connect"]],
  ["what was once", [problem(gpconnect("Stroke", "230690007")), problem(sql("Stroke", "I64")), problem(openehr("H/O: stroke", "230690007"))], ["community", `gp-connect + mental-health: ${byWording}`]],
  ["what was ruled out", [problem(gpconnect("Pulmonary embolism", "59282003")), problem(hl7v2Coded("Pulmonary embolism ruled out", "59282003"))], ["gp-connect", "hospital-feed"]],
  ["what is only asked", [problem(gpconnect("Myocardial infarction", "22298006")), problem(hl7v2Coded("?Myocardial infarction", "22298006"))], ["gp-connect", "hospital-feed"]],
  ["left and right in the words", [problem(gpconnect("Fracture of left hip", "5913000")), problem(hl7v2Coded("Fracture of right hip", "5913000"))], ["gp-connect", "hospital-feed"]],
  ["left in the words, right in a field", [problem(gpconnect("Fracture of left hip", "5913000")), problem(openehr("Hip fracture", "5913000"), { bodySite: { label: "Right hip", text: null, codings: null } })], ["community", "gp-connect"]],
  ["type 1 and type 2 under the code of both", [problem(gpconnect("Type 1 diabetes mellitus", "73211009")), problem(openehr("Type 2 diabetes mellitus", "73211009"))], ["community", "gp-connect"]],
  ["one wording with two codes of one system", [problem(sql("Depression", "F329")), problem(["hospital-feed", "Depression", [icd10, "F339"]])], ["hospital-feed", "mental-health"]],
  ["hypertension and hypotension", [problem(csv("Hypertension")), problem(hl7v2("Hypotension", "HYP"))], ["hospital-feed", "social-care"]],
];

describe("golden cases: what is one row, by which reason, and what never is", () => {
  test.each([...medicines, ...medicinesApart])("medicines: %s", (_, delivered, want) => {
    expect(rows(grouped(delivered, medicationKind))).toEqual([...want].sort());
  });
  test.each([...allergies, ...allergiesApart])("allergies: %s", (_, delivered, want) => {
    expect(rows(grouped(delivered, allergyKind))).toEqual([...want].sort());
  });
  test.each([...problems, ...problemsApart])("problems: %s", (_, delivered, want) => {
    expect(rows(grouped(delivered, problemKind))).toEqual([...want].sort());
  });

  test("refuted here and confirmed there is one thing with a contradiction, which reads as confirmed", () => {
    const [row, ...more] = grouped([allergy(gpconnect("Allergy to penicillin", "91936005"), { criticality: "high" }), allergy(hl7v2Coded("Penicillin allergy", "91936005"), { verification: "refuted" })], allergyKind);
    expect(more).toEqual([]);
    expect(row?.past).toBe(false);
    expect(row?.lead.verification).toBe("confirmed");
    expect(row?.conflict).toMatch(/^Refuted at hospital-feed .*, active and confirmed with high risk at gp-connect$/);
  });

  test("0 false merges, with every case thrown together too, and nothing is lost or changed", () => {
    const check = <E extends Medication | Allergy | Problem>(all: readonly Golden<E>[], hostile: readonly Golden<E>[], kind: Kind<E>) => {
      const entries = [...all, ...hostile].flatMap(([, delivered]) => delivered);
      const before = JSON.stringify(entries);
      const out = grouped(entries, kind);
      const after = out.flatMap((r) => r.originals);
      expect(after).toHaveLength(entries.length);
      expect(new Set(after)).toEqual(new Set(entries));
      expect(JSON.stringify(entries)).toBe(before);
      for (const [what, delivered] of hostile) {
        const alone = grouped(delivered, kind);
        for (const a of delivered) {
          for (const b of delivered) {
            const together = (r: Row<E>) => r.originals.includes(a) && r.originals.includes(b);
            if (!alone.some(together)) expect(out.some(together), what).toBe(false);
          }
        }
      }
    };
    check(medicines, medicinesApart, medicationKind);
    check(allergies, allergiesApart, allergyKind);
    check(problems, problemsApart, problemKind);
  });
});
