// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Session } from "../api";
import { Header } from "./Header";

const session = (role: string): Session => ({ name: "Alex Grant", role, organisation: { ods: "YZ901", name: "Lantern Row Surgery" }, careSetting: "gp", purpose: "TREAT", expires: "" });

function links(role: string, waiting: number | null = null): string[] {
  render(<Header session={session(role)} route={{ page: "find" }} waiting={waiting} onSignOut={() => undefined} />);
  return screen.getAllByRole("link").map((a) => `${a.textContent} ${a.getAttribute("href") ?? ""}`);
}

test("a privacy officer sees the queue with its number first", () => {
  expect(links("privacy-officer", 3)).toEqual(["Patchwork shared care record /reviews", "Reviews3 wait to be looked at /reviews", "Find a patient /", "Sources /sources"]);
  screen.getByText("Privacy officer", { exact: false });
});

test("a number that is not known is not shown as none", () => {
  expect(links("privacy-officer")[1]).toBe("Reviews /reviews");
});

test("an administrator sees the policies; a clinician neither", () => {
  expect(links("administrator")).toContain("Policies /policies");
  expect(links("gp").slice(-3)).toEqual(["Patchwork shared care record /", "Find a patient /", "Sources /sources"]);
});
