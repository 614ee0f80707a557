// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Rows } from "./EntryRow";

afterEach(cleanup);

test("what is folded away stands on paper, and not in the page before", () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => <li key={i}>{`row ${i}`}</li>);
  const { container } = render(<Rows rows={rows} things="problems" show={5} />);
  expect(container.querySelectorAll("li")).toHaveLength(5);
  screen.getByRole("button", { name: "Show 9995 more problems" });
  act(() => {
    window.dispatchEvent(new Event("beforeprint"));
  });
  expect(container.querySelectorAll("li")).toHaveLength(10_000);
  act(() => {
    window.dispatchEvent(new Event("afterprint"));
  });
  expect(container.querySelectorAll("li")).toHaveLength(5);
});
