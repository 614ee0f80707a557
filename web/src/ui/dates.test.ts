import { describe, expect, test } from "vitest";
import { age, formatClock, formatDate, formatDay, formatInstant, formatPeriod, howLongAgo, today } from "./dates";

describe("formatDate shows a date as exact as the source knows it", () => {
  test.each([
    ["1956", "1956"],
    ["1956-03", "Mar-1956"],
    ["1956-03-12", "12-Mar-1956"],
    ["2026-11-21T02:00:00Z", "21-Nov-2026 02:00"],
    ["2026-07-01T23:30:00Z", "02-Jul-2026 00:30"], // British Summer Time
    ["2026-07-01T12:00:00+01:00", "01-Jul-2026 12:00"],
    ["1956-13", "1956-13"], // not a date: shown as it came
    ["last spring", "last spring"],
  ])("%s → %s", (date, shown) => {
    expect(formatDate(date)).toBe(shown);
  });
});

test("formatDay leaves the time out, on the clock of the United Kingdom", () => {
  expect(formatDay("2026-07-01T23:30:00Z")).toBe("02-Jul-2026");
  expect(formatDay("1956-03")).toBe("Mar-1956");
});

test("formatInstant shows what it cannot read", () => {
  expect(formatInstant("soon")).toBe("soon");
});

test("formatClock leaves the day out while it is today", () => {
  const now = new Date("2026-07-01T12:00:00Z");
  expect(formatClock("2026-07-01T13:05:00Z", now)).toBe("14:05");
  expect(formatClock("2026-07-01T23:30:00Z", now)).toBe("02-Jul-2026 00:30");
  expect(formatClock("soon", now)).toBe("soon");
});

describe("formatPeriod", () => {
  test.each([
    ["2020-01-01", "2020-02-01", "01-Jan-2020 to 01-Feb-2020"],
    ["2020-01-01", null, "from 01-Jan-2020"],
    [null, "2020-02-01", "to 01-Feb-2020"],
    ["2020-01-01", "2020-01-01", "01-Jan-2020"],
    [undefined, undefined, ""],
  ])("%s to %s → %s", (start, end, shown) => {
    expect(formatPeriod(start, end)).toBe(shown);
  });
});

describe("age as the CUI banner words it", () => {
  test.each([
    ["2026-11-21", "2026-11-21", "0d"],
    ["2026-10-25", "2026-11-21", "27d"],
    ["2026-10-24", "2026-11-21", "4w"],
    ["2026-01-01", "2026-11-21", "46w 2d"],
    ["2025-11-21", "2026-11-21", "12m"],
    ["2025-08-01", "2026-11-21", "15m 20d"],
    ["2023-06-22", "2026-11-21", "3y 4m"],
    ["2008-11-22", "2026-11-21", "17y 11m"],
    ["2008-11-21", "2026-11-21", "18y"],
    ["1948-11-22", "2026-11-21", "77y"],
    ["1948-11-21", "2026-11-21", "78y"],
    ["2004-02-29", "2026-02-28", "21y"],
    ["1948", "2026-11-21", "77y or 78y"],
    ["1948-03", "2026-11-21", "77y or 78y"],
    ["2027-01-01", "2026-11-21", ""],
    ["unknown", "2026-11-21", ""],
  ])("born %s, on %s → %s", (born, on, shown) => {
    expect(age(born, on)).toBe(shown);
  });
});

test("today is the day in the United Kingdom", () => {
  expect(today(new Date("2026-07-01T23:30:00Z"))).toBe("2026-07-02");
});

test.each([
  ["2026-11-21", "today"],
  ["2026-11-21T23:30:00Z", "today"],
  ["2026-11-20T23:59:00Z", "yesterday"],
  ["2026-11-22", "tomorrow"],
  ["2026-11-08", "13 days ago"],
  ["2026-10-20", "4 weeks ago"],
  ["2026-05-12", "6 months ago"],
  ["2024-11-22", "23 months ago"],
  ["2024-11-21", "2 years ago"],
  ["1899-12-30", "126 years ago"],
  ["2027-03-01", "in 3 months"],
  ["2026-11", "this month"],
  ["2026-10", "1 month ago"],
  ["2020-01", "6 years ago"],
  ["2026", "this year"],
  ["2025", "last year"],
  ["1956", "about 70 years ago"],
  ["last spring", ""],
  ["", ""],
])("%s is %s on 21-Nov-2026, and no more exactly than it is known", (date, said) => {
  expect(howLongAgo(date, "2026-11-21")).toBe(said);
});
