// @vitest-environment jsdom
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { serve } from "../../testing/server";
import { FindPage } from "../FindPage";
import { missingSentences } from "./outcomes";

const server = serve();
const sentTo = (name: string) => server.sent.filter((s) => s.name === name);
const box = () => screen.getByRole<HTMLInputElement>("textbox", { name: /^NHS number, or family name/ });

const outcome = (name: string, status: string, code: string | null = null) => ({
  source: { id: name, name, careSetting: null }, status, code, reason: null, since: null, count: 0, asserted: [], asOf: null, ageSeconds: null,
});
const hit = (text: string, match: string, id: string | null, nhsNumber: string | null) => ({
  id, match, nhsNumber, name: { text }, birthDate: "1956-03-12", gender: "female", postcode: null, sources: [{ id: "gp", name: "GP", careSetting: null }],
});
const answer = (hits: object[], similar = false, outcomes = [outcome("GP", "ANSWERED")]) => ({ data: { searchPatients: { similar, more: false, hits, outcomes } } });

beforeEach(() => {
  window.scrollTo = () => undefined;
  window.history.replaceState(null, "", "/");
});

test("says while one types how it is understood, and searches by that", async () => {
  server.answers.set("Search", answer([hit("SMITH, Ann", "EXACT", "p-1", "9435000010"), hit("SMITH, Bea", "EXACT", null, "9435000029")]));
  server.answers.set("Lookup", { data: { patientByNHSNumber: { id: "p-2" } } });
  render(<FindPage />);
  const user = userEvent.setup();
  await user.type(box(), "smith 12/3/1956");
  const status = screen.getByRole("status");
  expect(status.textContent).toContain("Understood as: family name SMITH, born 12-Mar-1956");
  expect(status.textContent).toContain("Read with the day first. If you mean 03-Dec-1956, write 3 Dec 1956.");
  expect(server.sent).toEqual([]);

  await user.keyboard("{Enter}");
  const heading = await screen.findByRole("heading", { name: "2 people found" });
  expect(sentTo("Search")[0]?.variables).toEqual({ familyName: "smith", birthDate: "1956-03-12" });
  await waitFor(() => {
    expect(document.activeElement).toBe(heading);
  });

  // Who is known here is opened by the id, anybody else is looked up first.
  const [first, second] = screen.getAllByRole("listitem");
  if (!first || !second) throw new Error("no rows");
  await user.click(within(first).getByRole("button", { name: /^Open/ }));
  await waitFor(() => {
    expect(window.location.pathname).toBe("/patient/p-1");
  });
  expect(sentTo("Lookup")).toEqual([]);
  await user.click(within(second).getByRole("button", { name: /^Open/ }));
  await waitFor(() => {
    expect(window.location.pathname).toBe("/patient/p-2");
  });
  expect(sentTo("Lookup")[0]?.variables).toEqual({ nhsNumber: "9435000029", born: false });
});

test("similar people are called so, and systems that did not answer are named", async () => {
  server.answers.set("Search", answer([hit("SMYTH, Ann", "SIMILAR", null, null)], true, [outcome("GP", "ANSWERED"), outcome("Mental health", "TIMED_OUT")]));
  render(<FindPage />);
  await userEvent.setup().type(box(), "smith 25/12/1956{Enter}");
  await screen.findByRole("heading", { name: "Nobody fits exactly in the systems that answered. 1 person is similar" });
  screen.getByText("Mental health did not answer. People known only there are missing.");
  screen.getByText("Similar");
  screen.getByText("Without an NHS number the record cannot be opened here.");
});

test("nobody is said only where all answered", async () => {
  server.answers.set("Search", answer([], false, [outcome("GP", "EMPTY"), outcome("Hospital", "UNAVAILABLE")]));
  render(<FindPage />);
  const user = userEvent.setup();
  await user.type(box(), "smith 25/12/1956{Enter}");
  await screen.findByRole("heading", { name: "Nobody found by the systems that answered" });
  server.answers.set("Search", answer([], false, [outcome("GP", "EMPTY")]));
  await user.click(screen.getByRole("button", { name: "Search" }));
  await screen.findByRole("heading", { name: "Nobody found" });
});

test("an NHS number opens the record", async () => {
  server.answers.set("Lookup", { data: { patientByNHSNumber: { id: "p-9" } } });
  render(<FindPage />);
  const user = userEvent.setup();
  await user.type(box(), "943 500 0010");
  await user.click(screen.getByRole("button", { name: "Open the record" }));
  await waitFor(() => {
    expect(window.location.pathname).toBe("/patient/p-9");
  });
  expect(sentTo("Lookup")[0]?.variables).toEqual({ nhsNumber: "9435000010", born: false });
});

test("a local number asks whose it is", async () => {
  server.answers.set("SearchedSystems", {
    data: {
      sources: [
        { id: "gp", name: "GP system", organisation: { ods: "YA1", name: "Practice" } },
        { id: "hospital", name: "Royal", organisation: { ods: "YB2", name: "Royal Trust" } },
      ],
    },
  });
  server.answers.set("Search", answer([hit("SMITH, Ann", "EXACT", "p-1", null)]));
  render(<FindPage />);
  const user = userEvent.setup();
  await user.type(box(), "H1204118");
  const choice = await screen.findByRole("combobox", { name: "Whose number is it?" });
  await user.click(screen.getByRole("button", { name: "Search" }));
  screen.getByText("Choose whose number it is");
  await within(choice).findByRole("option", { name: "Royal" });
  await user.selectOptions(choice, "Royal");
  await user.click(screen.getByRole("button", { name: "Search" }));
  await screen.findByRole("heading", { name: "1 person found" });
  expect(sentTo("Search")[0]?.variables).toEqual({ localNumber: "H1204118", organisation: "hospital" });

  await user.clear(box());
  await user.type(box(), "H1204118 @ yb2{Enter}");
  await waitFor(() => {
    expect(sentTo("Search")[1]?.variables).toEqual({ localNumber: "H1204118", organisation: "hospital" });
  });
});

test("what is missing is said, and nobody is asked", async () => {
  render(<FindPage />);
  const user = userEvent.setup();
  await user.type(box(), "smith{Enter}");
  expect(screen.getAllByText(/Add the date of birth, such as 12\/3\/1956/)).toHaveLength(2);
  expect(document.activeElement).toBe(box());
  await user.clear(box());
  await user.keyboard("{Enter}");
  screen.getByText("Enter an NHS number, a name with a date of birth, or a local number");
  expect(server.sent).toEqual([]);
});

test("a refusal of the server stands at the box", async () => {
  server.answers.set("Search", { data: null, errors: [{ message: "You have searched very often. Try again in 40 seconds", extensions: { code: "SEARCH_LIMITED", retryAfterSeconds: 40 } }] });
  render(<FindPage />);
  await userEvent.setup().type(box(), "smith 25/12/1956{Enter}");
  await screen.findByText("You have searched very often. Try again in 40 seconds");
});

test("the details have fields of their own", async () => {
  server.answers.set("Search", answer([]));
  render(<FindPage />);
  const user = userEvent.setup();
  await user.click(screen.getByText("Search by details"));
  await user.type(screen.getByLabelText("Family name"), "Smith");
  await user.type(screen.getByLabelText("Day"), "12");
  await user.type(screen.getByLabelText("Month"), "3");
  await user.type(screen.getByLabelText("Year"), "1956");
  await user.type(screen.getByLabelText("Postcode (optional)"), "WM1 4ST");
  await user.selectOptions(screen.getByLabelText("Gender (optional)"), "Female");
  await user.click(screen.getByRole("button", { name: "Search by these details" }));
  await screen.findByRole("heading", { name: "Nobody found" });
  expect(sentTo("Search")[0]?.variables).toEqual({ familyName: "Smith", birthDate: "1956-03-12", postcode: "WM1 4ST", gender: "female" });
});

test("each way of not saying who is there has its own sentence", () => {
  const of = (...args: Parameters<typeof outcome>[]) => missingSentences(args.map((a) => outcome(...a)) as never);
  expect(of(["GP", "ANSWERED"], ["Hospital", "EMPTY"], ["Council", "NOT_OFFERED", "not-asked"])).toEqual([]);
  expect(of(["GP", "EMPTY"], ["Council", "NOT_OFFERED"])).toEqual(["Council cannot be searched in this way. People known only there are missing."]);
  expect(of(["GP", "TIMED_OUT"], ["Hospital", "UNAVAILABLE", "connection-refused"])).toEqual(["GP and Hospital did not answer. People known only there are missing."]);
  expect(of(["PAS", "PARTIAL", "search-not-offered"])).toEqual(["PAS cannot be searched in this way. People known only there are missing."]);
  expect(of(["PAS", "UNAVAILABLE", "too-many-matches"])).toEqual(["PAS found too many people to show. People known only there are missing."]);
  expect(of(["GP", "WITHHELD", "policy"])).toEqual(["Your role does not include searching GP, or not by this. People known only there are missing."]);
  expect(of(["GP", "WITHHELD", "label"])).toEqual(["GP holds somebody who is marked as sensitive, and not for your role."]);
});
