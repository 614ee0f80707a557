import { describe, expect, test } from "vitest";
import { ApiError, type ListFacts } from "../../api";
import { listFacts } from "./testing";
import { changesSince, meanwhile, rosterWords, shareWords, sizeWords, targetWords, userWords, wasChanged } from "./words";

const before = listFacts({ title: "Ward 7", description: "Who is in" });

describe("what somebody else has made of it, and that nothing typed is lost", () => {
  test.each<[string, Partial<ListFacts>, "words" | "columns", string]>([
    ["title", { title: "Ward 8", changedBy: "Sam Hale" }, "words", "Somebody changed it meanwhile: Sam Hale. The title is now “Ward 8”. What you entered is kept."],
    ["both", { title: "Ward 8", description: null, changedBy: null }, "words", "Somebody changed it meanwhile. The title is now “Ward 8”. There is no description any more. What you entered is kept."],
    ["description", { description: "Who was in", changedBy: "Sam Hale" }, "words", "Somebody changed it meanwhile: Sam Hale. The description is now “Who was in”. What you entered is kept."],
    ["columns", { columns: [{ section: "alerts", show: "COUNT", code: null, title: null }], changedBy: "Sam Hale" }, "columns", "Somebody changed it meanwhile: Sam Hale. The columns are now: Alerts. What you entered is kept."],
    ["something else", { changedBy: "Sam Hale" }, "columns", "Somebody changed it meanwhile: Sam Hale. It is otherwise as you saw it. What you entered is kept."],
  ])("%s", (_, now, about, words) => {
    expect(meanwhile(before, { ...before, ...now }, about)).toBe(words);
  });
});

describe("what others have done", () => {
  const entry = (version: number, by: string, what: string) => ({ version, by, what });
  test("oldest first, without the reader's own", () => {
    const history = [entry(7, "Sam Hale", "added 1 person."), entry(6, "Alex Grant", "changed the title"), entry(5, "Sam Hale", "removed 2 people"), entry(4, "Sam Hale", "made it")];
    expect(changesSince({ ...before, version: 7 }, history, 4, "Alex Grant", new Set())).toBe("Sam Hale: removed 2 people. Sam Hale: added 1 person.");
  });
  test("what this page did is no news, whatever the name", () => {
    expect(changesSince({ ...before, version: 5 }, [entry(5, "A. Grant", "added 1 person")], 4, "Alex Grant", new Set([5]))).toBe("");
  });
  test("readers hear who changed it", () => {
    expect(changesSince({ ...before, version: 5, changedBy: "Sam Hale" }, null, 4, "Alex Grant", new Set())).toBe("Sam Hale has changed this list.");
    expect(changesSince({ ...before, version: 5, changedBy: "Alex Grant" }, null, 4, "Alex Grant", new Set())).toBe("");
    expect(changesSince({ ...before, version: 4, changedBy: "Sam Hale" }, null, 4, "Alex Grant", new Set())).toBe("");
  });
});

test("a size that is not told is not none", () => {
  expect(sizeWords(listFacts({ size: null }))).toBe("Not counted");
  expect(sizeWords(listFacts({ size: null, roster: { source: { id: "pas", name: "PAS" }, kind: "WARD", id: "w7", name: "Ward 7" } }))).toBe("Read live");
  expect(sizeWords(listFacts({ size: 0 }))).toBe("0 people");
  expect(sizeWords(listFacts({ size: 1 }))).toBe("1 person");
});

test.each([
  [{ kind: "PERSON" as const, id: "u1", name: "Sam Hale", organisation: { ods: "YZ902", name: "St Mary" } }, "Sam Hale, St Mary"],
  [{ kind: "TEAM" as const, id: "t1", name: "Falls", organisation: null }, "Team Falls"],
  [{ kind: "ROLE" as const, id: "gp", name: "gp", organisation: { ods: "YZ902", name: null } }, "Every GP, YZ902"],
])("%j", (target, words) => {
  expect(targetWords(target)).toBe(words);
});

test("a share says what it allows, until when and who gave it", () => {
  const share = { id: "s1", with: { kind: "PERSON" as const, id: "u1", name: "Sam Hale", organisation: null }, may: "READ" as const, until: "2026-12-01", by: "Alex Grant", since: null };
  expect(shareWords(share)).toBe("May read until 01-Dec-2026 · shared by Alex Grant");
  expect(userWords({ id: "u1", name: "Sam Hale", organisation: { ods: "YZ902", name: "St Mary" }, role: "hospital-nurse" })).toBe("Sam Hale, Hospital nurse, St Mary");
});

test("only one code means that somebody was faster", () => {
  expect(wasChanged(new ApiError("Changed", "LIST_CHANGED"))).toBe(true);
  expect(wasChanged(new ApiError("No", "FORBIDDEN"))).toBe(false);
  expect(wasChanged(new Error("LIST_CHANGED"))).toBe(false);
});

test.each([
  [{ kind: "WARD" as const, name: "Ward 7 (Trauma)" }, "Ward 7 (Trauma)"],
  [{ kind: "WARD" as const, name: "Emergency department" }, "Ward: Emergency department"],
  [{ kind: "CLINIC" as const, name: "Diabetes clinic" }, "Clinic today: Diabetes clinic"],
  [{ kind: "CASELOAD" as const, name: "Talking Therapies" }, "Caseload: Talking Therapies"],
])("%j", (roster, words) => {
  expect(rosterWords(roster)).toBe(words);
});
