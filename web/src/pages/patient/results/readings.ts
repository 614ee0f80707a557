import type { Sections } from "../../../api";
import type { MeasuredFragment, ObservationsCardFragment, ResultsCardFragment } from "../../../api/generated/graphql";
import { type Group, groupOf } from "./categories";

export type Report = NonNullable<ResultsCardFragment["entries"]>[number];
export type Observed = NonNullable<ObservationsCardFragment["entries"]>[number];
export type Measured = Pick<MeasuredFragment, keyof MeasuredFragment>;

/**
 * One measured thing as its source stated it, wherever it stood: in a report, as an
 * observation, or as a part of one. It refers to the original and copies nothing out of it
 * but what says when and how it stands.
 */
export interface Reading {
  /** Its place in the record: no other reading has it. */
  readonly key: string;
  readonly from: "report" | "observation";
  /** The report or observation it belongs to: whose it is, who wrote it, where it came from. */
  readonly entry: Report | Observed;
  /** What was measured and found; the source's own object. */
  readonly original: Measured;
  /** What it is a part of, as systolic is of blood pressure; "" if it stands alone. */
  readonly whole: string;
  readonly group: Group;
  readonly specimen: Report["specimen"];
  /** Its own date, else that of the report. */
  readonly date: string | null;
  /** Its own status, else that of the report. */
  readonly status: string | null;
}

/** Every measurement of every report and every observation with its parts: each once, in the record's order. */
export function readings(sections: Sections): Reading[] {
  return [...(sections.results?.entries ?? []).flatMap(ofReport), ...(sections.observations?.entries ?? []).flatMap(ofObservation)];
}

/** Reports that tell something in words: a conclusion, or no measurement at all. */
export function narratives(sections: Sections): Report[] {
  return (sections.results?.entries ?? []).filter((r) => (r.measurements ?? []).length === 0 || Boolean(r.conclusion));
}

function ofReport(entry: Report, place: number): Reading[] {
  return (entry.measurements ?? []).map((original, i) => ({
    key: `r${place}.${i}`,
    from: "report",
    entry,
    original,
    whole: "",
    group: groupOf(entry.category),
    specimen: entry.specimen,
    date: original.date ?? entry.date ?? null,
    status: standing(original.status, entry.status),
  }));
}

function ofObservation(entry: Observed, place: number): Reading[] {
  const group = groupOf(entry.category);
  const parts = entry.components ?? [];
  const common = { from: "observation", entry, group, specimen: null } as const;
  const own: Measured = { code: entry.code ?? null, value: entry.value ?? null, interpretation: entry.interpretation ?? null, ranges: entry.ranges ?? null, absent: entry.absent ?? null, date: entry.date ?? null, status: entry.status ?? null };
  // A panel that is only its parts is no reading of its own.
  const alone = parts.length === 0 || hasValue(own) || Boolean(entry.absent);
  return [
    ...(alone ? [{ ...common, key: `o${place}`, original: own, whole: "", date: own.date ?? null, status: own.status ?? null }] : []),
    ...parts.map((original, i) => ({
      ...common,
      key: `o${place}.${i}`,
      original,
      whole: entry.code?.label ?? "",
      date: original.date ?? entry.date ?? null,
      status: standing(original.status, entry.status),
    })),
  ];
}

/** A report that was withdrawn withdraws what is in it, whatever the measurement still says. */
function standing(own: string | null | undefined, whole: string | null | undefined): string | null {
  if (whole && withdrawn.has(whole)) return whole;
  return own ?? whole ?? null;
}

const withdrawn = new Set(["entered-in-error", "cancelled"]);

/** Does not stand any more: it is shown as such and never as a result. */
export function isWithdrawn(reading: Pick<Reading, "status">): boolean {
  return reading.status !== null && withdrawn.has(reading.status);
}

/** May still change. */
export function isProvisional(reading: Pick<Reading, "status">): boolean {
  return reading.status !== null && ["registered", "preliminary", "partial", "unknown"].includes(reading.status);
}

export function hasValue(m: Measured): boolean {
  return Boolean(m.value?.quantity?.value ?? m.value?.concept?.label ?? m.value?.text);
}
