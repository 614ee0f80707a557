// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { contacts } from "./contacts";

test("who, where and why", () => {
  const { rows } = show(contacts, [["Home visit", { status: "finished", class: { code: "HH", display: "Home" }, period: null, reason: worded("Review"), service: null, practitioner: { name: "Ms Oakhanger", role: "Nurse" }, location: "Home" }]]);
  expect(rows()[0]?.text).toContain("Review · Ms Oakhanger · Home");
});
