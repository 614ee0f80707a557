// @vitest-environment jsdom
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { ListFacts } from "../../api";
import { SessionContext } from "../../session/context";
import { completeness, outcome, session } from "../../testing/fixtures";
import { refused, serve } from "../../testing/server";
import { ListPage } from "./ListPage";
import { listFacts } from "./testing";

const server = serve();
const names: Readonly<Record<string, string>> = { p1: "ABBOTT, Anne", p2: "BAKER, Ben", p3: "COOK, Cat" };
let list: ListFacts;
let order: string[];
let around: object;

const person = (id: string) => ({
  added: null,
  addedBy: "Alex Grant",
  new: id === "p3",
  patient: { id, nhsNumber: "9435000010", birthDate: "1948-03-12", person: { name: { text: names[id] }, birthDate: "1948-03-12", deceased: null }, registrations: [], alerts: { ...completeness("UNAVAILABLE", [outcome("GP", "EMPTY"), outcome("Hospital", "TIMED_OUT")]), entries: [] } },
});

beforeEach(() => {
  list = listFacts({ columns: [{ section: "alerts", show: "COUNT", code: null, title: null }] });
  order = ["p1", "p2"];
  around = {};
  server.answers.set("People", () => ({ data: { list: { ...list, people: { people: order.map(person), hidden: 0, unidentified: 0, next: null, outcome: null, ...around } } } }));
});

async function open() {
  render(
    <SessionContext value={session()}>
      <ListPage id="l1" />
    </SessionContext>,
  );
  await screen.findByRole("link", { name: "ABBOTT, Anne" });
  return userEvent.setup();
}
const shown = () => screen.getAllByRole("row").slice(1).map((row) => within(row).getByRole("link").textContent);
function change(more: Partial<ListFacts>, history: { version: number; by: string; what: string }[] | null) {
  list = { ...list, ...more, version: list.version + 1 };
  server.tell("ListChanged", { data: { listChanged: { ...list, history } } });
}

test("shows who they are, and never none where a system did not answer", async () => {
  await open();
  expect(shown()).toEqual(["ABBOTT, Anne", "BAKER, Ben"]);
  const row = screen.getAllByRole("row")[1];
  expect(row?.textContent).toMatch(/Born 12-Mar-1948 \(\d+y\)/);
  expect(row?.textContent).toContain("NHS No. 943 500 0010");
  await within(row ?? document.body).findByText("Unavailable");
  expect(row?.textContent).toContain("Hospital does not answer");
  expect(document.title).toBe("List – Patchwork");
});

test("somebody else's change appears by itself, is said, and takes nothing away that is being typed", async () => {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Change title or description" }));
  const title = screen.getByRole<HTMLInputElement>("textbox", { name: "Title" });
  await user.clear(title);
  await user.type(title, "Ward 7 morni");
  await waitFor(() => {
    expect(server.sent.some((s) => s.name === "ListChanged")).toBe(true);
  });
  order = ["p3", "p2", "p1"];
  act(() => {
    change({ title: "Ward seven", changedBy: "Sam Hale" }, [{ version: 5, by: "Sam Hale", what: "1 person added" }]);
  });
  await waitFor(() => {
    expect(document.querySelector("[data-news]")?.textContent).toBe("Sam Hale: 1 person added.");
  });
  await waitFor(() => {
    expect(document.querySelectorAll("tbody tr")).toHaveLength(3);
  });
  expect(screen.getByRole("heading", { level: 1, hidden: true }).textContent).toContain("Ward seven");
  expect(document.activeElement).toBe(title);
  await user.type(title, "ng");
  expect(title.value).toBe("Ward 7 morning");
  expect(server.sent.filter((s) => s.name === "People").at(-1)?.passive).toBe(true);
});

test("saving over somebody else's change is refused, theirs is shown, and what was typed stays", async () => {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Change title or description" }));
  const title = screen.getByRole<HTMLInputElement>("textbox", { name: "Title" });
  await user.clear(title);
  await user.type(title, "Mine");
  const theirs = { ...list, version: 9, title: "Theirs", changedBy: "Sam Hale" };
  server.answers.set("EditList", refused("LIST_CHANGED", "Somebody has changed the list meanwhile: look again"));
  server.answers.set("ListAsItIs", { data: { list: theirs } });
  await user.click(screen.getByRole("button", { name: "Save" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("Somebody changed it meanwhile: Sam Hale. The title is now “Theirs”.");
  await waitFor(() => {
    expect(document.activeElement).toBe(alert);
  });
  expect(title.value).toBe("Mine");
  expect(server.sent.find((s) => s.name === "EditList")?.variables).toMatchObject({ version: 4, title: "Mine" });

  server.answers.set("EditList", { data: { editList: { ...theirs, version: 10, title: "Mine" } } });
  await user.click(screen.getByRole("button", { name: "Save mine" }));
  await waitFor(() => {
    expect(screen.queryByRole("textbox")).toBeNull();
  });
  expect(server.sent.filter((s) => s.name === "EditList").at(-1)?.variables).toMatchObject({ version: 9, title: "Mine" });
});

test("theirs can be taken instead", async () => {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Change title or description" }));
  const title = screen.getByRole<HTMLInputElement>("textbox", { name: "Title" });
  await user.clear(title);
  await user.type(title, "Mine");
  server.answers.set("EditList", refused("LIST_CHANGED", "Look again"));
  server.answers.set("ListAsItIs", { data: { list: { ...list, version: 9, title: "Theirs" } } });
  await user.click(screen.getByRole("button", { name: "Save" }));
  await user.click(await screen.findByRole("button", { name: "Take theirs" }));
  expect(title.value).toBe("Theirs");
  expect(document.activeElement).toBe(title);
});

test("people are moved by keyboard, and the focus goes with them", async () => {
  order = ["p1", "p2", "p3"];
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Change order or remove" }));
  server.answers.set("MoveOnList", () => {
    order = ["p1", "p3", "p2"];
    list = { ...list, version: list.version + 1 };
    return { data: { moveOnList: list } };
  });
  const up = screen.getByRole("button", { name: "Move up COOK, Cat" });
  up.focus();
  await user.keyboard("{Enter}");
  await waitFor(() => {
    expect(shown()).toEqual(["ABBOTT, Anne", "COOK, Cat", "BAKER, Ben"]);
  });
  expect(server.sent.find((s) => s.name === "MoveOnList")?.variables).toEqual({ id: "l1", patient: "p3", after: "p1" });
  expect(document.activeElement?.id).toBe("move-up-p3");
  expect(screen.getByRole("button", { name: "Move up ABBOTT, Anne" }).getAttribute("aria-disabled")).toBe("true");
});

test("somebody whom another takes off takes the focus no further than the heading", async () => {
  await open();
  await waitFor(() => {
    expect(server.sent.some((s) => s.name === "ListChanged")).toBe(true);
  });
  screen.getByRole("link", { name: "BAKER, Ben" }).focus();
  order = ["p1"];
  act(() => {
    change({ changedBy: "Sam Hale" }, null);
  });
  await waitFor(() => {
    expect(shown()).toEqual(["ABBOTT, Anne"]);
  });
  expect(document.activeElement?.id).toBe("list-people");
  expect(document.querySelector("[data-news]")?.textContent).toBe("Sam Hale has changed this list.");
});

test("a change that is heard of before the answer that was under way is not missed", async () => {
  list = { ...list, columns: [] }; // so that nothing else is asked
  const before = list;
  let answered = 0;
  server.answers.set("People", async () => {
    answered++;
    const first = answered === 1;
    if (first) {
      await expect.poll(() => server.sent.some((s) => s.name === "ListChanged")).toBe(true);
      change({ changedBy: "Sam Hale" }, null);
      // A stream that asks again has heard what was said before.
      server.tell("ListChanged", refused("INTERNAL", "Not now"));
      await expect.poll(() => server.sent.filter((s) => s.name === "ListChanged").length, { timeout: 3000 }).toBe(2);
    } else order = ["p3", "p1"];
    return { data: { list: { ...(first ? before : list), people: { people: order.map(person), hidden: 0, unidentified: 0, next: null, outcome: null } } } };
  });
  render(<ListPage id="l1" />);
  await screen.findByRole("link", { name: "COOK, Cat" }, { timeout: 5000 });
});

test("who is not visible, and who cannot be told, is counted", async () => {
  around = { hidden: 1, unidentified: 2 };
  list = { ...list, may: "READ" };
  await open();
  screen.getByText("1 person not visible to you");
  screen.getByText(/2 people not shown: it cannot be told for certain who they are/);
  expect(screen.queryByRole("button", { name: "Change order or remove" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Share" })).toBeNull();
  screen.getByRole("button", { name: "Leave this list" });
});

test("an empty ward is empty only if its system says so", async () => {
  order = [];
  list = { ...list, roster: { source: { id: "pas", name: "PAS" }, kind: "WARD", id: "w7", name: "Ward 7" } };
  around = { outcome: outcome("PAS", "TIMED_OUT") };
  render(<ListPage id="l1" />);
  await screen.findByText("PAS did not answer in time. There may be people who are not shown.");
  expect(screen.queryByText("Nobody is there at the moment.")).toBeNull();
});

test("a list that may not be read any more goes at once", async () => {
  await open();
  await waitFor(() => {
    expect(server.sent.some((s) => s.name === "ListChanged")).toBe(true);
  });
  act(() => {
    server.tell("ListChanged", refused("LIST_NOT_FOUND", "There is no list of this id that you may read"));
  });
  await screen.findByRole("heading", { name: "This list cannot be opened" });
  expect(screen.queryByText("ABBOTT, Anne")).toBeNull();
});
