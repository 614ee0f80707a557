// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { serve } from "../../testing/server";
import { SessionsPage } from "./SessionsPage";

const server = serve();
const here = { id: "s2", current: true, login: "local", device: "Chrome on Windows", address: "10.0.0.7", role: "gp", created: "2026-11-21T09:00:00Z", lastSeen: "2026-11-21T10:05:00Z" };
const ward = { id: "s1", current: false, login: "local", device: "Edge on Windows", address: "10.0.0.9", role: "gp", created: "2026-11-21T08:00:00Z", lastSeen: "2026-11-21T08:10:00Z" };

beforeEach(() => {
  server.answers.set("/auth/sessions", { sessions: [here, ward] });
  server.answers.set("/smart/grants", { grants: [] });
});

async function opened() {
  let everywhere = 0;
  const user = userEvent.setup();
  render(<SessionsPage onEverywhere={() => (everywhere += 1)} />);
  await screen.findByRole("table");
  return { user, everywhere: () => everywhere };
}
const rows = () => screen.getAllByRole("row").slice(1);

test("each session with device, where, since and last used; this one cannot be ended here", async () => {
  await opened();
  expect(rows()[0]?.textContent).toMatch(/Chrome on Windows, as GP.*10\.0\.0\.7.*21-Nov-2026 09:00.*21-Nov-2026 10:05.*This session/);
  expect(screen.getAllByRole("button", { name: /^End/ }).map((b) => b.textContent)).toEqual(["End the session on Edge on Windows, since 21-Nov-2026 08:00"]);
});

test("one is ended, and the list is read again", async () => {
  server.answers.set("/auth/sessions/end", () => {
    server.answers.set("/auth/sessions", { sessions: [here] });
    return { status: 204, body: null };
  });
  const { user } = await opened();
  await user.click(screen.getByRole("button", { name: /^End/ }));
  await expect.poll(() => rows()).toHaveLength(1);
  expect(server.sent.filter((s) => s.name === "/auth/sessions/end").map((s) => s.variables)).toEqual([{ id: "s1" }]);
});

test("all of them", async () => {
  server.answers.set("/auth/sessions/end", { status: 204, body: null });
  const { user, everywhere } = await opened();
  await user.click(screen.getByRole("button", { name: "Sign out everywhere" }));
  await expect.poll(everywhere).toBe(1);
  expect(server.sent.at(-1)?.variables).toEqual({ all: true });
});

test("what did not work is said, and the list stays", async () => {
  server.answers.set("/auth/sessions/end", { status: 503, body: { error: { code: "unavailable", message: "Not now" } } });
  const { user, everywhere } = await opened();
  await user.click(screen.getByRole("button", { name: "Sign out everywhere" }));
  expect((await screen.findByRole("alert")).textContent).toBe("Not now.");
  expect(everywhere()).toBe(0);
  expect(rows()).toHaveLength(2);
});
