// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { ProposalFactsFragment } from "../../api/generated/graphql";
import { outcome } from "../../testing/fixtures";
import { refused, serve } from "../../testing/server";
import { LinkingPage } from "./LinkingPage";
import { outcomeSentence } from "./words";

const server = serve();
const person = (source: string, birthDate: string): NonNullable<ProposalFactsFragment["candidate"]> => ({
  source: { id: source.toLowerCase(), name: source },
  localId: `${source}-1`,
  nhsNumber: null,
  nhsNumberStatus: "UNKNOWN",
  name: { text: "EVERARD, Mina" },
  otherNames: [],
  birthDate,
  gender: "female",
  addresses: [],
  telecoms: [],
  deceased: false,
});
const open: ProposalFactsFragment = {
  id: "l1",
  state: "OPEN",
  patient: "p1",
  source: { id: "care", name: "Social care" },
  localId: "care-7",
  score: 18.25,
  agreements: [{ field: "family name", level: "exact", weight: 9.1 }],
  rules: ["The birth dates differ by a slip, and not enough else agrees"],
  proposed: "2026-11-27T10:05:00Z",
  proposedBy: null,
  decided: null,
  decidedBy: null,
  reason: null,
  candidate: person("Social care", "1956-12-03"),
  candidateOutcome: outcome("Social care", "ANSWERED"),
  known: [person("GP", "1956-03-12")],
  knownOutcomes: [outcome("GP", "ANSWERED")],
};
const page = (proposals: ProposalFactsFragment[]) => ({ data: { linkProposals: { proposals, total: proposals.length, next: null } } });

beforeEach(() => {
  server.answers.set("LinkProposals", page([open]));
});

async function opened() {
  const user = userEvent.setup();
  render(<LinkingPage />);
  await screen.findByRole("heading", { name: /Social care, record care-7/ });
  return user;
}

test("both sides stand side by side, what differs is named, and what held it back", async () => {
  await opened();
  const table = screen.getByRole("group", { name: "The records side by side" });
  within(table).getByRole("rowheader", { name: "Differs: Date of birth" });
  within(table).getByText("03-Dec-1956");
  screen.getByText("The birth dates differ by a slip, and not enough else agrees.");
  screen.getByRole("button", { name: "To be decided (1)", pressed: true });
  expect(screen.getByRole("link", { name: "Links of this person" }).getAttribute("href")).toBe("/patients/p1/links");
});

test("linked with a reason; without one nothing is sent", async () => {
  server.answers.set("DecideLink", { data: { decideLink: { ...open, state: "CONFIRMED", decided: "2026-11-27T11:00:00Z", decidedBy: "Robin Falk", reason: "Rang the daughter" } } });
  const user = await opened();
  await user.click(screen.getByRole("button", { name: "It is this person’s" }));
  screen.getByText(/Everybody who may open this person/);
  await user.click(screen.getByRole("button", { name: "Link it" }));
  screen.getByRole("link", { name: "Say why in at least 10 characters" });
  expect(server.sent.some((s) => s.name === "DecideLink")).toBe(false);
  await user.type(screen.getByLabelText("Reason"), "Rang the daughter");
  await user.click(screen.getByRole("button", { name: "Link it" }));
  await expect.poll(() => document.querySelector(".pw-review")?.textContent).toContain("Confirmed by Robin Falk on 27-Nov-2026 11:00.");
  expect(server.sent.find((s) => s.name === "DecideLink")?.variables).toEqual({ proposal: "l1", confirm: true, reason: "Rang the daughter" });
  screen.getByRole("button", { name: "To be decided (0)" });
});

test("what is refused is said, and what was written stays", async () => {
  server.answers.set("DecideLink", refused("LINK_REFUSED", "The record carries somebody else’s verified NHS number"));
  const user = await opened();
  await user.click(screen.getByRole("button", { name: "It is this person’s" }));
  await user.type(screen.getByLabelText("Reason"), "They look alike");
  await user.click(screen.getByRole("button", { name: "Link it" }));
  await screen.findByText("The record carries somebody else’s verified NHS number.");
  expect(screen.getByLabelText<HTMLTextAreaElement>("Reason").value).toBe("They look alike");
});

test("H-01: where a side is missing it can be refused, and not linked", async () => {
  server.answers.set("LinkProposals", page([{ ...open, candidate: null, candidateOutcome: outcome("Social care", "UNAVAILABLE") }]));
  await opened();
  screen.getByText("Social care did not answer: what it says cannot be compared now.");
  expect(screen.queryByRole("button", { name: "It is this person’s" })).toBeNull();
  screen.getByRole("button", { name: "It is somebody else’s" });
});

test("every state has its sentence", () => {
  expect(outcomeSentence(open)).toBe("Found by comparing on 27-Nov-2026 10:05. Nobody has decided.");
  expect(outcomeSentence({ ...open, proposedBy: "Robin Falk", state: "REFUSED", decided: "2026-11-27T11:00:00Z", decidedBy: "Ada Quist" })).toBe(
    "Proposed by Robin Falk on 27-Nov-2026 10:05. Refused by Ada Quist on 27-Nov-2026 11:00.",
  );
  expect(outcomeSentence({ ...open, state: "WITHDRAWN", decided: "2026-11-27T11:00:00Z" })).toContain("nothing speaks for it any more");
});
