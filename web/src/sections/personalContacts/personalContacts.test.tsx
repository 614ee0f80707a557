// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show } from "../../testing/card";
import { personalContacts } from "./personalContacts";

test("a name, what they are and how to reach them", () => {
  const { rows } = show(personalContacts, [["Daughter", { name: { text: "EVERARD, Leonora" }, telecoms: [{ system: "phone", value: "07700 901002", use: "mobile" }], address: null, period: null }]]);
  expect(rows()[0]?.main).toBe("EVERARD, Leonora");
  expect(rows()[0]?.text).toContain("Daughter · 07700 901002 (mobile)");
});
