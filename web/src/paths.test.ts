import { expect, test } from "vitest";
import { paths, routeOf, startAt } from "./paths";

test.each([
  ["/", { page: "find" }],
  ["/sign-in", { page: "sign-in" }],
  ["/sources", { page: "sources" }],
  ["/sources/gp", { page: "source", id: "gp" }],
  ["/sources/a%2Fb", { page: "source", id: "a/b" }],
  ["/sources/gp/check", { page: "nowhere" }],
  ["/sources/%E0%A4%A", { page: "nowhere" }],
  ["/reviews", { page: "reviews" }],
  ["/policies", { page: "policies" }],
  ["/administration/logins", { page: "administration", part: "logins" }],
  ["/administration/off", { page: "administration", part: "off" }],
  ["/administration/clients", { page: "administration", part: "clients" }],
  ["/administration/clients/new", { page: "new-client" }],
  ["/administration/clients/a-b_1", { page: "client", id: "a-b_1" }],
  ["/administration/clients/%E0%A4%A", { page: "nowhere" }],
  ["/administration/launch-test", { page: "administration", part: "launch-test" }],
  ["/administration/patients", { page: "nowhere" }],
  ["/administration", { page: "nowhere" }],
  ["/lists", { page: "lists" }],
  ["/lists/new", { page: "new-list" }],
  ["/lists/l_1", { page: "list", id: "l_1" }],
  ["/lists/a%2Fb/add", { page: "add-to-list", id: "a/b" }],
  ["/lists/l_1/remove", { page: "nowhere" }],
  ["/lists/%E0%A4%A", { page: "nowhere" }],
  ["/teams", { page: "teams" }],
  ["/views", { page: "views" }],
  ["/views/new", { page: "design-view", id: null }],
  ["/views/v_1", { page: "view", id: "v_1" }],
  ["/views/v_1/edit", { page: "design-view", id: "v_1" }],
  ["/views/runs/r_1", { page: "view-run", id: "r_1" }],
  ["/views/runs/r_1/changes", { page: "view-changes", id: "r_1" }],
  ["/views/runs", { page: "view", id: "runs" }],
  ["/views/v_1/rows", { page: "nowhere" }],
  ["/views/%E0%A4%A", { page: "nowhere" }],
  ["/role", { page: "role" }],
  ["/sessions", { page: "sessions" }],
  ["/confirmed", { page: "confirmed" }],
  ["/patients/p_1a/looks", { page: "looks", id: "p_1a" }],
  ["/patients/a%2Fb/looks", { page: "looks", id: "a/b" }],
  ["/patients/p_1a", { page: "nowhere" }],
  ["/patients/%E0%A4%A/looks", { page: "nowhere" }],
  ["/patient/p_1a", { page: "patient", id: "p_1a", part: "summary" }],
  ["/patient/a%2Fb", { page: "patient", id: "a/b", part: "summary" }],
  ["/patient/p_1a/timeline", { page: "patient", id: "p_1a", part: "timeline" }],
  ["/patient/a%2Fb/plans", { page: "patient", id: "a/b", part: "plans" }],
  ["/patient/p_1a/summary", { page: "nowhere" }],
  ["/patient/p_1a/timeline/more", { page: "nowhere" }],
  ["/patient/%E0%A4%A/results", { page: "nowhere" }],
  ["/patient/%E0%A4%A", { page: "nowhere" }],
  ["/patient/", { page: "nowhere" }],
  ["/patient/a/b", { page: "nowhere" }],
])("%s", (pathname, route) => {
  expect(routeOf(pathname)).toEqual(route);
});

test("a patient's address leads back to the patient", () => {
  expect(routeOf(paths.patient("a/b c"))).toEqual({ page: "patient", id: "a/b c", part: "summary" });
  expect(routeOf(paths.list("a/b c"))).toEqual({ page: "list", id: "a/b c" });
  expect(routeOf(paths.addToList("a/b c"))).toEqual({ page: "add-to-list", id: "a/b c" });
  expect(routeOf(paths.looks("a/b c"))).toEqual({ page: "looks", id: "a/b c" });
});

test("the way to an organisation's sign-in says where to come back to", () => {
  expect(startAt("riverside", "/patient/a b")).toBe("/auth/start/riverside?back=%2Fpatient%2Fa%20b");
  expect(startAt("a/b", paths.confirmed, "again")).toBe("/auth/start/a%2Fb?back=%2Fconfirmed&again=1");
  expect(startAt("riverside", "/role", "fresh")).toBe("/auth/start/riverside?back=%2Frole&fresh=1");
});
