import { expect, test } from "vitest";
import { approvesViews, home, keepsLists, usesViews } from "./roles";
import { coded } from "./ui/words";

test.each([
  ["privacy-officer", "Privacy officer", "/reviews"],
  ["administrator", "Administrator", "/policies"],
  ["gp", "GP", "/"],
  ["analyst", "Analyst", "/views"],
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

test.each([
  ["gp", true, false],
  ["care-home-nurse", true, false],
  ["analyst", true, false],
  ["privacy-officer", false, true],
  ["receptionist", false, false],
  ["administrator", false, false],
  ["", false, false],
])("a %s uses views: %s, and approves them: %s", (role, uses, approves) => {
  expect(usesViews(role)).toBe(uses);
  expect(approvesViews(role)).toBe(approves);
});
