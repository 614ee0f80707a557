import { describe, expect, test } from "vitest";
import { type Identity, type RecordState, type Sections, unread } from "../api";
import { completeness, outcome, statement } from "../testing/fixtures";
import { indicators } from "./indicators";

const identity = { id: "p1", person: { deceased: false }, registrations: [] } as unknown as Identity;

function state(sections: Partial<Record<keyof Sections, unknown>>, more: Partial<RecordState> = {}): RecordState {
  return { ...unread("p1"), identity, phase: "settled", sections: sections as Sections, ...more };
}

type Status = Parameters<typeof outcome>[1];
function decisions(verdict: Parameters<typeof completeness>[0], answers: readonly [string, Status][], entries: readonly object[] = [], more: object = {}) {
  return { ...completeness(verdict, answers.map(([name, status]) => outcome(name, status)), { total: entries.length, ...more }), entries };
}

function decided(source: string, cpr: string | null, more: object = {}): object {
  const s = statement(source, "ReSPECT form", { date: "2026-10-08" });
  return { ...s, provenance: { ...s.provenance, source: { id: source, name: source, careSetting: "acute" } }, kind: "respect", status: "active", cpr, decision: null, reviewDate: null, original: null, ...more };
}

const answered: [string, Status][] = [["GP", "ANSWERED"], ["Hospital", "ANSWERED"]];
const cpr = (sections: Parameters<typeof state>[0], more?: Partial<RecordState>) => indicators(state(sections, more)).find((i) => i.key === "resuscitation");

describe("a decision on resuscitation", () => {
  test("with whose and of when", () => {
    expect(cpr({ endOfLife: decisions("KNOWN", answered, [decided("Hospital", "do-not-attempt")]) })).toMatchObject({ text: "Do not attempt CPR, Hospital, 08-Oct-2026", tone: "danger", part: "plans" });
    expect(cpr({ endOfLife: decisions("KNOWN", answered, [decided("Hospital", "attempt"), decided("GP", "attempt")]) })?.text).toBe("For attempted CPR, Hospital, 08-Oct-2026, and 1 more system");
  });

  test("H-11: decisions that differ are a conflict, and none is chosen", () => {
    const text = cpr({ endOfLife: decisions("KNOWN", answered, [decided("Hospital", "do-not-attempt"), decided("GP", "attempt")]) })?.text;
    expect(text).toBe("CPR decisions conflict");
  });

  test("one that was withdrawn, or is only a draft, is no decision", () => {
    for (const status of ["revoked", "inactive", "draft", "entered-in-error"]) {
      expect(cpr({ endOfLife: decisions("KNOWN", answered, [decided("GP", "attempt", { status }), decided("Hospital", "do-not-attempt")]) })?.text).toBe("Do not attempt CPR, Hospital, 08-Oct-2026");
    }
  });

  test("one past its review still holds until somebody decides anew", () => {
    expect(cpr({ endOfLife: decisions("KNOWN", answered, [decided("GP", "do-not-attempt", { reviewDate: "2020-01-01" })]) })?.text).toContain("Do not attempt CPR");
  });

  test("words alone are not one: the form must be read", () => {
    expect(cpr({ endOfLife: decisions("KNOWN", answered, [decided("GP", null, { decision: "Not for CPR" })]) })).toMatchObject({ text: "ReSPECT form, 08-Oct-2026, read it for CPR", tone: "warning" });
  });

  test("H-02: never a silent absence; who did not answer is named", () => {
    const cases: [unknown, Partial<RecordState>, string][] = [
      [undefined, { phase: "asking" }, "CPR decision not known yet, systems are being asked"],
      [undefined, { phase: "paused" }, "CPR decision not known, it could not be asked for"],
      [decisions("UNAVAILABLE", [["GP", "TIMED_OUT"], ["Hospital", "EMPTY"]]), {}, "CPR decision not known, GP did not answer"],
      [decisions("PENDING", [["GP", "PENDING"], ["Hospital", "EMPTY"]]), {}, "CPR decision not known, waiting for GP"],
      [decisions("UNAVAILABLE", [["GP", "NOT_OFFERED"]]), {}, "CPR decision not known, no system could be asked"],
      [decisions("WITHHELD", [["GP", "WITHHELD"]]), {}, "CPR decision withheld from you"],
      [decisions("NOT_RECORDED", [["GP", "EMPTY"]]), {}, "No CPR decision recorded"],
      [decisions("KNOWN_INCOMPLETE", [["GP", "UNAVAILABLE"], ["Hospital", "ANSWERED"]], [decided("Hospital", "attempt")]), {}, "For attempted CPR, Hospital, 08-Oct-2026, GP did not answer"],
      [decisions("KNOWN_INCOMPLETE", [["GP", "WITHHELD"], ["Hospital", "ANSWERED"]], [decided("Hospital", "attempt")]), {}, "For attempted CPR, Hospital, 08-Oct-2026, some is withheld from you"],
      [decisions("KNOWN", answered, [decided("GP", null)], { withheldFields: ["cpr"] }), {}, "CPR decision withheld from you"],
    ];
    for (const [endOfLife, more, text] of cases) expect(cpr({ endOfLife }, more)?.text).toBe(text);
  });
});

describe("alerts", () => {
  const alert = (more: object) => ({ ...statement("a", "Alert"), status: "active", category: null, period: null, ...more });
  const labels = [{ code: "SGD", display: "Safeguarding" }];
  const keys = (entries: object[]) => indicators(state({ alerts: decisions("KNOWN", answered, entries) })).filter((i) => ["safeguarding", "alerts"].includes(i.key)).map((i) => i.text);

  test("safeguarding is told by its label, and only where it is shown", () => {
    expect(keys([alert({ labels }), alert({}), alert({ status: "inactive", labels })])).toEqual(["Safeguarding", "1 other alert"]);
    expect(keys([])).toEqual([]);
  });

  test("how many are high", () => {
    const high = { category: { label: "High risk", text: "High risk", codings: null } };
    expect(keys([alert(high), alert(high), alert({})])).toEqual(["2 high alerts"]);
  });
});

test("the dead and those who must not be located", () => {
  const demographics = { ...completeness("KNOWN", [outcome("PDS", "ANSWERED")]), entries: [statement("d", "x", { labels: [{ code: "R", display: "restricted" }] })] };
  const keys = indicators(state({ demographics }, { identity: { ...identity, person: { deceased: true } } as unknown as Identity })).map((i) => i.key);
  expect(keys).toEqual(["deceased", "restricted", "resuscitation"]);
});

test("nothing is said of nobody, and no colon of anybody", () => {
  expect(indicators(unread("p1"))).toEqual([]);
  for (const i of indicators(state({ endOfLife: decisions("UNAVAILABLE", [["GP", "TIMED_OUT"]]) }))) expect(i.text).not.toContain(":");
});
