// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type RecordState, unread } from "../api";
import { ReadLine, stale } from "./ReadLine";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-24T09:10:00Z") });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const state = (change: Partial<RecordState>): RecordState => ({ ...unread("p1"), phase: "settled", read: Date.now(), ...change });

test("H-03: a page that was left open says how old it is, and offers to be read again", () => {
  const again = vi.fn();
  const { container } = render(<ReadLine state={state({})} onReadAgain={again} />);
  expect(container.textContent).toContain("Read 09:10");
  act(() => {
    vi.advanceTimersByTime(stale + 60_000);
  });
  expect(screen.getByText(/This page was read 11 minutes ago, at 09:10/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Read again" }));
  expect(again).toHaveBeenCalledOnce();
});

test("a tab behind others, whose timers sleep, says so when it is looked at", () => {
  render(<ReadLine state={state({})} onReadAgain={() => undefined} />);
  vi.setSystemTime(Date.now() + 3 * 3600_000);
  act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(screen.getByText(/3 hours ago/)).toBeTruthy();
});

test("nothing is said of what was never read, and nobody asks twice at once", () => {
  const { container, rerender } = render(<ReadLine state={state({ read: null })} onReadAgain={() => undefined} />);
  expect(container.textContent).toBe("");
  rerender(<ReadLine state={state({ phase: "waiting" })} onReadAgain={() => undefined} />);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Read again" }).disabled).toBe(true);
});
