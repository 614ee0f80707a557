// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { serve } from "../../testing/server";
import { AppAccess } from "./AppAccess";

const server = serve();
const charts = { id: "g1", app: "a1", name: "Charts", since: "2026-11-21T09:00:00Z", until: "2026-11-21T19:00:00Z", scopes: ["Read and search observations"] };

test("each app with what it may do, and its end", async () => {
  server.answers.set("/smart/grants", { grants: [charts] });
  render(<AppAccess />);
  const row = (await screen.findAllByRole("row")).at(1);
  expect(row?.textContent).toMatch(/Charts.*Read and search observations.*21-Nov-2026 09:00.*21-Nov-2026 19:00/);
  server.answers.set("/smart/grants", (sent) => (sent.variables.id === "g1" ? { status: 204, body: null } : { grants: [] }));
  await userEvent.setup().click(screen.getByRole("button", { name: "End the access of Charts" }));
  await screen.findByText("No app has access in your name.");
});

test("what could not be read is said, and is not none", async () => {
  server.answers.set("/smart/grants", { status: 503, body: { error: { code: "unavailable", message: "Not now" } } });
  render(<AppAccess />);
  expect((await screen.findByRole("alert")).textContent).toBe("Not now.");
  expect(screen.queryByText(/No app/)).toBeNull();
});
