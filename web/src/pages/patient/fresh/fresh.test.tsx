// @vitest-environment jsdom
import { renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { type RecordState, unread } from "../../../api";
import type { LookedPart } from "../../../api/generated/graphql";
import { completeness, outcome, statement } from "../../../testing/fixtures";
import { serve } from "../../../testing/server";
import { digest, said } from "./digest";
import { inGoes, shownOf } from "./parts";
import { useFresh } from "./useFresh";

const server = serve();

/** A record of allergies: of one system, and what it answered. */
function record(entries: ReturnType<typeof statement>[], status: Parameters<typeof outcome>[1] = "ANSWERED", withheldFields: string[] = []): RecordState {
  const set = { ...completeness("KNOWN", [outcome("GP", status), outcome("PAS", "NOT_OFFERED")], { withheldFields }), entries };
  return { ...unread("p-1"), identity: { id: "p-1" } as RecordState["identity"], sections: { allergies: set }, phase: "settled" };
}

const looks = () => server.sent.filter((s) => s.name === "LookAt").map((s) => s.variables.parts as LookedPart[]);

beforeEach(() => {
  server.answers.set("LookAt", { data: { look: { since: null, fresh: [], unknown: [] } } });
});

test("what a statement says is the same in any order and at any time of reading", () => {
  expect(said({ b: 1, a: { retrieved: "now", c: null, d: [1, { f: "x", e: 2 }] } })).toBe(said({ a: { d: [1, { e: 2, f: "x" }], retrieved: "later" }, b: 1 }));
  expect(said({ a: 1 })).not.toBe(said({ a: 2 }));
  expect(said({ a: ["x", "y"] })).not.toBe(said({ a: ["x y"] }));
});

test("digests are as the server wants them, and tell nothing of what they are of", async () => {
  expect(await digest("penicillin")).toMatch(/^[A-Za-z0-9_-]{16}$/);
  const { parts } = await shownOf(record([statement("a", "Penicillin")]));
  expect(parts).toHaveLength(1); // of who does not offer it there is nothing to tell
  expect(parts[0]?.statements[0]).toMatch(/^[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{16}$/);
  expect(JSON.stringify(parts)).not.toMatch(/penicillin|GP|allerg/i);
});

test("a system that has not told all is said to be so, and what may be seen of the fields makes another part", async () => {
  const of = async (state: RecordState) => (await shownOf(state)).parts[0];
  const whole = await of(record([statement("a", "Penicillin")]));
  for (const status of ["PARTIAL", "TIMED_OUT", "UNAVAILABLE", "WITHHELD", "MISMATCHED", "PENDING"] as const) {
    expect(await of(record([], status))).toMatchObject({ of: whole?.of, whole: false });
  }
  expect((await of(record([], "ANSWERED", ["note"])))?.of).not.toBe(whole?.of);
});

test("what is too much for one question is asked in several, and nothing is left out", () => {
  const all = Array.from({ length: 2500 }, (_, i) => `s${i}`);
  const goes = inGoes([
    { of: "a", whole: true, statements: all },
    { of: "b", whole: true, statements: [] },
    { of: "c", whole: false, statements: ["x"] },
  ]);
  expect(goes.map((g) => g.reduce((n, p) => n + p.statements.length, 0))).toEqual([1000, 1000, 501]);
  expect(goes.flat().filter((p) => p.of === "a").flatMap((p) => p.statements)).toEqual(all);
  expect(goes.flat().map((p) => p.of)).toEqual(["a", "a", "a", "b", "c"]);
  expect(inGoes(Array.from({ length: 450 }, (_, i) => ({ of: `p${i}`, whole: true, statements: [] }))).map((g) => g.length)).toEqual([200, 200, 50]);
});

test("nothing is asked before the reading has settled; then what is new is marked", async () => {
  const a = statement("a", "Penicillin");
  const b = statement("b", "Latex");
  const { parts } = await shownOf(record([a, b]));
  server.answers.set("LookAt", { data: { look: { since: "2026-11-24T09:10:00Z", fresh: [parts[0]?.statements[1]], unknown: [] } } });
  const waiting: RecordState = { ...record([a, b]), phase: "waiting" };
  const { result, rerender } = renderHook(({ state, edition }) => useFresh(state, edition), { initialProps: { state: waiting, edition: 0 } });
  expect(looks()).toEqual([]);
  const settled = record([a, b]);
  rerender({ state: settled, edition: 0 });
  await waitFor(() => {
    expect(result.current.since).toBe("2026-11-24T09:10:00Z");
  });
  expect([result.current.isFresh(a), result.current.isFresh(b), result.current.sections]).toEqual([false, true, [{ section: "allergies", count: 1 }]]);
  expect(server.sent.every((s) => s.passive)).toBe(true); // nobody asked for it

  // H-07: with another edition of what may be seen nothing is told of what was there.
  rerender({ state: { ...unread("p-1") }, edition: 1 });
  expect(result.current.sections).toEqual([]);
  // H-01: nor of another patient.
  rerender({ state: { ...unread("p-2") }, edition: 0 });
  expect(result.current.isFresh(b)).toBe(false);
});

test("at the first visit, and when it cannot be told, nothing is marked", async () => {
  const a = statement("a", "Penicillin");
  const { result } = renderHook(() => useFresh(kept, 0));
  await waitFor(() => {
    expect(looks()).toHaveLength(1);
  });
  expect(result.current.since).toBeNull();
  server.answers.set("LookAt", { data: null, errors: [{ message: "x", extensions: { code: "INTERNAL" } }] });
  const again = renderHook(() => useFresh(other, 0));
  await waitFor(() => {
    expect(looks()).toHaveLength(2);
  });
  expect(again.result.current.isFresh(a)).toBe(false);
});
const kept = record([statement("a", "Penicillin")]);
const other = record([statement("a", "Penicillin")]);
