import { expect, test } from "vitest";
import { endOf, leftWords, warnedBefore, whyEnded } from "./limits";

const minute = 60_000;

test("the nearer of the two limits ends a session", () => {
  expect(endOf({ idle: 15 * minute, ends: 600 * minute }, 10 * minute)).toEqual({ at: 25 * minute, why: "idle" });
  expect(endOf({ idle: 15 * minute, ends: 20 * minute }, 10 * minute)).toEqual({ at: 20 * minute, why: "longest" });
});

test("a limit that is not known ends nothing", () => {
  expect(endOf({ idle: 0, ends: 0 }, 10)).toBeNull();
  expect(endOf({ idle: minute, ends: 0 }, 0)).toBeNull();
  expect(endOf({ idle: 0, ends: 7 }, 3)).toEqual({ at: 7, why: "longest" });
});

test("why somebody was signed out", () => {
  const session = { idle: 15 * minute, ends: 600 * minute };
  expect(whyEnded(session, minute, 16 * minute)).toContain("nothing was done for 15 minutes");
  expect(whyEnded(session, 599 * minute, 600 * minute)).toContain("longest time");
  expect(whyEnded(session, minute, 2 * minute)).toContain("elsewhere or by your organisation");
});

test.each([
  [120_000, "2 minutes"],
  [119_000, "2 minutes"],
  [61_000, "2 minutes"],
  [60_000, "1 minute"],
  [50_001, "1 minute"],
  [50_000, "50 seconds"],
  [9_000, "10 seconds"],
  [-5, "10 seconds"],
])("%i ms are %s", (left, words) => {
  expect(leftWords(left)).toBe(words);
});

test("people are told two minutes before, but not so early that staying would not count", () => {
  expect(warnedBefore({ at: 0, why: "idle" }, 15 * minute)).toBe(2 * minute);
  expect(warnedBefore({ at: 0, why: "idle" }, 150_000)).toBe(85_000);
  expect(warnedBefore({ at: 0, why: "longest" }, 150_000)).toBe(2 * minute);
});
