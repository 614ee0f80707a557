import { expect, test } from "vitest";
import { statement } from "../../../testing/fixtures";
import { begins, choices, type Entry, fileName, filtered, formatOf, unfiltered } from "./filter";

const entry = (title: string, more: Partial<Entry> = {}): Entry => ({
  ...statement(title, "Clinical letter"),
  status: "current", title, category: null, contentType: "application/pdf", size: 1, content: { opens: true, reason: null }, custodian: null, service: null,
  ...more,
});
const now = new Date("2026-11-27T12:00:00");
const titles = (of: readonly Entry[]) => of.map((e) => e.title);

test("every typed word must stand somewhere, in any order, whatever the case", () => {
  const all = [entry("Cardiology letter"), entry("Chest X-ray", { author: { name: "Dr Bo Lund", role: null, organisation: null } })];
  expect(titles(filtered(all, { ...unfiltered, text: "LETTER card" }, now).shown)).toEqual(["Cardiology letter"]);
  expect(titles(filtered(all, { ...unfiltered, text: "lund" }, now).shown)).toEqual(["Chest X-ray"]);
  expect(titles(filtered(all, { ...unfiltered, text: "  " }, now).shown)).toEqual(["Cardiology letter", "Chest X-ray"]);
  expect(filtered(all, { ...unfiltered, text: "[" }, now).shown).toEqual([]);
});

test("H-02: a period says what it leaves out for want of a date, and keeps what may be within it", () => {
  const all = [
    entry("today", { date: "2026-11-27T09:00:00Z" }),
    entry("three days", { date: "2026-11-24" }),
    entry("a month", { date: "2026-10-27" }),
    entry("this month somewhen", { date: "2026-11" }),
    entry("this year somewhen", { date: "2026" }),
    entry("long ago", { date: "1899-01-01" }),
    entry("undated", { date: null, recorded: null }),
  ];
  expect(titles(filtered(all, { ...unfiltered, period: "72h" }, now).shown)).toEqual(["today", "three days", "this month somewhen", "this year somewhen"]);
  expect(filtered(all, { ...unfiltered, period: "14d" }, now).undated).toBe(1);
  expect(titles(filtered(all, { ...unfiltered, period: "3m" }, now).shown)).toContain("a month");
  expect(filtered(all, unfiltered, now)).toEqual({ shown: all, undated: 0 });
  expect(begins("14d", now)).toBe("2026-11-13");
});

test("what can be chosen is what is there, with how often", () => {
  expect(choices(["Letters", "Plans", "Letters"])).toEqual([{ code: "Letters", words: "Letters (2)" }, { code: "Plans", words: "Plans (1)" }]);
});

test("H-10: a hostile title makes a harmless file name", () => {
  expect(fileName('../../etc/passwd";<svg onload=alert(1)>', "text/html")).toBe("etc-passwd-svg onload-alert-1.html");
  expect(fileName("O’Neil’s letter", "application/pdf")).toBe("O-Neil-s letter.pdf");
  expect(fileName("///", "image/png")).toBe("document.png");
});

test("formats have words, and an unknown one is named", () => {
  expect([formatOf("application/pdf"), formatOf("text/plain; charset=utf-8"), formatOf(null), formatOf("video/mp4")]).toEqual(["PDF", "Text", "Format not stated", "video/mp4"]);
});
