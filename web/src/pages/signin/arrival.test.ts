import { expect, test } from "vitest";
import { arrivalOf, cleaned, noArrival } from "./arrival";

test("a problem, its login and the request", () => {
  const arrival = arrivalOf("/sign-in", "?problem=no-role&login=riverside&request=aB-3_x.7");
  expect(arrival).toEqual({ problem: "no-role", login: "riverside", request: "aB-3_x.7" });
  expect(cleaned(arrival)).toBe("/sign-in?login=riverside");
});

test.each([
  ["/sign-in", "", noArrival],
  ["/sources", "?problem=no-role", noArrival],
  ["/sign-in", "?login=riverside", { problem: "", login: "riverside", request: "" }],
  ["/sign-in", "?problem=Call%20this%20number", { problem: "unknown", login: "", request: "" }],
  ["/sign-in", "?problem=expired&request=Call%20this%20number&login=a/../b", { problem: "expired", login: "", request: "" }],
  ["/sign-in", `?problem=expired&request=${"x".repeat(65)}`, { problem: "expired", login: "", request: "" }],
])("%s%s", (path, search, arrival) => {
  expect(arrivalOf(path, search)).toEqual(arrival);
  expect(cleaned(arrival)).toMatch(/^\/sign-in(\?login=riverside)?$/);
});
