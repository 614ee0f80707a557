// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { serve } from "../../testing/server";
import { LinksPage } from "./LinksPage";

const server = serve();
const registration = (id: string, state: string, localId: string | null) => ({
  source: { id, name: id.toUpperCase(), careSetting: "gp", organisation: { name: id } },
  state,
  reason: state === "CONFLICT" ? "It has this NHS number with another birth date; its record is not shown" : null,
  checked: "2026-11-27T10:00:00Z",
  links: localId ? [{ localId, status: "VERIFIED", since: "2026-11-20T10:00:00Z", evidence: "NHS number verified; birth date agrees" }] : [],
});
const history = [{ at: "2026-11-20T10:00:00Z", kind: "LINKED", source: "gp", localId: "g1", status: "VERIFIED", evidence: "NHS number verified; birth date agrees", by: null, reason: null }];
const known = { data: { patient: { id: "p1", person: { name: { text: "EVERARD, Mina" }, birthDate: null, nhsNumber: null }, birthDate: null, nhsNumber: null, registrations: [registration("gp", "LINKED", "g1"), registration("pas", "CONFLICT", null)] }, linkHistory: history } };

test("what is linked and why, and unlinking it with a reason", async () => {
  server.answers.set("Links", known);
  server.answers.set("Unlink", { data: { unlink: history } });
  const user = userEvent.setup();
  render(<LinksPage id="p1" />);
  await screen.findByRole("heading", { name: "Links of EVERARD, Mina" });
  screen.getByText(/Linked: GP, record g1/);
  await user.click(screen.getByRole("button", { name: "Unlink record g1" }));
  await user.type(screen.getByLabelText("Reason"), "The twin’s record");
  await user.click(screen.getByRole("button", { name: "Unlink it" }));
  await expect.poll(() => server.sent.filter((s) => s.name === "Links").length).toBe(2);
  expect(server.sent.find((s) => s.name === "Unlink")?.variables).toEqual({ patient: "p1", source: "gp", localId: "g1", reason: "The twin’s record" });
});

test("a conflict about the birth date can be decided", async () => {
  server.answers.set("Links", known);
  server.answers.set("AcceptBirthDate", { data: { acceptBirthDate: history } });
  const user = userEvent.setup();
  render(<LinksPage id="p1" />);
  await user.click(await screen.findByRole("button", { name: "Take this system’s date of birth" }));
  await user.type(screen.getByLabelText("Reason"), "Passport seen at the ward");
  await user.click(screen.getByRole("button", { name: "Take it" }));
  await expect.poll(() => server.sent.find((s) => s.name === "AcceptBirthDate")?.variables).toEqual({ patient: "p1", source: "pas", reason: "Passport seen at the ward" });
});

test("who may not open the person still sees the history, and why not", async () => {
  server.answers.set("Links", { data: { patient: null, linkHistory: history }, errors: [{ message: "There is nobody whom you may open", extensions: { code: "PATIENT_NOT_FOUND" } }] });
  render(<LinksPage id="p1" />);
  await screen.findByText("There is nobody whom you may open.");
  screen.getByText(/Linked: gp, record g1/);
});
