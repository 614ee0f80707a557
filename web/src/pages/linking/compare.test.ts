import { expect, test } from "vitest";
import type { ComparedFragment } from "../../api/generated/graphql";
import { compared } from "./compare";

const base: ComparedFragment = {
  source: { id: "gp", name: "GP" },
  localId: "1",
  nhsNumber: null,
  nhsNumberStatus: "UNKNOWN",
  name: { text: "O'NEIL, Siân" },
  otherNames: [],
  birthDate: "1956-03-12",
  gender: "female",
  addresses: [{ lines: ["1 High Street"], postcode: "YZ1 1AA", use: "home" }],
  telecoms: [],
  deceased: false,
};

test("what is the same in other spelling does not stand out, what differs does", () => {
  const rows = compared([base, { ...base, name: { text: "ONEIL, Sian" }, birthDate: "1956-12-03" }]);
  const differs = Object.fromEntries(rows.map((r) => [r.label, r.differs]));
  expect(differs).toEqual({ Name: false, "Date of birth": true, Gender: false, Address: false, Deceased: false });
});

test("what is not stated is no difference, and what nobody states has no row", () => {
  const rows = compared([{ ...base, gender: null }, base]);
  expect(rows.find((r) => r.label === "Gender")).toEqual({ label: "Gender", cells: ["", "Female"], differs: false });
  expect(rows.map((r) => r.label)).not.toContain("Other names");
});

test("a number that was not verified says so", () => {
  const [number] = compared([{ ...base, nhsNumber: "9435000010", nhsNumberStatus: "UNVERIFIED" }]).filter((r) => r.label === "NHS number");
  expect(number?.cells).toEqual(["943 500 0010 (not verified)"]);
});
