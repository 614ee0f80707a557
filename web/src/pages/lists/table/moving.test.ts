// @vitest-environment jsdom
import { expect, test } from "vitest";
import { serve } from "../../../testing/server";
import { afterWhom, stepsOf } from "./moving";

const server = serve();
const rows = (...ids: string[]) => ids.map((id) => ({ patient: { id, nhsNumber: null, birthDate: null, person: null, registrations: [] } }));
const place = (ids: string[], next: string | null = null, above: string[] = []) => ({ id: "l1", rows: rows(...ids), next, above });

test.each([
  ["the first", place(["a", "b", "c"]), 0, ["down"]],
  ["one between", place(["a", "b", "c"]), 1, ["up", "down", "top"]],
  ["the last", place(["a", "b", "c"]), 2, ["up", "top"]],
  ["the last of a page", place(["a", "b"], "cursor"), 1, ["up", "down", "top"]],
  ["the first of a later page", place(["c"], null, ["a", "b"]), 0, ["up", "top"]],
  ["the only one", place(["a"]), 0, []],
] as const)("%s can go", (_, of, index, steps) => {
  expect(stepsOf({ ...of, rows: of.rows, above: [...of.above] }, index)).toEqual(steps);
});

test.each([
  ["up from the second place is the top", place(["a", "b", "c"]), 1, "up", null],
  ["up", place(["a", "b", "c"]), 2, "up", "a"],
  ["down", place(["a", "b", "c"]), 0, "down", "b"],
  ["to the top", place(["a", "b", "c"]), 2, "top", null],
  ["up onto the page before", place(["c"], null, ["a", "b"]), 0, "up", "a"],
  ["up to the top of the page before, which has one person", place(["b"], null, ["a"]), 0, "up", null],
] as const)("%s", async (_, of, index, step, after) => {
  expect(await afterWhom({ ...of, above: [...of.above] }, index, step)).toBe(after);
});

test("down onto the next page asks who comes first there", async () => {
  server.answers.set("Neighbours", { data: { list: { id: "l1", people: { people: [{ patient: { id: "c" } }] } } } });
  expect(await afterWhom(place(["a", "b"], "cursor-1"), 1, "down")).toBe("c");
  expect(server.sent[0]?.variables).toEqual({ id: "l1", first: 1, after: "cursor-1" });
});
