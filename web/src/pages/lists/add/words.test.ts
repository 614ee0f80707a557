import { expect, test } from "vitest";
import { additionWords, problemWords, understoodWords } from "./words";

test.each([
  [{ added: 1, already: 0, refused: 0 }, "1 person is added."],
  [{ added: 3, already: 1, refused: 2 }, "3 people are added. 1 was on the list already. 2 people could not be added: no system knows them, not every system answered, or they are not for you to open."],
  [{ added: 0, already: 2, refused: 0 }, "Nobody was added. 2 were on the list already."],
])("%j", (addition, words) => {
  expect(additionWords(addition)).toBe(words);
});

test("what was not understood, and what was not looked up, is said", () => {
  const patient = { id: "p1", nhsNumber: "9435000010", birthDate: null, person: null };
  expect(understoodWords({ numbers: [{ nhsNumber: "9435000010", patient, problem: null }, { nhsNumber: "9435000029", patient: null, problem: "PATIENT_NOT_FOUND" }], problems: [{ line: 3, reason: "It has 9 digits" }], beyond: 0 })).toBe(
    "2 NHS numbers understood, 1 person found. 1 piece of the text looks like a number and is none.",
  );
  expect(understoodWords({ numbers: [], problems: [], beyond: 1 })).toBe("0 NHS numbers understood, 0 people found. 1 more number was not looked up: paste at most 50 at a time.");
});

test("a number that not every system was asked for is not one that nobody knows", () => {
  expect(problemWords("LOOKUP_INCOMPLETE")).not.toMatch(/no system/i);
  expect(problemWords("PATIENT_NOT_FOUND")).toBe("No system knows this number");
});
