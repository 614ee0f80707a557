// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Session } from "../api";
import { session } from "../testing/fixtures";
import { Header } from "./Header";

function links(role: string, waiting: number | null = null, more: Partial<Session> = {}): string[] {
  render(<Header session={session({ role, ...more })} route={{ page: "find" }} waiting={waiting} onLock={() => undefined} onSignOut={() => undefined} />);
  return screen.getAllByRole("link").map((a) => `${a.textContent} ${a.getAttribute("href") ?? ""}`);
}

test("a privacy officer sees the queue with its number first", () => {
  expect(links("privacy-officer", 3)).toEqual(["Patchwork shared care record /reviews", "Reviews3 wait to be looked at /reviews", "Find a patient /", "Views /views", "Usage /usage", "Status /status", "Alex Grant: your sessions /sessions"]);
  screen.getByText("Privacy officer", { exact: false });
});

test("a number that is not known is not shown as none", () => {
  expect(links("privacy-officer")[1]).toBe("Reviews /reviews");
});

test("an administrator sees the policies and the administration; a clinician neither", () => {
  expect(links("administrator")).toEqual(expect.arrayContaining(["Policies /policies", "Administration /administration/organisations"]));
  expect(links("gp").slice(-6)).toEqual(["Patchwork shared care record /", "Find a patient /", "Lists /lists", "Views /views", "Status /status", "Alex Grant: your sessions /sessions"]);
});

test("whoever has several roles can change the present one", () => {
  const { role, organisation, careSetting } = session();
  expect(links("gp", null, { positions: [{ role, organisation, careSetting }, { role: "administrator", organisation, careSetting }] })).toContain("Change role /role");
});
