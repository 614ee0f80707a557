import type { AmountFragment } from "../../../api/generated/graphql";
import { statement } from "../../../testing/fixtures";
import { worded } from "../../../testing/card";
import { groupOf } from "./categories";
import type { Measured, Reading, Report } from "./readings";

/* Short ways to make readings for tests. */

export const loincSystem = "http://loinc.org";
export const snomedSystem = "http://snomed.info/sct";

export interface Made {
  readonly key?: string;
  readonly codes?: readonly (readonly [system: string | null, code: string])[];
  readonly name?: string;
  readonly source?: string | null;
  readonly specimen?: string | null;
  readonly category?: string;
  readonly date?: string | null;
  readonly status?: string | null;
  readonly amount?: AmountFragment | null;
  readonly text?: string | null;
  readonly more?: Partial<Measured>;
}

export function amount(value: string, unit: string | null = "mmol/L", code: string | null = unit, comparator: string | null = null): AmountFragment {
  return { value, unit, code, comparator };
}

let made = 0;

/** One reading as a report would hold it. */
export function reading(of: Made = {}): Reading {
  const { codes = [], name = "Serum potassium", source = "gp", specimen = null, category = "LAB", date = "2026-03-12T09:00:00Z", status = "final", text = null } = of;
  const concept = { label: name, text: null, codings: codes.map(([system, code]) => ({ system, code, display: name })) };
  const quantity = of.amount === undefined ? amount("4.10") : of.amount;
  const original: Measured = { code: concept, value: quantity === null && text === null ? null : { quantity, concept: null, text }, interpretation: null, ranges: null, absent: null, date, status, ...of.more };
  const base = statement(String(made), "Panel");
  const coded = { label: category, text: null, codings: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0074", code: category, display: null }] };
  const entry: Report = {
    ...base,
    provenance: source === null ? null : { source: { id: source, name: source, careSetting: source === "gp" ? "gp" : "acute" }, organisation: null, localId: null, retrieved: null, asOf: null },
    status,
    category: coded,
    issued: null,
    conclusion: null,
    specimen: specimen === null ? null : worded(specimen),
    measurements: [original],
  };
  return { key: of.key ?? `t${made++}`, from: "report", entry, original, whole: "", group: groupOf(coded), specimen: entry.specimen ?? null, date, status };
}
