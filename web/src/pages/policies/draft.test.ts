import { describe, expect, test } from "vitest";
import { conditionLine, conditionWords, parseConditions } from "./conditions";
import { blank, draftOf, inputOf, type Policy } from "./draft";

describe("a condition as a line, and back", () => {
  test.each([
    ["purpose: TREAT, ETREAT", { key: "purpose", in: ["TREAT", "ETREAT"], notIn: [] }, "purpose is TREAT or ETREAT"],
    ["relationship: not none", { key: "relationship", in: [], notIn: ["none"] }, "relationship is not none"],
    ["careSetting: gp, acute; not social-care", { key: "careSetting", in: ["gp", "acute"], notIn: ["social-care"] }, "careSetting is gp or acute and careSetting is not social-care"],
    ["time: 08:00-18:30", { key: "time", in: ["08:00-18:30"], notIn: [] }, "time is 08:00-18:30"],
  ])("%s", (line, condition, words) => {
    expect(conditionLine(condition)).toBe(line);
    expect(conditionWords(condition)).toBe(words);
    const [read] = parseConditions(line).conditions;
    expect({ in: [], notIn: [], ...read }).toEqual(condition);
  });
});

test("a line that is no condition is never left out in silence: it would widen the policy", () => {
  expect(parseConditions("purpose TREAT\n\n purpose: \nrole: gp")).toEqual({ conditions: [{ key: "role", in: ["gp"] }], unread: ["purpose TREAT", "purpose:"] });
  expect(inputOf({ ...blank, when: "none" }).unread).toEqual(["none"]);
});

const policy: Policy = {
  id: "receptionists-not-why",
  description: "Why somebody comes is clinical.",
  effect: "deny",
  mode: "conceal",
  roles: ["receptionist"],
  organisations: ["YZ901"],
  actions: ["read", "list"],
  resources: ["record:appointments:reason", "record:appointments:note"],
  when: [{ key: "purpose", in: ["TREAT"], notIn: [] }],
};

test("a policy survives the form unchanged", () => {
  const { policy: sent, unread } = inputOf(draftOf(policy));
  expect(unread).toEqual([]);
  expect(sent).toEqual({ ...policy, when: [{ key: "purpose", in: ["TREAT"] }] });
});

test("an allow has no mode", () => {
  expect(inputOf({ ...draftOf(policy), effect: "allow", mode: "" }).policy).not.toHaveProperty("mode");
});
