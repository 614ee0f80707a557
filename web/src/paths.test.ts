import { expect, test } from "vitest";
import { paths, routeOf } from "./paths";

test.each([
  ["/", { page: "find" }],
  ["/sign-in", { page: "sign-in" }],
  ["/sources", { page: "sources" }],
  ["/patient/p_1a", { page: "patient", id: "p_1a" }],
  ["/patient/a%2Fb", { page: "patient", id: "a/b" }],
  ["/patient/%E0%A4%A", { page: "nowhere" }],
  ["/patient/", { page: "nowhere" }],
  ["/patient/a/b", { page: "nowhere" }],
])("%s", (pathname, route) => {
  expect(routeOf(pathname)).toEqual(route);
});

test("a patient's address leads back to the patient", () => {
  expect(routeOf(paths.patient("a/b c"))).toEqual({ page: "patient", id: "a/b c" });
});
