import { expect, test } from "vitest";
import { formatNHSNumber } from "./nhsNumber";

test.each([
  ["9435000010", "943 500 0010"],
  ["943 500 0010", "943 500 0010"],
  ["943-500-0010", "943 500 0010"],
  ["12345", "12345"],
  ["", ""],
])("%s → %s", (number, shown) => {
  expect(formatNHSNumber(number)).toBe(shown);
});
