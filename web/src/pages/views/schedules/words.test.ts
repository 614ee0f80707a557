import { expect, test } from "vitest";
import type { ViewDifferences, ViewNotice } from "../../../api/views";
import { differenceWords, everies, lastWords, noticeWords, unknownWords, whenWords } from "./words";

const none: ViewDifferences = { since: "2026-11-28T06:00:00Z", new: 0, changed: 0, gone: 0, unknown: 0, came: 0, left: 0 };

test.each([
  [{}, ["Since 28-Nov-2026 06:00 no row is new, changed or gone."]],
  [{ unknown: 2 }, ["Since 28-Nov-2026 06:00 nothing is known to be new, changed or gone."]],
  [{ new: 1, gone: 2, came: 1 }, ["Since 28-Nov-2026 06:00 1 row is new and 2 rows are gone.", "1 person came to the list."]],
  [{ changed: 3, came: 2, left: 1 }, ["Since 28-Nov-2026 06:00 3 rows are changed.", "2 people came to the list and 1 person left it."]],
  [{ gone: 1, left: 1 }, ["Since 28-Nov-2026 06:00 1 row is gone.", "1 person left the list."]],
])("%o", (more, words) => {
  expect(differenceWords({ ...none, ...more })).toEqual(words);
});

test("what is not known is told apart from nothing", () => {
  expect(unknownWords(none)).toBe("");
  expect(unknownWords({ ...none, unknown: 1 })).toMatch(/^Of 1 row it cannot be told whether it is new/);
});

test("when", () => {
  expect(whenWords({ every: "HOURLY", hour: null, day: null })).toBe("Every hour");
  expect(whenWords({ every: "DAILY", hour: 6, day: null })).toBe("Every day at 06:00");
  expect(whenWords({ every: "WEEKLY", hour: 17, day: "FRIDAY" })).toBe("Every Friday at 17:00");
  expect(everies(true).map((e) => e.code)).toEqual(["DAILY", "WEEKLY"]);
});

test("a notice tells of a failure as of that, and of rows by their number", () => {
  const notice: ViewNotice = { id: "n", schedule: "s", view: "v", title: "Allergies", run: "r", at: null, problem: null, new: 1, changed: 2, read: false };
  expect(noticeWords(notice)).toBe("1 row is new and 2 rows are changed.");
  expect(noticeWords({ ...notice, problem: "It could not be run" })).toBe("It could not be run.");
});

test("a schedule that has not run yet says so", () => {
  expect(lastWords({ lastRun: null } as Parameters<typeof lastWords>[0])).toBe("not run yet");
});
