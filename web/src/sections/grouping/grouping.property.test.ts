import fc from "fast-check";
import { expect, test } from "vitest";
import { statement } from "../../testing/fixtures";
import { type Allergy, allergyKind } from "./allergies";
import { grouped, type Row } from "./group";
import { type Medication, medicationKind } from "./medications";
import { byDanger } from "./order";
import { mark } from "./same";

/* Few systems, codes, wordings and dates, so that they collide in every way. */

const system = fc.constantFrom("http://snomed.info/sct", "https://dmd.nhs.uk", "http://read.info/readv2", "urn:local", null);
const words = fc.constantFrom("Naproxen", "naproxen.", "Naproxen 500mg", "Naproxen 250mg", "Amoxicillin", "", "\u202eاموكسيسيلين", "1 MU", "1 mU", "x".repeat(400));
const concept = fc.option(
  fc.record({
    label: fc.option(words),
    text: fc.option(words),
    codings: fc.option(fc.array(fc.record({ system, code: fc.option(fc.constantFrom("1", "2", "196461000000101")), display: fc.option(words) }), { maxLength: 3 })),
  }),
);
const date = fc.option(fc.constantFrom("1899-12-30", "2019", "2026-05", "2026-05-12", "2026-05-12T23:30:00Z", "2026-05-13T00:30:00+01:00", "nonsense"));

const from = fc.record({ code: concept, who: fc.option(fc.constantFrom("gp", "hospital", "mind")), when: date, id: fc.option(fc.constantFrom("a", "b", "c")) });

function based({ code, who, when, id }: { code: NonNullable<Allergy["code"]> | null; who: string | null; when: string | null; id: string | null }, n: number) {
  const provenance = who === null ? null : { source: { id: who, name: who, careSetting: null }, organisation: null, localId: String(n), retrieved: null, asOf: null };
  return { ...statement(id ?? "", ""), code, id, date: when, recorded: when, provenance };
}

const medicines = fc
  .array(
    fc.record({
      from,
      own: fc.record({
        kind: fc.option(fc.constantFrom("STATEMENT", "REPEAT", "DISPENSE", "DEVICE")),
        status: fc.option(fc.constantFrom("active", "stopped", "completed", "on-hold", "entered-in-error", "odd")),
        dosage: fc.option(fc.constantFrom("one", "One.", "two")),
        route: fc.constantFrom(null, { label: "Oral", text: "Oral", codings: null }, { label: "Rectal", text: "Rectal", codings: null }),
        period: fc.option(fc.record({ start: date, end: date })),
      }),
    }),
    { maxLength: 24 },
  )
  .map((all) => all.map((one, n): Medication => ({ ...based(one.from, n), form: null, quantity: null, reason: null, statusReason: null, lastIssued: null, ...one.own })));

const allergies = fc
  .array(
    fc.record({
      from,
      own: fc.record({
        clinicalStatus: fc.option(fc.constantFrom("active", "resolved", "inactive")),
        verification: fc.option(fc.constantFrom("confirmed", "refuted", "unconfirmed", "entered-in-error")),
        criticality: fc.option(fc.constantFrom("high", "low", "unable-to-assess")),
        reactions: fc.option(fc.array(fc.record({ severity: fc.option(fc.constantFrom("mild", "moderate", "severe")) }), { maxLength: 2 })),
      }),
    }),
    { maxLength: 24 },
  )
  .map((all) =>
    all.map(
      (one, n): Allergy => ({ ...based(one.from, n), kind: null, categories: null, lastOccurrence: null, ended: null, ...one.own, reactions: one.own.reactions?.map((r) => ({ manifestations: null, description: null, onset: null, ...r })) ?? null }),
    ),
  );

/** A row without what tells object from object: enough to compare two groupings of the same entries. */
const shape = <Entry>(rows: readonly { readonly originals: readonly Entry[] }[]) => rows.map((row) => new Set(row.originals));

test("H-10, H-11: every original is in exactly one row, the same object, as it was", () => {
  fc.assert(
    fc.property(medicines, (entries) => {
      const before = JSON.stringify(entries);
      const out = grouped(entries, medicationKind).flatMap((row) => row.originals);
      expect(out).toHaveLength(entries.length);
      expect(new Set(out)).toEqual(new Set(entries));
      expect(out.every((o) => entries.includes(o))).toBe(true);
      expect(JSON.stringify(entries)).toBe(before);
    }),
    { numRuns: 500 },
  );
});

test("rows, their order and the order in them do not depend on the order of arrival", () => {
  const shuffled = medicines.chain((entries) => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })));
  fc.assert(
    fc.property(shuffled, ([entries, other]) => {
      // What nothing tells apart may change places: so every entry gets an id of its own here.
      const own = new Map(entries.map((e, n) => [e, { ...e, id: `own-${n}` }]));
      const of = (all: readonly Medication[]) => grouped(all.map((e) => own.get(e) ?? e), medicationKind);
      expect(of(other).map((row) => row.originals)).toEqual(of(entries).map((row) => row.originals));
      expect(of(other).map((row) => [row.conflict, row.differences])).toEqual(of(entries).map((row) => [row.conflict, row.differences]));
    }),
    { numRuns: 500 },
  );
});

test("no row mixes two codes of one system, two strengths or two routes", () => {
  fc.assert(
    fc.property(medicines, (entries) => {
      for (const { originals } of grouped(entries, medicationKind)) {
        const codes = new Map<string, string>();
        for (const [name, value] of originals.flatMap((o) => [...mark(o.code).codes])) {
          expect(codes.get(name) ?? value).toBe(value);
          codes.set(name, value);
        }
        expect(new Set(originals.map((o) => o.route?.label).filter(Boolean)).size).toBeLessThan(2);
        expect(new Set(originals.flatMap((o) => (/\d+/.exec((o.code?.label ?? ""))) ?? [])).size).toBeLessThan(2);
      }
    }),
    { numRuns: 500 },
  );
});

test("a row is never milder than any of its originals, and never over while one holds", () => {
  fc.assert(
    fc.property(allergies, (entries) => {
      for (const row of grouped(entries, allergyKind)) {
        for (const original of row.originals) expect(row.danger.every((d, i) => d <= (allergyKind.danger(original)[i] ?? Infinity))).toBe(true);
        expect(row.past).toBe(row.originals.every(allergyKind.past));
        expect(allergyKind.past(row.lead)).toBe(row.past);
      }
    }),
    { numRuns: 500 },
  );
});

test("what holds stands before what is over, and the more dangerous before the less", () => {
  fc.assert(
    fc.property(allergies, (entries) => {
      const rows: readonly Row<Allergy>[] = grouped(entries, allergyKind);
      rows.slice(1).forEach((row, i) => {
        const before = rows[i];
        if (before?.past === row.past) expect(byDanger(before.danger, row.danger)).toBeLessThanOrEqual(0);
        else expect([before?.past, row.past]).toEqual([false, true]);
      });
      expect(shape(grouped(entries, allergyKind))).toEqual(shape(rows));
    }),
    { numRuns: 500 },
  );
});
