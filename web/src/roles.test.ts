import { expect, test } from "vitest";
import { home } from "./roles";
import { coded } from "./ui/words";

test.each([
  ["privacy-officer", "Privacy officer", "/reviews"],
  ["administrator", "Administrator", "/policies"],
  ["gp", "GP", "/"],
  ["mental-health-clinician", "Mental health clinician", "/"],
  ["", "", "/"],
])("%s is a %s and begins at %s", (role, words, path) => {
  expect(coded(role)).toBe(words);
  expect(home(role)).toBe(path);
});
