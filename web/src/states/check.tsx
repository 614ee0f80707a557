import { CheckReport } from "../components/check/CheckReport";
import { Scorecard } from "../components/check/Scorecard";
import { check, report, score, unseen } from "../testing/checks";
import { type State, states } from "./state";

// Each report is a landmark of its own name, so that no two come to the same conclusion.
const long = "wolfeschlegelsteinhausenbergerdorff".repeat(12);

export const checkStates: readonly State[] = [
  ...states("components/check/CheckReport", {
    "something to mend": <><h2>Check</h2><CheckReport id="report-1" report={report()} /></>,
    "nothing to mend": <><h2>Check</h2><CheckReport id="report-2" report={report({ checks: [check("reachability", "PASS"), check("codes", "PASS")] })} /></>,
    "nobody to look at": <><h2>Check</h2><CheckReport id="report-3" report={unseen} /></>,
    overlong: <><h2>Check</h2><CheckReport id="report-4" report={report({ checks: [check(long, "FAIL", { text: long, findings: [{ code: long, verdict: "FAIL", text: long, mend: long, where: [{ section: "x", title: long, count: 1, of: 2, at: [long] }] }, { code: "second", verdict: "FAIL", text: long, mend: long, where: [] }] })], scorecard: [] })} /></>,
  }),
  ...states("components/check/Scorecard", {
    some: <Scorecard scores={[score("allergies", "Allergies and adverse reactions"), score("documents", "Documents", { entries: 0, people: 0, items: [], statements: 0, coded: 0, codes: 0, validCodes: 0, dates: 0, validDates: 0 })]} />,
    overlong: <Scorecard scores={[score("x", long, { items: [{ name: long, mandatory: true, populated: 1 }] })]} />,
  }),
];
