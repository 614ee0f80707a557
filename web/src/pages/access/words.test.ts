import { expect, test } from "vitest";
import { access } from "../../testing/fixtures";
import { isStranger, objectionsSentence, relationshipFact, relationshipWords, untilWords } from "./words";

const now = new Date("2026-11-21T09:00:00Z");

test("a claimed relationship says until when; a registration does not", () => {
  expect(relationshipWords({ kind: "SELF_CLAIMED", from: null, until: "2026-11-22T09:00:00Z", evidence: null }, now)).toBe("stated by you, until 22-Nov-2026 09:00");
  expect(relationshipWords({ kind: "REGISTRATION", from: null, until: "2026-11-22T09:00:00Z", evidence: null }, now)).toBe("registered with a system of your organisation");
});

test("the evidence, and its bounds", () => {
  expect(relationshipFact({ kind: "APPOINTMENT", from: "2026-11-01T09:00:00Z", until: null, evidence: "appointment on 2026-11-20 in hospital" })).toBe("appointment on 2026-11-20 in hospital · since 01-Nov-2026");
  expect(relationshipFact({ kind: "LIST", from: null, until: null, evidence: null })).toBe("No further evidence");
});

test("objections are one sentence, and none are none", () => {
  expect(objectionsSentence(0)).toBe("");
  expect(objectionsSentence(1)).toContain("objects to something");
  expect(objectionsSentence(3)).toContain("3 objections");
});

test("a broken glass makes nobody a stranger", () => {
  expect(isStranger(access())).toBe(false);
  expect(isStranger(access({ relationships: [] }))).toBe(true);
  expect(isStranger(access({ relationships: [], breakGlass: { id: "b1", reason: "emergency", started: null, until: null } }))).toBe(false);
});

test("until when, as exact as known", () => {
  expect(untilWords("2026-11-21T14:05:00Z", now)).toBe("until 14:05");
  expect(untilWords(null, now)).toBe("for some hours");
});
