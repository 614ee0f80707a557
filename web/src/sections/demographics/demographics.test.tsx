// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show } from "../../testing/card";
import { demographics } from "./demographics";

test("each source's own demographics; what is not known says so", () => {
  const { rows } = show(demographics, [
    [
      "",
      {
        nhsNumber: "9435000010",
        nhsNumberStatus: "VERIFIED",
        formerNHSNumbers: null,
        name: { text: "EVERARD-HOLLIS, Philomena (Mrs)" },
        otherNames: null,
        birthDate: null,
        deceased: null,
        deceasedDate: null,
        gender: null,
        addresses: [{ lines: ["14 Lantern Row", "Harrowmere"], postcode: "WM1 4ST", use: "home" }],
        telecoms: null,
        ethnicity: null,
        language: null,
        maritalStatus: null,
        identifiers: null,
      },
    ],
  ]);
  expect(rows()[0]?.main).toBe("EVERARD-HOLLIS, Philomena (Mrs)");
  expect(rows()[0]?.text).toContain("Born Not known · Gender Not known");
  expect(rows()[0]?.text).toContain("943 500 0010 (verified)");
  expect(rows()[0]?.text).toContain("14 Lantern Row, Harrowmere, WM1 4ST");
});
