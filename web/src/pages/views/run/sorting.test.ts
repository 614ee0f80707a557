import { expect, test } from "vitest";
import type { ViewHeading } from "../../../api/views";
import { filtered, nextOrder, sorted } from "./sorting";

const of = (kind: string): ViewHeading[] => [{ name: "a", kind, coverage: false }];
const one = (...cells: (string | null)[]) => cells.map((c) => [c]);

test.each([
  ["integer", ["10", "9", null, "-1"], ["-1", "9", "10", null]],
  ["decimal", ["1.5", "1.25", "1e2"], ["1.25", "1.5", "1e2"]],
  ["string", ["b", "Ä", "a10", "a9", null], ["Ä", "a9", "a10", "b", null]],
  ["date", ["1956-03-12", "1956", "1955-12"], ["1955-12", "1956", "1956-03-12"]],
  ["dateTime", ["2026-01-01T00:30:00+01:00", "2025-12-31T23:00:00Z", null], ["2025-12-31T23:00:00Z", "2026-01-01T00:30:00+01:00", null]],
])("%s", (kind, cells, up) => {
  expect(sorted(one(...cells), of(kind), { at: 0, down: false }).map((r) => r[0])).toEqual(up);
  const down = sorted(one(...cells), of(kind), { at: 0, down: true }).map((r) => r[0]);
  expect(down.filter((c) => c !== null)).toEqual(up.filter((c) => c !== null).reverse());
  const first = down.findIndex((c) => c === null);
  expect(down.filter((c, i) => c !== null && first >= 0 && i > first)).toEqual([]); // no value is last either way
});

test("a heading is pressed for up, for down and for the list's own order", () => {
  expect(nextOrder(null, 2)).toEqual({ at: 2, down: false });
  expect(nextOrder({ at: 2, down: false }, 2)).toEqual({ at: 2, down: true });
  expect(nextOrder({ at: 2, down: true }, 2)).toBeNull();
  expect(nextOrder({ at: 1, down: true }, 2)).toEqual({ at: 2, down: false });
  const rows = one("b", "a");
  expect(sorted(rows, of("string"), null)).toBe(rows);
});

test("a filter looks at what is shown, and not at who answered", () => {
  const headings = [...of("string"), ...of("string"), { name: "_coverage_allergies", kind: "string", coverage: true }];
  const rows = [
    ["Penicillin", "High", "gp=ANSWERED"],
    ["Latex", null, "hospital=TIMED_OUT"],
  ];
  expect(filtered(rows, headings, "HIGH pen")).toEqual([rows[0]]);
  expect(filtered(rows, headings, "hospital")).toEqual([]);
  expect(filtered(rows, headings, " ")).toBe(rows);
});
