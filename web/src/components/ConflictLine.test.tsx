// @vitest-environment jsdom
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { ConflictLine, conflictSentence } from "./ConflictLine";

const gp = { id: "gp", name: "GP" };
const pas = { id: "pas", name: "Hospital" };

test("H-11: what systems state differently is told with each system's own value, as the banner writes it", () => {
  expect(conflictSentence({ field: "BIRTH_DATE", values: [{ source: gp, value: "1956-03-12" }, { source: pas, value: "1956-12-03" }] })).toBe(
    "Systems state the date of birth differently. 12-Mar-1956 (GP); 03-Dec-1956 (Hospital).",
  );
  expect(conflictSentence({ field: "NHS_NUMBER", values: [{ source: gp, value: "9435000010" }, { source: pas, value: null }] })).toBe("Systems state the NHS number differently. 943 500 0010 (GP); Hospital does not say.");
});

test("nothing is said where they agree, or where it is not known yet", () => {
  expect(render(<ConflictLine identity={null} />).container.innerHTML).toBe("");
});
