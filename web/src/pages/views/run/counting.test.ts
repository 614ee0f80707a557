import { expect, test } from "vitest";
import { chartWords, counted, peopleWords } from "./counting";

const of = (value: string | null, people: number | null, total: string[] = []) => ({ values: [value], total, people });

test("the most people first, no value last, and the total by itself", () => {
  expect(counted([of(null, 50), of("b", 2), of("a", 9), of("c", null), of(null, 61, ["x"])], false)).toEqual({
    bars: [
      { label: "a", people: 9 },
      { label: "b", people: 2 },
      { label: "c", people: null },
      { label: "Nothing recorded", people: 50 },
    ],
    total: 61,
  });
});

test("no value is not none where somebody has not answered", () => {
  expect(counted([of(null, 1)], true).bars[0]?.label).toBe("No value, or not answered");
  expect(counted([], true)).toEqual({ bars: [], total: undefined });
  expect(counted([of(null, null, ["x"])], true).total).toBeNull();
});

test("what is suppressed is never a number", () => {
  expect(peopleWords(null)).toBe("fewer than can be told");
  expect(peopleWords(0)).toBe("0");
  expect(chartWords("sex", counted([of("F", 12), of("M", null)], false).bars)).toBe("People by sex: F, 12 and M, fewer than can be told");
  expect(chartWords("sex", [])).toBe("People by sex: nobody");
});
