import type { SourceReportFactsFragment } from "../../api/generated/graphql";
import { formatClock } from "../../ui/dates";
import { count, list } from "../../ui/words";

/* What a check of a system found, in words. */

export type Report = SourceReportFactsFragment;
export type Check = Report["checks"][number];
export type Verdict = Check["verdict"];
export type Score = Report["scorecard"][number];

/** The checks that ended so, in the order in which a system is joined. */
export function ended(checks: readonly Check[], verdict: Verdict): readonly Check[] {
  return checks.filter((c) => c.verdict === verdict);
}

/** How many kinds of defect have this verdict. */
function found(report: Report, verdict: Verdict): number {
  return report.checks.reduce((n, c) => n + c.findings.filter((f) => f.verdict === verdict).length, 0);
}

/** The end of a check in a sentence. What was not tried is never well. */
export function conclusion(report: Report): string {
  const failed = found(report, "FAIL");
  if (failed > 0) return `${count(failed, "thing")} to mend`;
  const looked = report.people > 0 ? "Nothing to mend was found" : "Nobody’s record could be looked at";
  return ended(report.checks, "SKIP").length > 0 ? `${looked}; not everything was tried` : looked;
}

/** When it was, and how many checks ended how: "Checked at 10:15. 12 checks passed, 1 is to be mended." */
export function tally(report: Report, now: Date = new Date()): string {
  const of = (verdict: Verdict) => ended(report.checks, verdict).length;
  const parts = [
    of("FAIL") > 0 ? `${of("FAIL")} ${of("FAIL") === 1 ? "is" : "are"} to be mended` : "",
    of("WARN") > 0 ? `${of("WARN")} ${of("WARN") === 1 ? "is" : "are"} to be looked at` : "",
    of("SKIP") > 0 ? `${of("SKIP")} ${of("SKIP") === 1 ? "was" : "were"} not tried` : "",
    `${of("PASS")} passed`,
  ].filter(Boolean);
  const at = report.at ? `Checked at ${formatClock(report.at, now)}. ` : "";
  return `${at}Of ${count(report.checks.length, "check")}, ${list(parts)}.`;
}

/** What it rests on: whose records were read, and how the system answered. */
export function grounds(report: Report): string {
  const people = report.people === 0 ? "Nobody’s record was read" : `The records of ${count(report.people, "person", "people")} were read, whom nobody chose`;
  const calls = report.calls === 0 ? "it was not called" : `${count(report.calls, "call")}: half within ${milliseconds(report.p50Milliseconds)}, 95 % within ${milliseconds(report.p95Milliseconds)}, the slowest ${milliseconds(report.slowestMilliseconds)}`;
  return `${people}; ${calls}. It took ${milliseconds(report.tookMilliseconds)}.`;
}

/** A stretch of time as engineers read it. */
export function milliseconds(ms: number | null | undefined): string {
  if (typeof ms !== "number") return "an unknown time";
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A share of a whole; never rounded up to all of it. Empty where there is nothing to share. */
export function share(n: number, of: number): string {
  return of === 0 ? "" : `${Math.floor((n * 100) / of)}\u00a0%`;
}

/** How much of the mandatory, or of the required, items is there. */
export function populated(score: Score, mandatory: boolean): string {
  const items = score.items.filter((i) => i.mandatory === mandatory);
  return share(
    items.reduce((n, i) => n + i.populated, 0),
    items.length * score.entries,
  );
}

/** The items that are not always there: "performer 50 % (required)". */
export function lacking(score: Score): string {
  return list(score.items.filter((i) => i.populated < score.entries).map((i) => `${i.name ?? ""} ${share(i.populated, score.entries)} (${i.mandatory ? "mandatory" : "required"})`));
}
