// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { aboutMe } from "./aboutMe";

test("every heading with the person's own words, shown exactly", () => {
  const { rows } = show(aboutMe, [["About me", { status: "final", title: null, reviewDate: null, items: [{ topic: worded("What matters"), text: "My garden; BP <140" }, { topic: worded("Hearing"), text: null }] }]]);
  expect(rows()[0]?.text).toContain("What mattersMy garden; BP <140");
  expect(rows()[0]?.text).toContain("HearingNo text was sent");
});
