// @vitest-environment jsdom
import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type RecordState, unread } from "../../api/record";
import { completeness, outcome, statement } from "../../testing/fixtures";
import { serve } from "../../testing/server";
import { later, useFirstPaint } from "./useFirstPaint";

const server = serve();
const allergy = { ...statement("a1", "Penicillin"), clinicalStatus: "active", verification: "confirmed", kind: null, categories: null, criticality: "high", reactions: null, lastOccurrence: null, ended: null };
const empty: RecordState = unread("p1");
const nothing: RecordState = { ...empty, sections: { allergies: { ...completeness("NOT_RECORDED", [outcome("GP", "EMPTY")]), entries: [] } } };
const rows: RecordState = { ...empty, sections: { allergies: { ...completeness("KNOWN", [outcome("GP", "ANSWERED", { count: 1 })], { total: 1 }), entries: [allergy] } } };

const told = () => server.sent.filter((s) => s.name === "TellFirstPaint").map((s) => s.variables);

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "requestAnimationFrame", "cancelAnimationFrame", "performance"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("the first rows are told once, as a number of milliseconds and nothing else", async () => {
  const { rerender } = renderHook(useFirstPaint, { initialProps: empty });
  vi.advanceTimersByTime(300);
  rerender(nothing); // "none recorded" is no row
  vi.advanceTimersByTime(700);
  rerender(rows);
  vi.advanceTimersByTime(later + 100);
  rerender({ ...rows });
  vi.advanceTimersByTime(later + 100);
  await expect.poll(told).toEqual([{ milliseconds: expect.any(Number) as number }]);
  const took = Number(told()[0]?.milliseconds);
  expect(took).toBeGreaterThanOrEqual(1000);
  expect(took).toBeLessThan(1100);
});

test("a record that is left before is not told, nor one that was out of sight", async () => {
  renderHook(useFirstPaint, { initialProps: rows }).unmount();
  const look = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  renderHook(useFirstPaint, { initialProps: rows });
  vi.advanceTimersByTime(later + 100);
  look.mockReturnValue("visible");
  renderHook(useFirstPaint, { initialProps: rows }); // what is told after these two
  vi.advanceTimersByTime(later + 100);
  await expect.poll(told).toHaveLength(1);
});
