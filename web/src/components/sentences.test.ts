import { describe, expect, test } from "vitest";
import type { Completeness, Outcome } from "../api";
import { completeness, outcome } from "../testing/fixtures";
import { outcomeWords, sentences } from "./sentences";

const said = (section: Completeness) => sentences(section, { things: "allergies" }).map((s) => s.text);

const stated = { code: { label: "No known allergy" }, by: { name: "Dr Penhaligon" }, date: "2020-03-12" };

describe("what a reader is told, by verdict and outcomes", () => {
  test.each<[string, Completeness, string[]]>([
    ["everything known: the rows speak", completeness("KNOWN", [outcome("GP", "ANSWERED", { count: 1 })], { total: 1 }), []],
    [
      "one source down beside entries",
      completeness("KNOWN_INCOMPLETE", [outcome("GP", "ANSWERED", { count: 1 }), outcome("Hospital", "UNAVAILABLE", { reason: "It refused the connection", since: "2026-11-21T02:00:00Z" })], { total: 1 }),
      ["Hospital could not be read. It refused the connection. Since 21-Nov-2026 02:00. There may be more allergies."],
    ],
    [
      "late",
      completeness("KNOWN_INCOMPLETE", [outcome("GP", "ANSWERED", { count: 1 }), outcome("Hospital", "TIMED_OUT")], { total: 1 }),
      ["Hospital did not answer in time. There may be more allergies."],
    ],
    [
      "partial",
      completeness("KNOWN_INCOMPLETE", [outcome("GP", "PARTIAL", { count: 1, reason: "Only the first 500 were read" })], { total: 1 }),
      ["Partial. GP answered, and something is missing from the answer. Only the first 500 were read."],
    ],
    [
      "pending, something shown already",
      completeness("KNOWN_INCOMPLETE", [outcome("GP", "ANSWERED", { count: 1 }), outcome("Hospital", "PENDING")], { total: 1 }),
      ["Waiting for Hospital. There may be more allergies."],
    ],
    [
      "pending, nothing yet",
      completeness("PENDING", [outcome("GP", "EMPTY"), outcome("Hospital", "PENDING")]),
      ["Still waiting. Nothing has arrived yet; this does not mean that there are no allergies.", "Waiting for Hospital."],
    ],
    [
      "unavailable",
      completeness("UNAVAILABLE", [outcome("GP", "EMPTY"), outcome("Hospital", "UNAVAILABLE", { reason: "It is known to be down" })]),
      ["Unavailable. Not every system answered about allergies; this does not mean that there are none.", "Hospital could not be read. It is known to be down. There may be allergies."],
    ],
    [
      "unavailable, and one system states none: not the whole answer",
      completeness("UNAVAILABLE", [outcome("GP", "ASSERTED_NONE", { asserted: [stated] }), outcome("Hospital", "TIMED_OUT")]),
      [
        "Unavailable. Not every system answered about allergies; this does not mean that there are none.",
        "Hospital did not answer in time. There may be allergies.",
        "GP holds “No known allergy”, stated by Dr Penhaligon on 12-Mar-2020; that is one system's word, not the whole answer.",
      ],
    ],
    [
      "no system offers it",
      completeness("UNAVAILABLE", [outcome("GP", "NOT_OFFERED"), outcome("Hospital", "NOT_REGISTERED")]),
      ["Unavailable. No system could be asked for allergies; this does not mean that there are none."],
    ],
    [
      "withheld by policy",
      completeness("WITHHELD", [outcome("GP", "WITHHELD", { reason: "Your role does not include this section" }), outcome("Hospital", "WITHHELD", { reason: "Your role does not include this section" })]),
      ["Withheld from you. Your role does not include this section. There may be allergies that you are not shown."],
    ],
    [
      "withheld by one source, the others empty",
      completeness("WITHHELD", [outcome("GP", "WITHHELD", { reason: "The person objects to sharing" }), outcome("Hospital", "WITHHELD", { reason: "Some of it is marked restricted" })]),
      ["Withheld from you. There may be allergies that you are not shown.", "Withheld by GP. The person objects to sharing.", "Withheld by Hospital. Some of it is marked restricted."],
    ],
    [
      "none known",
      completeness("NONE_KNOWN", [outcome("GP", "ASSERTED_NONE", { asserted: [stated] }), outcome("Hospital", "EMPTY")]),
      ["No known allergies. GP holds “No known allergy”, stated by Dr Penhaligon on 12-Mar-2020."],
    ],
    [
      "not recorded",
      completeness("NOT_RECORDED", [outcome("GP", "EMPTY"), outcome("Hospital", "EMPTY"), outcome("Council", "NOT_OFFERED")]),
      ["Not recorded. GP and Hospital answered and hold no allergies; nobody has stated that there are none."],
    ],
    [
      "conflict",
      completeness("CONFLICT", [outcome("GP", "ASSERTED_NONE", { asserted: [stated] }), outcome("Hospital", "ANSWERED", { count: 1 })], { total: 1 }),
      ["Systems disagree. GP holds “No known allergy”, stated by Dr Penhaligon on 12-Mar-2020, and the statements below say otherwise."],
    ],
    [
      "another person's record came back",
      completeness("UNAVAILABLE", [outcome("Hospital", "MISMATCHED", { reason: "It answered about another person" })]),
      [
        "Unavailable. Not every system answered about allergies; this does not mean that there are none.",
        "Hospital: what it holds could not be tied to this person and is not shown. It answered about another person.",
      ],
    ],
    [
      "fields held back",
      completeness("KNOWN", [outcome("GP", "ANSWERED", { count: 1 })], { total: 1, withheldFields: ["reason", "lastOccurrence"] }),
      ["Details withheld from you: reason and last occurrence."],
    ],
  ])("%s", (_, section, expected) => {
    expect(said(section)).toEqual(expected);
  });
});

const unanswered: Outcome["status"][] = ["PENDING", "TIMED_OUT", "UNAVAILABLE", "PARTIAL", "WITHHELD", "MISMATCHED", "UNKNOWN"];
const open: Completeness["verdict"][] = ["PENDING", "UNAVAILABLE", "WITHHELD", "KNOWN_INCOMPLETE"];

describe("H-02: a source that has not answered never reads as none", () => {
  test.each(open.flatMap((verdict) => unanswered.map((status) => [verdict, status] as const)))("%s with %s", (verdict, status) => {
    const text = said(completeness(verdict, [outcome("GP", "EMPTY"), outcome("Hospital", status)], { total: verdict === "KNOWN_INCOMPLETE" ? 1 : 0 })).join(" ");
    expect(text).not.toMatch(/No known|Not recorded/);
    expect(text).toMatch(/Hospital|^Withheld from you/);
  });
});

test("every verdict has a sentence of its own", () => {
  const verdicts: Completeness["verdict"][] = ["NONE_KNOWN", "NOT_RECORDED", "WITHHELD", "PENDING", "UNAVAILABLE", "CONFLICT"];
  const first = verdicts.map((v) => said(completeness(v, [outcome("GP", "EMPTY")]))[0]?.split(".")[0]);
  expect(new Set(first).size).toBe(verdicts.length);
});

test("every status has words of its own", () => {
  const statuses: Outcome["status"][] = ["ANSWERED", "ASSERTED_NONE", "EMPTY", "PENDING", "TIMED_OUT", "UNAVAILABLE", "PARTIAL", "WITHHELD", "MISMATCHED", "NOT_REGISTERED", "NOT_OFFERED", "UNKNOWN"];
  expect(new Set(statuses.map((s) => outcomeWords(outcome("GP", s)))).size).toBe(statuses.length);
});
