// @vitest-environment jsdom
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { type Identity, unread } from "../api";
import { Indicators } from "./Indicators";

const identity = { id: "p1", person: { deceased: false }, registrations: [] } as unknown as Identity;
const state = { ...unread("p1"), identity };

test("each opens the part that tells it in full, by an address where there is one", () => {
  window.scrollTo = vi.fn(); // jsdom has none
  render(<Indicators state={state} part="summary" onPart={null} />);
  const indicator = screen.getByRole("button", { name: "CPR decision not known yet, systems are being asked" });
  fireEvent.click(indicator);
  expect(window.location.pathname).toBe("/patient/p1/plans");
});

test("in an EPR's frame, without an address", () => {
  const onPart = vi.fn();
  render(<Indicators state={state} part="summary" onPart={onPart} />);
  fireEvent.click(screen.getByRole("button", { name: /CPR decision/ }));
  expect(onPart).toHaveBeenCalledWith("plans");
});

test("who is not known yet has none", () => {
  expect(render(<Indicators state={unread("p1")} part="summary" onPart={null} />).container.innerHTML).toBe("");
});
