// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { LookFactsFragment } from "../../api/generated/graphql";
import { refused, serve } from "../../testing/server";
import { LooksPage } from "./LooksPage";

const server = serve();
const look = (seq: number, more: Partial<LookFactsFragment> = {}): LookFactsFragment => ({
  sentence: `Dr Okafor looked, number ${seq}`,
  name: "Dr Okafor",
  role: "gp",
  organisation: { ods: "YZ901", name: "Lantern Row Surgery" },
  from: "2026-11-21T10:00:00Z",
  until: "2026-11-21T10:04:00Z",
  events: 3,
  actions: ["read", "break-glass"],
  sections: ["allergies", "personalContacts"],
  purpose: "TREAT",
  relationship: "registration",
  reason: null,
  flags: [],
  firstSeq: seq,
  lastSeq: seq + 2,
  ...more,
});

test("looks are sentences with their details, and further pages come behind", async () => {
  server.answers.set("Looks", ({ variables }) =>
    variables.after === null
      ? { data: { whoHasLooked: { looks: [look(40, { flags: ["same-surname", "own-record"] })], next: "c1" } } }
      : { data: { whoHasLooked: { looks: [look(10)], next: null } } },
  );
  render(<LooksPage id="p1" />);
  await screen.findByText("Dr Okafor looked, number 40.");
  const row = document.querySelector(".pw-look")?.textContent ?? "";
  for (const part of ["Same surname", "Own record", "21-Nov-2026 10:00 to 10:04", "Read and Break glass", "Allergies and adverse reactions and Personal contacts", "Treatment", "Registration", "numbers 40 to 42"]) expect(row).toContain(part);
  await userEvent.click(screen.getByRole("button", { name: "Show older looks" }));
  await screen.findByText("Dr Okafor looked, number 10.");
  screen.getByText("Dr Okafor looked, number 40.");
  expect(screen.queryByRole("button", { name: "Show older looks" })).toBeNull();
  expect(server.sent.map((s) => s.variables)).toEqual([{ patient: "p1", after: null }, { patient: "p1", after: "c1" }]);
  expect(document.title).toBe("Who has looked – Patchwork");
});

test("who may not read the ledger is told so, and nothing reads as nobody", async () => {
  server.answers.set("Looks", refused("FORBIDDEN", "your role may not read the ledger"));
  render(<LooksPage id="p1" />);
  await screen.findByText("Your role may not read the ledger.");
  expect(document.body.textContent).not.toContain("Nobody");
});
