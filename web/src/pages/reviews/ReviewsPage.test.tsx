// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { ReviewFactsFragment } from "../../api/generated/graphql";
import { refused, serve } from "../../testing/server";
import { ReviewsPage } from "./ReviewsPage";
import { historySentence } from "./words";

const server = serve();
const fresh: ReviewFactsFragment = {
  id: "r1",
  kind: "break-glass",
  sentence: "Dr Okafor broke the glass at 10:05",
  state: "NEW",
  name: "Dr Okafor",
  role: "gp",
  organisation: { ods: "YZ901", name: "Lantern Row Surgery" },
  patient: "p1",
  reason: "Unconscious in the corridor",
  opened: "2026-11-21T10:05:00Z",
  reviewer: null,
  outcome: null,
  note: null,
  closed: null,
  seq: 42,
};
const taken: ReviewFactsFragment = { ...fresh, state: "IN_REVIEW", reviewer: "Alex Grant" };
const page = (items: ReviewFactsFragment[], waiting = 1) => ({ data: { reviews: { items, waiting, underReview: 0, next: null } } });

beforeEach(() => {
  server.answers.set("ReviewQueue", page([fresh]));
});

async function opened() {
  const told: number[] = [];
  const user = userEvent.setup();
  render(<ReviewsPage onWaiting={(n) => told.push(n)} />);
  await screen.findByText(/Dr Okafor broke the glass/);
  return { told, user };
}

test("what waits is shown, with the way to who has looked, and nothing of the patient but the id", async () => {
  const { told } = await opened();
  expect(server.sent[0]?.variables).toEqual({ state: "NEW", after: null });
  screen.getByRole("heading", { name: /Broke the glass/ });
  screen.getByRole("button", { name: "Waiting (1)", pressed: true });
  expect(screen.getByRole("link", { name: /Who has looked/ }).getAttribute("href")).toBe("/patients/p1/looks");
  expect(told).toEqual([1]);
});

test("begun, then closed with what was found", async () => {
  server.answers.set("BeginReview", { data: { beginReview: taken } });
  server.answers.set("CloseReview", { data: { closeReview: { ...taken, state: "CLOSED", outcome: "APPROPRIATE", note: "Spoke to the doctor", closed: "2026-11-21T11:00:00Z" } } });
  const { told, user } = await opened();
  await user.click(screen.getByRole("button", { name: "Begin" }));
  await user.click(await screen.findByRole("button", { name: "Close with what you found" }));
  expect(told).toEqual([1, 0]);
  await user.click(screen.getByRole("button", { name: "Close the review" }));
  within(screen.getByRole("alert")).getByRole("link", { name: "Choose what you found" });
  await user.selectOptions(screen.getByLabelText("What you found"), "Appropriate: it was right");
  await user.type(screen.getByLabelText("Note"), "Spoke to the doctor");
  await user.click(screen.getByRole("button", { name: "Close the review" }));
  await expect.poll(() => document.querySelector(".pw-review")?.textContent).toContain("Closed by Alex Grant on 21-Nov-2026 11:00: appropriate: it was right.");
  expect(server.sent.find((s) => s.name === "CloseReview")?.variables).toEqual({ id: "r1", outcome: "APPROPRIATE", note: "Spoke to the doctor" });
});

test("somebody else took it: said plainly, and the queue is read again", async () => {
  server.answers.set("BeginReview", refused("BAD_INPUT", "Somebody is already reviewing this item"));
  const { user } = await opened();
  server.answers.set("ReviewQueue", page([], 0));
  await user.click(screen.getByRole("button", { name: "Begin" }));
  await screen.findByText("Somebody is already reviewing this item.");
  await screen.findByText("Nothing waits to be looked at.");
});

test("a closing that is refused is said at the item, and nothing that was written is lost while it is open", async () => {
  server.answers.set("ReviewQueue", page([taken]));
  server.answers.set("CloseReview", refused("BAD_INPUT", "Somebody else is reviewing this item: only they close it"));
  const { user } = await opened();
  await user.click(screen.getByRole("button", { name: "Close with what you found" }));
  await user.selectOptions(screen.getByLabelText("What you found"), "A mistake without harm");
  await user.type(screen.getByLabelText("Note"), "Opened the wrong twin");
  await user.click(screen.getByRole("button", { name: "Close the review" }));
  const item = (await screen.findByText("Somebody else is reviewing this item: only they close it.")).closest(".pw-review");
  await expect.poll(() => server.sent.filter((s) => s.name === "ReviewQueue").length).toBe(2);
  expect(item?.isConnected).toBe(true);
  expect(screen.getByLabelText<HTMLTextAreaElement>("Note").value).toBe("Opened the wrong twin");
});

test("a network that failed loses nothing that was written", async () => {
  server.answers.set("ReviewQueue", page([taken]));
  server.answers.set("CloseReview", { status: 502, body: null });
  const { user } = await opened();
  await user.click(screen.getByRole("button", { name: "Close with what you found" }));
  await user.selectOptions(screen.getByLabelText("What you found"), "A mistake without harm");
  await user.type(screen.getByLabelText("Note"), "Opened the wrong twin");
  await user.click(screen.getByRole("button", { name: "Close the review" }));
  await screen.findByText(/The server answered 502/);
  expect(screen.getByLabelText<HTMLTextAreaElement>("Note").value).toBe("Opened the wrong twin");
});

test("every state has its sentence", () => {
  expect(historySentence(fresh)).toBe("Waiting since 21-Nov-2026 10:05. Nobody has looked into it.");
  expect(historySentence(taken)).toBe("Alex Grant is looking into it.");
  expect(historySentence({ ...taken, state: "CLOSED", outcome: "MISTAKEN", closed: "2026-11-21T11:00:00Z" })).toBe("Closed by Alex Grant on 21-Nov-2026 11:00: a mistake without harm.");
});
