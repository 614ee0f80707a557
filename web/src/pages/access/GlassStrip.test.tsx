// @vitest-environment jsdom
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { access } from "../../testing/fixtures";
import { refused, serve } from "../../testing/server";
import { GlassStrip } from "./GlassStrip";

const server = serve();
afterEach(() => {
  vi.useRealTimers();
});

function strip(until: string) {
  const ends: string[] = [];
  render(<GlassStrip patient="p1" glass={{ id: "b1", reason: "emergency", started: null, until }} onEnded={(how) => ends.push(how)} />);
  return ends;
}

test("says until when, and ends at once when asked to", async () => {
  server.answers.set("EndBreakGlass", { data: { endBreakGlass: access() } });
  const ends = strip(new Date(Date.now() + 3_600_000).toISOString());
  expect(screen.getByRole("region", { name: "Broken glass" }).textContent).toMatch(/You have broken the glass for this person until .*\d\d:\d\d/);
  await userEvent.click(screen.getByRole("button", { name: "End now" }));
  await expect.poll(() => ends).toEqual(["ended"]);
});

test("an end that failed is said, and the glass stays shown as broken", async () => {
  server.answers.set("EndBreakGlass", refused("AUDIT_UNAVAILABLE", "nothing can be recorded now"));
  const ends = strip(new Date(Date.now() + 3_600_000).toISOString());
  await userEvent.click(screen.getByRole("button", { name: "End now" }));
  await screen.findByText(/It has not been ended\. Nothing can be recorded now/);
  expect(ends).toEqual([]);
});

test("when the time is over the record is read again, and not before", () => {
  vi.useFakeTimers({ now: new Date("2026-11-21T10:05:00Z") });
  const ends = strip("2026-11-21T14:05:00Z");
  act(() => {
    vi.advanceTimersByTime(4 * 3_600_000 - 1);
  });
  expect(ends).toEqual([]);
  act(() => {
    vi.advanceTimersByTime(1001);
  });
  expect(ends).toEqual(["over"]);
});

test("a server whose clock is behind is not asked without pause", () => {
  vi.useFakeTimers({ now: new Date("2026-11-21T14:06:00Z") });
  const ends = strip("2026-11-21T14:05:00Z");
  act(() => {
    vi.advanceTimersByTime(29_000);
  });
  expect(ends).toEqual([]);
});
