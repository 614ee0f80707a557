// @vitest-environment jsdom
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { App } from "../../App";
import { facts } from "../../testing/fixtures";
import { serve } from "../../testing/server";
import { authorize } from "../../testing/smart";
import { endPrefill } from "./prefill";

/* An EPR asks for a person without any proof: the search is filled in, and the reader decides. */

const server = serve("none");
authorize(server);
const handle = "prefill-handle-0123456789abcdef";
const sentTo = (name: string) => server.sent.filter((s) => s.name === name);
const numberField = () => screen.getByRole<HTMLInputElement>("textbox", { name: /^NHS number/ });

beforeEach(() => {
  sessionStorage.clear();
  endPrefill();
  window.scrollTo = () => undefined;
  window.history.replaceState(null, "", `/?prefill=${handle}`);
  server.answers.set("/auth/session", facts());
  server.answers.set("/smart/prefill", { nhsNumber: "9435000010", birthDate: "1948-03-12", epr: "Westmarch EPR" });
});

test("fills the search in, says who asked, and opens nothing by itself", async () => {
  render(<App />);
  await screen.findByText("Westmarch EPR");
  expect(document.querySelector("[data-prefill]")?.textContent).toMatch(/asked for the person with NHS number 943 500 0010, born 12-Mar-1948\. It gave no proof/);
  expect(numberField().value).toBe("9435000010");
  expect(window.location.search).toBe("");
  expect(sentTo("/smart/prefill")).toHaveLength(1);
  expect(sentTo("Lookup")).toEqual([]);

  server.answers.set("Lookup", { data: { patientByNHSNumber: { id: "p-A", birthDate: "1948-03-12" } } });
  await userEvent.setup().click(screen.getByRole("button", { name: "Open the record" }));
  await waitFor(() => {
    expect(window.location.pathname).toBe("/patient/p-A");
  });
  expect(sentTo("Lookup")[0]?.variables).toEqual({ nhsNumber: "9435000010", born: true });
});

test("somebody with another birth date is not opened", async () => {
  server.answers.set("Lookup", { data: { patientByNHSNumber: { id: "p-B", birthDate: "1950-01-01" } } });
  render(<App />);
  await screen.findByText("Westmarch EPR");
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Open the record" }));
  await screen.findByText(/was born 01-Jan-1950, and not 12-Mar-1948/);
  expect(window.location.pathname).toBe("/");
  await user.click(screen.getByRole("button", { name: "Look for somebody else" }));
  expect(numberField().value).toBe("");
  expect(document.querySelector("[data-prefill]")).toBeNull();
});

test("another number than the one filled in is not compared with its birth date", async () => {
  server.answers.set("Lookup", { data: { patientByNHSNumber: { id: "p-B" } } });
  render(<App />);
  await screen.findByText("Westmarch EPR");
  const user = userEvent.setup();
  await user.clear(numberField());
  await user.type(numberField(), "9435000029");
  await user.click(screen.getByRole("button", { name: "Open the record" }));
  await waitFor(() => {
    expect(sentTo("Lookup")[0]?.variables).toEqual({ nhsNumber: "9435000029", born: false });
  });
});

test("what is over is said, and the search is there", async () => {
  server.answers.set("/smart/prefill", { status: 404, body: { error: { code: "gone", message: "This is over" } } });
  render(<App />);
  await screen.findByText("What another system asked for could not be read. This is over.");
  expect(numberField().value).toBe("");
});

test("an address with something else in it asks nobody", async () => {
  window.history.replaceState(null, "", "/?prefill=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
  render(<App />);
  await screen.findByRole("heading", { name: "Find a patient" });
  await waitFor(() => {
    expect(window.location.search).toBe("");
  });
  expect(sentTo("/smart/prefill")).toEqual([]);
});
