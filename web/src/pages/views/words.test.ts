import { expect, test } from "vitest";
import { lastDay, pathInside, pathWords, purposesOf, purposeWords } from "./words";

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

test("an approval holds to the end of its last day", () => {
  expect(lastDay("2027-05-01T23:00:00Z")).toBe("01-May-2027"); // midnight in summer
  expect(lastDay("2027-01-02T00:00:00Z")).toBe("01-Jan-2027");
  expect(lastDay("soon")).toBe("soon");
});
