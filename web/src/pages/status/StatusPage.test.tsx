// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { refused, serve } from "../../testing/server";
import { StatusPage } from "./StatusPage";
import { every } from "./useStatus";
import { inOrder, purpose, summary, type System } from "./words";

const server = serve();
const gp: System = {
  source: "gp",
  name: "Lantern Row Surgery",
  organisation: { ods: "YZ901", name: "Lantern Row" },
  careSetting: "gp",
  about: null,
  sections: ["allergies", "medications"],
  state: "ANSWERS",
  since: "2026-11-21T09:30:00Z",
  reason: null,
  answeredPercent: 99,
};
const pas: System = { ...gp, source: "pas", name: "Westmarch Infirmary", careSetting: "acute", about: "Stays and letters of the hospital.", answeredPercent: null };
const told = (...systems: System[]) => server.answers.set("SystemStatus", { data: { systemStatus: systems } });

beforeEach(() => {
  told(gp, pas);
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the page", () => {
  test("says what answers, what it is for and how much it answered", async () => {
    render(<StatusPage />);
    await screen.findByText("All 2 systems answer.");
    const [first, second] = screen.getAllByRole("listitem");
    expect(first?.textContent).toMatch(/Lantern Row Surgery.*Answers since 21-Nov-2026 09:30.*GP record: .*Answered 99% of requests/);
    expect(second?.textContent).toMatch(/Stays and letters of the hospital\..*Asked too little to say/);
  });

  test("what does not answer comes first, and is not to be read as none", async () => {
    told(gp, { ...pas, state: "DOWN" });
    render(<StatusPage />);
    await screen.findByText("Westmarch Infirmary: something may be missing from records.");
    const first = screen.getAllByRole("listitem")[0];
    if (!first) throw new Error("nothing is listed");
    within(first).getByRole("heading", { name: "Westmarch Infirmary" });
    expect(first.textContent).toMatch(/Does not answer.*Do not read that as “none”/);
  });

  test("what is switched off is told with the reason, and is no fault", async () => {
    told({ ...pas, state: "OFF", reason: "Planned work of the supplier until 14:00" });
    render(<StatusPage />);
    expect((await screen.findByRole("listitem")).textContent).toMatch(/Switched off since 21-Nov-2026 09:30.*Planned work of the supplier until 14:00\./);
    expect(screen.queryByText(/Does not answer/)).toBeNull();
  });

  test("looks again by itself, which is no use of the session; what it cannot learn is said beside what it knows", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    render(<StatusPage />);
    await vi.waitFor(() => screen.getByText("All 2 systems answer."));
    told(gp, { ...pas, state: "SLOW", since: null });
    await vi.advanceTimersByTimeAsync(every);
    await vi.waitFor(() => screen.getByText(/Answers slowly/));
    expect(server.sent.filter((s) => s.name === "SystemStatus").map((s) => s.passive)).toEqual([false, true]);
    server.answers.set("SystemStatus", refused("INTERNAL", "Something went wrong here"));
    await vi.advanceTimersByTimeAsync(every);
    await vi.waitFor(() => {
      expect(screen.getByRole("alert").textContent).toMatch(/Something went wrong here.*out of date/);
    });
    screen.getByText(/Answers slowly/);
  });
});

describe("words", () => {
  test.each([
    [[], "No system is part of the record yet."],
    [[gp], "The system answers."],
    [[gp, { ...pas, state: "UNKNOWN" as const }], "No trouble is known."],
    [[{ ...gp, state: "PARTLY" as const }, { ...pas, state: "CLOSED" as const }], "Lantern Row Surgery and Westmarch Infirmary: something may be missing from records."],
  ])("of all", (systems: readonly System[], words) => {
    expect(summary(systems)).toBe(words);
  });

  test("the worst first, and equals as they are configured", () => {
    const states = ["ANSWERS", "SLOW", "DOWN", "UNKNOWN", "DOWN"] as const;
    expect(inOrder(states.map((state, i) => ({ ...gp, state, source: String(i) }))).map((s) => s.source)).toEqual(["2", "4", "1", "3", "0"]);
  });

  test("what a system is for, without words of the region", () => {
    expect(purpose({ ...gp, sections: ["allergies", "medications", "problems", "appointments", "contacts", "documents"] })).toMatch(/^GP record: allergies.* and 2 other sections\.$/);
    expect(purpose({ ...gp, careSetting: null, sections: [] })).toBe("Part of the record.");
  });
});
