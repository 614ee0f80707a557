// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show } from "../../testing/card";
import { professionalContacts } from "./professionalContacts";

test("a team without a name is still a contact", () => {
  const { rows } = show(professionalContacts, [["Social worker", { name: null, organisation: { ods: "9Z1", name: "Westmarch Council" }, team: "Older People's Team", telecoms: null, period: null }]]);
  expect(rows()[0]?.main).toBe("Older People's Team");
  expect(rows()[0]?.text).toContain("Social worker · Westmarch Council");
});
