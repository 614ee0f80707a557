// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show } from "../../testing/card";
import { consents } from "./consents";

test("a refusal stands out; one that no longer holds is apart", () => {
  const own = { scope: null, period: null };
  const { rows } = show(consents, [
    ["Sharing", { ...own, status: "inactive", decision: "permit" }],
    ["Sharing", { ...own, status: "active", decision: "deny" }],
  ]);
  expect(rows().map((r) => r.past)).toEqual([false, true]);
  expect(rows()[0]?.text).toContain("Deny");
});
