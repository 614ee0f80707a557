import type { Check, Report, Score } from "../components/check/words";

/* What a check of a system answers. */

export const score = (section: string, title: string, more: Partial<Score> = {}): Score => ({
  section,
  title,
  mandatory: false,
  people: 8,
  entries: 20,
  items: [
    { name: "status", mandatory: true, populated: 20 },
    { name: "performer", mandatory: false, populated: 19 },
  ],
  coded: 19,
  statements: 20,
  validCodes: 39,
  codes: 40,
  validDates: 20,
  dates: 20,
  duplicates: 0,
  ...more,
});

export const check = (name: string, verdict: Check["verdict"], more: Partial<Check> = {}): Check => ({ name, verdict, text: null, findings: [], ...more });

export const invalidCodes = check("codes", "FAIL", {
  findings: [
    {
      code: "snomed-invalid",
      verdict: "FAIL",
      text: "SNOMED CT or dm+d codes are not valid: length, check digit (Verhoeff) or kind",
      mend: "Send codes as text; send concept ids, not description ids",
      where: [{ section: "medications", title: "Medications and medical devices", count: 1, of: 20, at: ["person 2, entry 5"] }],
    },
    { code: "code-system-local", verdict: "WARN", text: "Codes are of a system that is not known here", mend: "Nothing to mend if it is a local code system", where: [] },
  ],
});

export const report = (more: Partial<Report> = {}): Report => ({
  source: "gp",
  at: "2026-11-21T10:15:00Z",
  tookMilliseconds: 1240,
  people: 10,
  calls: 68,
  p50Milliseconds: 3,
  p95Milliseconds: 9,
  slowestMilliseconds: 1100,
  checks: [
    check("reachability", "PASS"),
    check("TLS", "SKIP", { text: "no encrypted HTTP connection was seen" }),
    check("search", "PASS", { text: "10 sample people are from its wards, clinics and caseloads" }),
    invalidCodes,
    check("dates", "WARN", { findings: [{ code: "date-missing", verdict: "WARN", text: "Entries have no date at all", mend: "Map the date it is about", where: [{ section: "allergies", title: "Allergies and adverse reactions", count: 1, of: 30, at: [] }] }] }),
  ],
  scorecard: [score("demographics", "Person demographics", { mandatory: true, statements: 0, coded: 0, codes: 0, validCodes: 0 }), score("medications", "Medications and medical devices")],
  ...more,
});

/** Nobody could be looked at. */
export const unseen = report({ people: 0, calls: 1, scorecard: [], checks: [check("reachability", "PASS"), check("codes", "SKIP", { text: "no sample people" })] });
