import { expect, test } from "vitest";
import { nothingTyped, searchOf, wrongWith } from "./searched";

const born = { day: "12", month: "3", year: "1948" };

test.each([
  ["nothing", {}, ["Enter the family name", "Enter a date of birth that exists, such as 12 3 1948"]],
  ["a day that does not exist", { family: "Hollis", born: { ...born, day: "31", month: "2" } }, ["Enter a date of birth that exists, such as 12 3 1948"]],
  ["a name and a day", { family: "Hollis", born }, []],
  ["no number", { by: "number", family: "Hollis", born }, ["Enter an NHS number"]],
  ["a number", { by: "number", number: "943 500 0010" }, []],
  ["a local number of nobody", { by: "local", local: "H1" }, ["Enter whose number it is"]],
  ["a local number", { by: "local", local: "H1", organisation: "RRV01" }, []],
] as const)("what is wrong with %s", (_, typed, wrong) => {
  expect(wrongWith({ ...nothingTyped, ...typed }, "f").map((w) => w.text)).toEqual(wrong);
});

test("a search has what it goes by, and nothing that was typed for another way", () => {
  const typed = { ...nothingTyped, number: " 943 500 0010 ", family: " Hollis ", born, given: "", postcode: " ZZ1 1ZZ ", gender: "female", local: "H1 ", organisation: "RRV01" };
  expect(searchOf(typed)).toEqual({ familyName: "Hollis", birthDate: "1948-03-12", postcode: "ZZ1 1ZZ", gender: "female" });
  expect(searchOf({ ...typed, by: "number" })).toEqual({ nhsNumber: "943 500 0010" });
  expect(searchOf({ ...typed, by: "local" })).toEqual({ localNumber: "H1", organisation: "RRV01" });
});
