import { expect, test } from "vitest";
import { sectionNames } from "../api";
import { care, clinical } from ".";

test("every section of the record has exactly one card, and is announced in the order it is read", () => {
  expect([...clinical, ...care].map((view) => view.name)).toEqual(sectionNames);
});
