import { expect, test } from "vitest";
import { offSentence, organisationWords, positionWords, recheckWords, sessionsEnd } from "./words";

test("what is off says who, when and why, as far as it is known", () => {
  expect(offSentence({ by: "Ola Fashanu", at: "2026-11-21T09:30:00Z", reason: "The card was stolen" })).toBe("Switched off by Ola Fashanu on 21-Nov-2026 09:30: The card was stolen.");
  expect(offSentence({ by: null, at: null, reason: null })).toBe("Switched off.");
});

test("organisations and positions read as people say them", () => {
  expect(organisationWords({ ods: "RRV01", name: "Riverside" })).toBe("Riverside (RRV01)");
  expect(organisationWords({ ods: "RRV01", name: null })).toBe("RRV01");
  expect(organisationWords({ ods: null, name: "Riverside" })).toBe("Riverside");
  expect(organisationWords(null)).toBe("");
  expect(positionWords({ role: "hospital-doctor", organisation: { ods: "RRV01", name: "Riverside" }, careSetting: "acute" })).toBe("Hospital doctor at Riverside (RRV01), acute");
  expect(positionWords({ role: null, organisation: null, careSetting: null })).toBe("No role");
});

test.each([
  [null, "never"],
  [0, "never"],
  [60, "every 1 minute"],
  [300, "every 5 minutes"],
  [90, "every 90 seconds"],
])("asking again after %s seconds is %s", (seconds, words) => {
  expect(recheckWords(seconds)).toBe(words);
});

test.each([
  [0, "Nobody is signed in by it now"],
  [1, "1 open session ends at the next request"],
  [7, "7 open sessions end at the next request"],
])("%s sessions: %s", (n, words) => {
  expect(sessionsEnd(n)).toBe(words);
});
