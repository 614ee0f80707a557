// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show } from "../../testing/card";
import { practice } from "./practice";

test("the practice by name, its code in the details", () => {
  const { rows } = show(practice, [["", { organisation: { ods: "Z99001", name: "Lantern Row Surgery" }, gp: "Dr Penhaligon", telecoms: null, address: null, period: null }]]);
  expect(rows()[0]?.main).toBe("Lantern Row Surgery");
  expect(rows()[0]?.text).toContain("Z99001");
});
