import { expect, test } from "vitest";
import { home, keepsLists } from "./roles";
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

test.each([
  ["gp", true],
  ["care-home-nurse", true],
  ["receptionist", true],
  ["privacy-officer", false],
  ["administrator", false],
  ["analyst", false],
  ["", false],
])("lists are offered to a %s: %s", (role, offered) => {
  expect(keepsLists(role)).toBe(offered);
});
