// @ts-check
// From FHIR to what a chart shows. No page and no network here.
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./types").Reading} Reading */
/** @typedef {import("./types").Series} Series */
/** @typedef {Record<string, any>} Resource */

/** Statuses of what does not hold. */
const void_ = new Set(["entered-in-error", "cancelled"]);

/**
 * @param {Resource[]} resources those of all pages
 * @param {string} patientId whose they must be
 * @param {Record<string, string>} sources names by id
 * @returns {Reading}
 */
export function read(resources, patientId, sources) {
  /** @type {Reading} */
  const reading = { series: [], sources: [], missing: [], foreign: 0, wordy: 0 };
  /** @type {Map<string, Series>} */
  const all = new Map();
  /** @type {Set<string>} */
  const seen = new Set();
  for (const r of resources) {
    if (r.resourceType === "OperationOutcome") {
      for (const issue of r.issue ?? []) {
        const text = issue.diagnostics ?? issue.details?.text ?? issue.code;
        if (!reading.missing.includes(text)) reading.missing.push(text);
      }
    }
    if (r.resourceType !== "Observation" || seen.has(r.id) || void_.has(r.status)) continue;
    seen.add(r.id);
    if (r.subject?.reference !== `Patient/${patientId}`) {
      reading.foreign++;
      continue;
    }
    const found = [r, ...(r.component ?? [])].filter((part) => typeof part.valueQuantity?.value === "number" && timeOf(r) !== "");
    if (found.length === 0) reading.wordy++;
    for (const part of found) add(all, part, pointOf(r, part, sources));
  }
  reading.series = [...all.values()];
  for (const s of reading.series) s.points.sort((a, b) => a.time - b.time);
  reading.series.sort((a, b) => b.points.length - a.points.length);
  reading.sources = [...new Set(reading.series.flatMap((s) => s.points.map((p) => p.source)))].sort();
  return reading;
}

/** @param {Map<string, Series>} all @param {Resource} part @param {Point} point */
function add(all, part, point) {
  const coding = part.code?.coding?.[0];
  const name = part.code?.text ?? coding?.display ?? coding?.code ?? "Not named";
  // Two units on one axis would be a lie.
  const key = JSON.stringify([coding?.system ?? "", coding?.code ?? name, point.unit]);
  /** @type {Series} */
  const series = all.get(key) ?? { key, name, unit: point.unit, points: [] };
  series.points.push(point);
  all.set(key, series);
}

/** @param {Resource} r */
const timeOf = (r) => r.effectiveDateTime ?? r.effectiveInstant ?? r.effectivePeriod?.start ?? "";

/** @param {Resource} r @param {Resource} part @param {Record<string, string>} sources @returns {Point} */
function pointOf(r, part, sources) {
  const q = part.valueQuantity;
  const when = timeOf(r);
  return {
    time: new Date(when.length === 10 ? `${when}T00:00:00` : when).getTime(),
    when,
    value: q.value,
    comparator: q.comparator ?? "",
    unit: q.unit ?? q.code ?? "",
    source: sourceOf(r, sources),
    range: rangeOf(part.referenceRange?.[0]),
    notes: notesOf(r, part),
  };
}

/** The organisation that says so: a performer that is one, or the system it was read from. @param {Resource} r @param {Record<string, string>} sources */
function sourceOf(r, sources) {
  const organisation = (r.performer ?? []).find((/** @type {Resource} */ p) => p.type === "Organization" || p.identifier?.system === "https://fhir.nhs.uk/Id/ods-organization-code" || p.reference?.startsWith("Organization/"));
  if (organisation?.display) return organisation.display;
  const id = /^urn:patchwork:source:([^#]+)/.exec(r.meta?.source ?? "")?.[1];
  return id ? (sources[id] ?? id) : "Not said";
}

/** @param {Resource | undefined} range */
function rangeOf(range) {
  if (!range) return "";
  const low = range.low?.value, high = range.high?.value;
  if (low !== undefined && high !== undefined) return `${low} to ${high}`;
  if (low !== undefined) return `${low} or more`;
  if (high !== undefined) return `${high} or less`;
  return range.text ?? "";
}

const interpretations = /** @type {Record<string, string>} */ ({ H: "high", L: "low", HH: "very high", LL: "very low", A: "abnormal", AA: "very abnormal" });

/** @param {Resource} r @param {Resource} part */
function notesOf(r, part) {
  const code = part.interpretation?.[0]?.coding?.[0]?.code;
  return [interpretations[code], r.status === "final" ? "" : r.status].filter(Boolean).join(", ");
}

export const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** DD-Mmm-YYYY, with the time where there is one. @param {string} when */
export function shown(when) {
  if (/^\d{4}(-\d{2})?$/.test(when)) return when.length === 4 ? when : `${months[Number(when.slice(5)) - 1]}-${when.slice(0, 4)}`;
  const d = new Date(when.length === 10 ? `${when}T00:00:00` : when);
  const day = `${two(d.getDate())}-${months[d.getMonth()]}-${d.getFullYear()}`;
  return when.length === 10 ? day : `${day} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** @param {number} n */
const two = (n) => String(n).padStart(2, "0");
