// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import { report } from "../../testing/checks";
import { refused, serve } from "../../testing/server";
import { SourcesPage } from "../SourcesPage";
import { SourcePage } from "./SourcePage";

const server = serve();
const health = { state: "UP", off: false, since: "2026-11-21T09:30:00Z", lastAnswer: "2026-11-21T10:00:00Z", lastReason: null, p50Milliseconds: 3, p95Milliseconds: 9 };
const gp = { id: "gp", name: "Lantern Row Surgery", kind: "fhirr4", organisation: { ods: "YZ901", name: "Lantern Row" }, careSetting: "gp", sections: ["allergies"], health };
const off = { source: "gp", off: true, at: "2026-11-21T09:30:00Z", by: "Ola Fashanu", reason: "It answers wrongly" };
const on = { ...off, off: false, reason: "It is mended" };

beforeEach(() => {
  server.answers.set("Region", { data: { sources: [gp] } });
  server.answers.set("SourceSwitches", { data: { sourceSwitches: [{ ...on, source: "pas" }, on] } });
  server.answers.set("CheckSource", { data: { checkSource: report() } });
});

async function opened(administers = true, id = "gp") {
  const user = userEvent.setup();
  render(<SourcePage id={id} administers={administers} />);
  await screen.findByRole("heading", { name: id === "gp" ? "Lantern Row Surgery" : "A source" });
  return user;
}

const sent = (name: string) => server.sent.filter((s) => s.name === name).map((s) => s.variables);

describe("the list", () => {
  test("leads administrators to a system, and nobody else", async () => {
    render(<SourcesPage administers />);
    expect((await screen.findByRole("link", { name: "Lantern Row Surgery" })).getAttribute("href")).toBe("/sources/gp");
    cleanup();
    render(<SourcesPage administers={false} />);
    await screen.findByRole("heading", { name: "Lantern Row Surgery" });
    expect(screen.queryByRole("link", { name: "Lantern Row Surgery" })).toBeNull();
  });

  test("what is switched off is not said to be at fault", async () => {
    server.answers.set("Region", { data: { sources: [{ ...gp, health: { ...health, state: "DOWN", off: true } }] } });
    render(<SourcesPage administers={false} />);
    await screen.findByText(/Switched off/);
    expect(screen.queryByText(/Does not answer/)).toBeNull();
  });
});

describe("a system", () => {
  test("is told of to everybody; only administrators are offered its switch and its check", async () => {
    await opened(false);
    screen.getByText(/Answers/);
    expect(screen.queryByRole("button", { name: /Switch|Check/ })).toBeNull();
    expect(sent("SourceSwitches")).toEqual([]);
  });

  test("that is not there is said", async () => {
    await opened(true, "nowhere");
    await screen.findByText("There is no such system in this region.");
  });

  test("that cannot be asked for is said", async () => {
    server.answers.set("Region", refused("INTERNAL", "Something went wrong here"));
    await opened(true, "none");
    expect((await screen.findByRole("alert")).textContent).toBe("Something went wrong here");
  });
});

describe("the switch", () => {
  test("asks why, says what clinicians will see, and switches off and on", async () => {
    const user = await opened();
    server.answers.set("SwitchSourceOff", () => {
      server.answers.set("Region", { data: { sources: [{ ...gp, health: { ...health, state: "DOWN", off: true } }] } });
      return { data: { switchSourceOff: off } };
    });
    server.answers.set("SwitchSourceOn", { data: { switchSourceOn: on } });
    await user.click(await screen.findByRole("button", { name: "Switch off Lantern Row Surgery" }));
    const dialog = screen.getByRole("dialog", { name: "Switch off Lantern Row Surgery" });
    expect(dialog.textContent).toMatch(/Within a second.*something may be missing/);
    const confirm = within(dialog).getByRole("button", { name: "Switch off Lantern Row Surgery" });
    await user.click(confirm);
    within(dialog).getByRole("link", { name: /at least 5 characters/ });
    expect(sent("SwitchSourceOff")).toEqual([]);
    await user.type(within(dialog).getByLabelText("Why"), "It answers wrongly");
    await user.click(confirm);
    await screen.findByText(/Switched off by Ola Fashanu on 21-Nov-2026 09:30: It answers wrongly/);
    await screen.findByText("Lantern Row Surgery is switched off.");
    expect(sent("SwitchSourceOff")).toEqual([{ source: "gp", reason: "It answers wrongly" }]);
    expect(screen.queryByRole("dialog")).toBeNull();
    await screen.findByText(/the check asks it; nobody else does/);
    await user.click(screen.getByRole("button", { name: "Switch on Lantern Row Surgery" }));
    await user.type(screen.getByLabelText("Why"), "It is mended");
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: /Switch on/ }));
    await screen.findByRole("button", { name: "Switch off Lantern Row Surgery" });
    expect(sent("SwitchSourceOn")).toEqual([{ source: "gp", reason: "It is mended" }]);
  });

  test("a refusal is shown, and what was written stays", async () => {
    server.answers.set("SwitchSourceOff", refused("AUDIT_UNAVAILABLE", "The audit cannot be written; nothing was changed"));
    const user = await opened();
    await user.click(await screen.findByRole("button", { name: /Switch off/ }));
    await user.type(screen.getByLabelText("Why"), "It answers wrongly");
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: /Switch off/ }));
    expect((await screen.findByRole("alert")).textContent).toContain("nothing was changed (request req-7)");
    expect(screen.getByLabelText<HTMLTextAreaElement>("Why").value).toBe("It answers wrongly");
  });
});

describe("the check", () => {
  test("says that it runs; what is to be mended comes first, with how, and gets the focus", async () => {
    let answer = (): void => undefined;
    const waits = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.answers.set("CheckSource", async () => {
      await waits;
      return { data: { checkSource: report() } };
    });
    const user = await opened();
    await user.click(screen.getByRole("button", { name: "Check this system" }));
    await screen.findByText("Checking Lantern Row Surgery. It may take up to 45 seconds.");
    await user.click(screen.getByRole("button", { name: "Checking" }));
    answer();
    const heading = await screen.findByRole("heading", { name: "1 thing to mend" });
    await waitFor(() => {
      expect(heading).toBe(document.activeElement);
    });
    expect(sent("CheckSource")).toEqual([{ source: "gp" }]);
    const list = screen.getByRole("list", { name: "Checks that did not pass" });
    expect([...list.children].map((li) => li.querySelector("h4")?.textContent)).toEqual(["Codes To mend", "Dates To look at", "TLS Not tried"]);
    expect(list.textContent).toContain("What to do: Send codes as text; send concept ids, not description ids.");
    expect(list.textContent).toContain("Medications and medical devices: 1 of 20 (5\u00a0%); first: person 2, entry 5");
    expect(screen.getByText("2 passed").closest("details")?.open).toBe(false);
    const row = within(screen.getByRole("table")).getByRole("row", { name: /Medications/ });
    expect(within(row).getAllByRole("cell").map((c) => c.lastChild?.textContent?.replace("\u00a0", " "))).toEqual(["8", "20", "100 %", "95 %", "95 %", "97 %", "100 %", "0"]);
  });

  test("somebody else is checking it: that is said", async () => {
    server.answers.set("CheckSource", refused("CHECK_RUNNING", "Somebody is checking this system already. Try again in a minute"));
    const user = await opened();
    await user.click(screen.getByRole("button", { name: "Check this system" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Somebody is checking this system already. Try again in a minute.");
    screen.getByRole("button", { name: "Check this system" });
  });

  test("is stopped, and then nothing is claimed", async () => {
    server.answers.set("CheckSource", () => new Promise<never>(() => undefined));
    const user = await opened();
    await user.click(screen.getByRole("button", { name: "Check this system" }));
    await user.click(await screen.findByRole("button", { name: "Stop" }));
    await screen.findByRole("button", { name: "Check this system" });
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.queryByText(/Checked at/)).toBeNull();
  });
});
