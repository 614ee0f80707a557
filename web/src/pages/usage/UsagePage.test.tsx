// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import { refused, serve } from "../../testing/server";
import { UsagePage } from "./UsagePage";
import { csv, type Row } from "./words";

const server = serve();
const row: Row = { day: "2026-11-21", organisation: "YZ901", organisationName: "Lantern Row", role: "practice-nurse", door: "LAUNCH", users: 2, opened: 7, searches: 1 };

beforeEach(() => {
  server.answers.set("Usage", {
    data: { usage: [row, { ...row, day: "2026-11-20", opened: 3 }], firstPaints: [{ organisation: null, door: null, count: 9, p50Milliseconds: 600, p75Milliseconds: 1250, p95Milliseconds: 3000 }] },
  });
});

describe("the page", () => {
  test("shows the rows, their sums and how long users waited", async () => {
    render(<UsagePage />);
    await screen.findByText("10 people opened, 2 searches.");
    const [usage, waits] = screen.getAllByRole("table");
    if (!usage || !waits) throw new Error("a table is missing");
    expect(within(usage).getAllByRole("row")[1]?.textContent).toBe("2026-11-21Lantern Row, YZ901Practice nurseOpened from an EPR271");
    expect(within(waits).getAllByRole("row")[1]?.textContent).toBe("All90.6 s1.25 s3 s");
  });

  test("asks for as many days as are chosen", async () => {
    const user = userEvent.setup();
    render(<UsagePage />);
    await screen.findByText(/people opened/);
    await user.selectOptions(screen.getByLabelText("Of the last"), "91");
    await screen.findByText(/people opened/);
    expect(server.sent.filter((s) => s.name === "Usage").map((s) => s.variables)).toEqual([{ days: 28 }, { days: 91 }]);
  });

  test("nothing used, and nothing to be told, are different sentences", async () => {
    server.answers.set("Usage", { data: { usage: [], firstPaints: [] } });
    const { unmount } = render(<UsagePage />);
    await screen.findByText("Nobody has opened a person or searched in this time.");
    screen.getByText("Nothing has been measured in this time.");
    unmount();
    server.answers.set("Usage", refused("FORBIDDEN", "Your role does not allow this"));
    render(<UsagePage />);
    expect((await screen.findByRole("alert")).textContent).toBe("Your role does not allow this.");
    expect(screen.queryByText(/Nobody has opened/)).toBeNull();
  });
});

describe("the file", () => {
  test.each([
    ["Lantern Row", "Lantern Row"],
    ['The "Old", Mill', '"The ""Old"", Mill"'],
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["two\r\nlines", '"two\r\nlines"'],
    ["@SUM(A1),x", "\"'@SUM(A1),x\""],
  ])("%s", (organisationName, written) => {
    expect(csv([{ ...row, organisationName }])).toBe(`day,organisation,organisation_name,role,door,users,opened,searches\r\n2026-11-21,YZ901,${written},practice-nurse,LAUNCH,2,7,1\r\n`);
  });
});
