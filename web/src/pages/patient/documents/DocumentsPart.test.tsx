// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { unread } from "../../../api";
import { completeness, outcome, statement } from "../../../testing/fixtures";
import { serve } from "../../../testing/server";
import DocumentsPart from "./DocumentsPart";
import type { Entry } from "./filter";

const server = serve();

const entry = (title: string, more: Partial<Entry> = {}): Entry => ({
  ...statement(title, "Clinical letter"),
  status: "current", title, category: { label: "Letters", text: "Letters", codings: null }, contentType: "text/plain", size: 7, content: { opens: true, reason: null },
  custodian: { ods: null, name: "Infirmary" }, service: null,
  ...more,
});

function part(entries: readonly Entry[], edition = 0) {
  const documents = { ...completeness("KNOWN", [outcome("GP", "ANSWERED")], { total: entries.length }), entries: [...entries] };
  return <DocumentsPart id="p1" state={{ ...unread("p1"), phase: "settled", sections: { documents } }} failed={null} edition={edition} limited={null} />;
}

const reply = (status: number, body: object) => ({ status, body });

test("a refused document is a sentence with its reference, never an empty one, and can be asked for again", async () => {
  server.answers.set("/documents", reply(502, { error: { code: "UNAVAILABLE", message: "It cannot be reached", requestId: "req-7" } }));
  render(part([entry("Letter of June")]));
  await userEvent.click(screen.getByRole("button", { name: "Letter of June" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("It cannot be reached. This says nothing about what stands in the document.");
  expect(alert.textContent).toContain("Reference req-7");
  expect(server.sent.at(-1)).toMatchObject({ name: "/documents", variables: { patient: "p1", document: "Letter of June" }, bearer: "token-1" });
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await expect.poll(() => server.sent.length).toBe(2);
});

test("what is withheld, and what does not open, asks nobody and says which it is", async () => {
  render(part([entry("Secret", { content: null }), entry("Film", { contentType: "video/mp4", content: { opens: false, reason: "It is of a kind that is not shown here" } })]));
  await userEvent.click(screen.getByRole("button", { name: "Secret" }));
  expect(screen.getByText(/Withheld from you\. You may see that there is this document/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Film" }));
  expect(screen.getByText(/It does not open here\. It is of a kind that is not shown here\. Ask Infirmary for it\./)).toBeTruthy();
  expect(server.sent).toEqual([]);
});

test("H-10: text is shown exactly", async () => {
  server.answers.set("/documents", { status: 200, body: { said: "BP <140 & <b>5mg</b>" }, headers: { "Content-Type": "text/plain; charset=utf-8" } });
  const { container } = render(part([entry("Note")]));
  await userEvent.click(screen.getByRole("button", { name: "Note" }));
  await expect.poll(() => container.querySelector("pre")?.textContent).toBe('{"said":"BP <140 & <b>5mg</b>"}');
  expect(container.querySelector("pre b")).toBeNull();
});

test("a letter stands in a frame without any permission", async () => {
  server.answers.set("/documents", { status: 200, body: { p: "<p>x" }, headers: { "Content-Type": "text/html; charset=utf-8" } });
  const { container } = render(part([entry("Letter", { contentType: "text/html" })]));
  await userEvent.click(screen.getByRole("button", { name: "Letter" }));
  await expect.poll(() => container.querySelector("iframe")?.getAttribute("sandbox")).toBe("");
  expect(container.querySelector("iframe")?.getAttribute("srcdoc")).toContain("<p>x");
});

test("another edition of what may be seen asks anew and shows nothing of before", async () => {
  server.answers.set("/documents", { status: 200, body: { said: "secret" }, headers: { "Content-Type": "text/plain" } });
  const { container, rerender } = render(part([entry("Note")]));
  await userEvent.click(screen.getByRole("button", { name: "Note" }));
  await expect.poll(() => container.querySelector("pre")).not.toBeNull();
  server.answers.set("/documents", reply(403, { error: { code: "WITHHELD", message: "You may see that there is this document, and not what stands in it" } }));
  rerender(part([entry("Note")], 1));
  expect(container.querySelector("pre")).toBeNull();
  await screen.findByRole("alert");
});

test("the list is narrowed as one types, and says by how much", async () => {
  render(part([entry("Cardiology letter"), entry("Chest X-ray")]));
  await userEvent.type(screen.getByRole("searchbox"), "chest");
  expect(screen.getAllByText("1 of 2 documents shown").length).toBeGreaterThan(0);
  expect(screen.queryByRole("button", { name: "Cardiology letter" })).toBeNull();
});
