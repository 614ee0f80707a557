import { describe, expect, test } from "vitest";
import type { Cell, CellEntry, Column, Completeness, Outcome } from "../../../api";
import { completeness, outcome } from "../../../testing/fixtures";
import { cellWords } from "./cells";

const now = new Date("2026-11-27T12:00:00Z");
const count: Column = { section: "allergies", show: "COUNT", code: null, title: null };
const latest: Column = { section: "observations", show: "LATEST", code: "http://snomed.info/sct|1104051000000101", title: "Latest NEWS2" };
const next: Column = { section: "appointments", show: "NEXT", code: null, title: null };
const gp = outcome("GP", "ANSWERED", { count: 1 });
const stated = { code: { label: "No known allergy" }, by: { name: "Dr Penhaligon" }, date: "2020-03-12" };

function cell(verdict: Completeness["verdict"], outcomes: Outcome[], total = 0, entries: readonly CellEntry[] | null = []): Cell {
  return { ...completeness(verdict, outcomes, { total }), entries };
}
function said(column: Column, of: Cell | undefined, problem: string | null = null): string {
  const { main, when, gap, age } = cellWords(column, of, problem, now);
  return [main, when, gap, age].filter(Boolean).join(" | ");
}

describe("a count", () => {
  test.each<[string, Cell | undefined, string]>([
    ["not asked yet", undefined, "Waiting"],
    ["known", cell("KNOWN", [gp], 3), "3"],
    ["one system silent", cell("KNOWN_INCOMPLETE", [gp, outcome("Hospital", "TIMED_OUT")], 3), "At least 3 | Hospital does not answer"],
    ["two systems silent, one awaited", cell("KNOWN_INCOMPLETE", [gp, outcome("Hospital", "TIMED_OUT"), outcome("Council", "UNAVAILABLE"), outcome("Trust", "PENDING")], 1), "At least 1 | Waiting for Trust. Hospital and Council do not answer"],
    ["nothing yet", cell("PENDING", [outcome("GP", "EMPTY"), outcome("Hospital", "PENDING")]), "Waiting | Waiting for Hospital"],
    ["unavailable", cell("UNAVAILABLE", [outcome("GP", "EMPTY"), outcome("Hospital", "UNAVAILABLE")]), "Unavailable | Hospital does not answer"],
    ["withheld", cell("WITHHELD", [outcome("GP", "WITHHELD"), outcome("Hospital", "WITHHELD")]), "Withheld from you"],
    ["withheld in part", cell("KNOWN_INCOMPLETE", [gp, outcome("Hospital", "WITHHELD")], 1), "At least 1 | Withheld by Hospital"],
    ["none known", cell("NONE_KNOWN", [outcome("GP", "ASSERTED_NONE", { asserted: [stated] })]), "No known allergies"],
    ["not recorded", cell("NOT_RECORDED", [outcome("GP", "EMPTY")]), "Not recorded"],
    ["contradicted", cell("CONFLICT", [outcome("GP", "ASSERTED_NONE", { asserted: [stated] }), outcome("Hospital", "ANSWERED", { count: 2 })], 2), "2, systems disagree"],
    ["another person's", cell("UNAVAILABLE", [outcome("Hospital", "MISMATCHED")]), "Unavailable | Not shown: Hospital, not tied to this person"],
    ["incomplete", cell("KNOWN_INCOMPLETE", [outcome("GP", "PARTIAL", { count: 2 })], 2), "At least 2 | Incomplete: GP"],
    ["none left by a filter, a system silent", cell("KNOWN_INCOMPLETE", [gp, outcome("Hospital", "TIMED_OUT")], 0), "Unavailable | Hospital does not answer"],
    ["a nightly extract", cell("KNOWN", [outcome("Council", "ANSWERED", { count: 1, asOf: "2026-11-27T02:00:00Z", ageSeconds: 36_000 })], 1), "1 | Council as of 02:00"],
    ["read a minute ago", cell("KNOWN", [outcome("GP", "ANSWERED", { count: 1, asOf: "2026-11-27T11:59:00Z", ageSeconds: 60 })], 1), "1"],
  ])("%s", (_, of, words) => {
    expect(said(count, of)).toBe(words);
  });

  test("not asked any more is unavailable", () => {
    expect(said(count, undefined, "Not now")).toBe("Unavailable");
  });
});

const unanswered: Outcome["status"][] = ["PENDING", "TIMED_OUT", "UNAVAILABLE", "PARTIAL", "WITHHELD", "MISMATCHED", "UNKNOWN"];
const open: Completeness["verdict"][] = ["PENDING", "UNAVAILABLE", "WITHHELD", "KNOWN_INCOMPLETE"];

describe("H-02: a system that has not answered never reads as none, whatever a column shows", () => {
  test.each([count, latest, next].flatMap((column) => open.flatMap((verdict) => unanswered.map((status) => [column.show, verdict, status, column] as const))))("%s, %s with %s", (_, verdict, status, column) => {
    const words = cellWords(column, cell(verdict, [outcome("GP", "EMPTY"), outcome("Hospital", status)]), null, now);
    expect(`${words.main} ${words.gap}`).not.toMatch(/\b(no|none|not recorded|0)\b/i);
    expect(words.main).toMatch(/^(Waiting|Unavailable|Withheld from you)$/);
    expect(words.why.length).toBeGreaterThan(0);
  });
});

describe("the latest entry", () => {
  const news2: CellEntry = { id: "o1", code: { label: "NEWS2", codings: null }, date: "2026-11-26T18:00:00Z", value: { quantity: { value: "7", comparator: null, unit: null } }, interpretation: [{ label: "High" }] };
  test.each<[string, Column, CellEntry, string]>([
    ["by code: the value, when, and its flag", latest, news2, "7, High | 26-Nov-2026 18:00"],
    ["a unit that is none is left out", latest, { ...news2, value: { quantity: { value: "7", comparator: null, unit: "{score}" } }, interpretation: null }, "7 | 26-Nov-2026 18:00"],
    ["without a code its name too", { ...latest, code: null }, news2, "NEWS2 7, High | 26-Nov-2026 18:00"],
    ["a part that has the code", latest, { code: { label: "Vital signs" }, date: "2026-11-26", components: [{ code: { label: "Pulse", codings: [{ system: "x", code: "1" }] }, value: { text: "80" } }, { code: { label: "NEWS2", codings: [{ system: "x", code: "1104051000000101" }] }, value: { quantity: { value: "3" } } }] }, "3 | 26-Nov-2026"],
    ["a measurement of a report", { ...latest, section: "results" }, { code: { label: "FBC" }, date: "2026-11", measurements: [{ code: { label: "Hb" }, value: { quantity: { value: "98", comparator: "<", unit: "g/L" } } }] }, "<98 g/L | Nov-2026"],
    ["no value, and why", latest, { ...news2, value: null, interpretation: null, absent: { label: "Not performed" } }, "No value (Not performed) | 26-Nov-2026 18:00"],
    ["a contact", { ...count, section: "contacts", show: "LATEST" }, { code: null, period: { start: "2026-11-01" }, reason: { label: "Fall" } }, "Fall | 01-Nov-2026"],
    ["a document by its title", { ...count, section: "documents", show: "LATEST" }, { title: "Discharge letter", code: { label: "Letter" }, date: null }, "Discharge letter"],
    ["nothing stated", { ...count, show: "LATEST" }, {}, "Not stated"],
  ])("%s", (_, column, entry, words) => {
    expect(said(column, cell("KNOWN", [gp], 1, [entry]))).toBe(words);
  });

  test("there may be a newer one where a system is silent", () => {
    expect(said(latest, cell("KNOWN_INCOMPLETE", [gp, outcome("Hospital", "TIMED_OUT")], 1, [news2]))).toBe("7, High | 26-Nov-2026 18:00 | Hospital does not answer");
  });
  test("entries that policy holds back are not none", () => {
    expect(said(latest, cell("KNOWN", [gp], 2, null))).toBe("Withheld from you");
  });
});

describe("the next appointment", () => {
  const at = (start: string, status = "booked", service = "Clinic"): CellEntry => ({ start, status, service: { label: service } });
  test.each<[string, readonly CellEntry[], string]>([
    ["the earliest of those to come", [at("2027-02-01"), at("2026-12-01T09:00:00Z", "booked", "Diabetes"), at("2026-11-01")], "Diabetes | 01-Dec-2026 09:00"],
    ["today's day counts, a moment that is past does not", [at("2026-11-27"), at("2026-11-27T11:00:00Z")], "Clinic | 27-Nov-2026"],
    ["another zone's clock", [at("2026-11-27T13:00:00+02:00", "booked", "Past"), at("2026-11-27T13:00:00Z", "booked", "To come")], "To come | 27-Nov-2026 13:00"],
    ["cancelled ones are none", [at("2026-12-01", "cancelled")], "None to come is recorded"],
    ["all are past", [at("2020-12-01")], "None to come is recorded"],
    ["one without a date may be to come", [{ status: "booked" }], "On a date not known"],
    ["a month that is not over", [at("2026-11")], "Clinic | Nov-2026"],
  ])("%s", (_, entries, words) => {
    expect(said(next, cell("KNOWN", [gp], entries.length, entries))).toBe(words);
  });

  test("not all entries are there: nobody says that there is none", () => {
    expect(said(next, cell("KNOWN", [gp], 3, [at("2020-01-01")]))).toBe("Unavailable");
  });
  test("dates that policy holds back are not none", () => {
    expect(said(next, { ...cell("KNOWN", [gp], 1, [{ status: "booked" }]), withheldFields: ["start"] })).toBe("Withheld from you");
  });
});
