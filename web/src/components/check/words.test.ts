import { expect, test } from "vitest";
import { check, invalidCodes, report, score, unseen } from "../../testing/checks";
import { conclusion, grounds, lacking, populated, share, tally } from "./words";

test.each([
  ["something failed", report(), "1 thing to mend"],
  ["several", report({ checks: [invalidCodes, { ...invalidCodes, name: "again" }] }), "2 things to mend"],
  ["all passed", report({ checks: [check("codes", "PASS")] }), "Nothing to mend was found"],
  ["a warning is nothing to mend", report({ checks: [check("dates", "WARN", { findings: [{ code: "x", verdict: "WARN", text: "", mend: "", where: [] }] })] }), "Nothing to mend was found"],
  ["something was not tried", report({ checks: [check("codes", "PASS"), check("TLS", "SKIP")] }), "Nothing to mend was found; not everything was tried"],
  ["nobody was there to look at", unseen, "Nobody’s record could be looked at; not everything was tried"],
])("%s", (_, of, words) => {
  expect(conclusion(of)).toBe(words);
});

test("it says when, and how many ended how", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  expect(tally(report(), now)).toBe("Checked at 10:15. Of 5 checks, 1 is to be mended, 1 is to be looked at, 1 was not tried and 2 passed.");
  expect(tally(report({ at: "2026-11-20T10:15:00Z", checks: [check("codes", "PASS")] }), now)).toBe("Checked at 20-Nov-2026 10:15. Of 1 check, 1 passed.");
});

test("it says on what it rests", () => {
  expect(grounds(report())).toBe("The records of 10 people were read, whom nobody chose; 68 calls: half within 3 ms, 95 % within 9 ms, the slowest 1.1 s. It took 1.2 s.");
  expect(grounds(report({ people: 0, calls: 0, tookMilliseconds: 12 }))).toBe("Nobody’s record was read; it was not called. It took 12 ms.");
});

test("a share is never rounded up to all, and nothing has none", () => {
  expect([share(199, 200), share(200, 200), share(0, 3), share(0, 0)]).toEqual(["99\u00a0%", "100\u00a0%", "0\u00a0%", ""]);
});

test("shares of items are by importance, and what is not always there is named", () => {
  const s = score("medications", "Medications");
  expect([populated(s, true), populated(s, false), lacking(s)]).toEqual(["100\u00a0%", "95\u00a0%", "performer 95\u00a0% (required)"]);
  expect([populated({ ...s, items: [] }, true), lacking({ ...s, items: [] })]).toEqual(["", ""]);
});
