import { expect, test } from "vitest";
import { pathInside, pathWords, purposesOf, purposeWords } from "./words";

test.each([
  ["code.text", "What it is", "what it is"],
  ["dose.text", "Dose", "dose"],
  ["birthDate", "Birth date", "birth date"],
  ["nhsNumber", "NHS number", "NHS number"],
  ["formerNHSNumbers", "Former NHS numbers", "former NHS numbers"],
  ["performer.organisation.name", "Performer, organisation, name", "performer, organisation, name"],
])("%s", (path, words, inside) => {
  expect(pathWords(path)).toBe(words);
  expect(pathInside(path)).toBe(inside);
});

test("purposes are told in words, and each role is offered its own", () => {
  expect(purposeWords("HOPERAT")).toBe("Service planning");
  expect(purposeWords("NEW_ONE")).toBe("New one");
  expect(purposesOf("gp").map((p) => p.code)).toEqual(["TREAT", "CAREMGT"]);
  expect(purposesOf("analyst").map((p) => p.code)).toEqual(["HOPERAT", "HRESCH"]);
});
