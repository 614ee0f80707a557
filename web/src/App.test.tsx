// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import { App } from "./App";
import { facts } from "./testing/fixtures";
import { serve } from "./testing/server";
import { authorize } from "./testing/smart";

/* Who may see a page at all: the session's life as the whole viewer shows it. */

const server = serve();
authorize(server);
const region = { data: { sources: [] } };
const nobody = { status: 401, body: { error: { code: "not-signed-in", message: "You are not signed in" } } };
const local = { id: "local", name: "Patchwork", way: "password", organisations: [], domains: [] };
const riverside = { id: "riverside", name: "Riverside Hospital", way: "redirect", organisations: [], domains: [] };
const gp = { role: "gp", organisation: { ods: "YZ901", name: "Lantern Row Surgery" }, careSetting: "gp" };
const administrator = { role: "administrator", organisation: { ods: "QRV", name: "The Region" }, careSetting: "" };
/** What another tab of the browser would say. */
const otherTab = new BroadcastChannel("patchwork-session");

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  window.scrollTo = () => undefined;
  window.history.replaceState(null, "", "/sources");
  server.answers.set("/auth/logins", { logins: [riverside, local] });
  server.answers.set("Region", region);
  server.answers.set("ReviewsWaiting", { data: { reviews: { waiting: 0 } } });
});

function open(session: Readonly<Record<string, unknown>> = facts()) {
  server.answers.set("/auth/session", session);
  render(<App />);
  return userEvent.setup();
}
const page = (name: string) => screen.findByRole("heading", { name, level: 1 });
const sentTo = (name: string) => server.sent.filter((s) => s.name === name);

describe("nobody", () => {
  test("is sent to sign in, and comes back to where they were going", async () => {
    const user = open(nobody);
    await user.click(await screen.findByRole("button", { name: /^Patchwork account/ }));
    expect(window.location.pathname).toBe("/sign-in");
    server.answers.set("/auth/login", () => {
      server.answers.set("/auth/session", facts());
      return facts();
    });
    await user.type(screen.getByLabelText("User name"), "gp");
    await user.type(screen.getByLabelText("Password"), "secret");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await page("Sources");
    expect(localStorage.getItem("patchwork-login")).toBe("local");
  });

  test("the address tells a problem once", async () => {
    window.history.replaceState(null, "", "/sign-in?problem=declined&login=riverside&request=r1");
    open(nobody);
    await page("You were not signed in");
    expect(window.location.search).toBe("?login=riverside");
  });
});

describe("several roles", () => {
  const choosing = facts({ role: "", organisation: {}, positions: [gp, administrator], position: -1 });

  test("nothing is shown before one is taken", async () => {
    const user = open(choosing);
    await page("What are you working as?");
    expect(screen.queryByRole("navigation")).toBeNull();
    expect(sentTo("Region")).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await screen.findByRole("link", { name: "Choose what you are working as" });
    server.answers.set("/auth/role", facts({ ...gp, positions: [gp, administrator], position: 0 }));
    await user.click(screen.getByRole("radio", { name: "GP" }));
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await page("Sources"); // where they were going
    expect(sentTo("/auth/role").map((s) => s.variables)).toEqual([{ position: 0 }]);
    screen.getByRole("link", { name: "Change role" });
  });

  test("after signing in elsewhere, one who has a single role goes on to where it begins", async () => {
    window.history.replaceState(null, "", "/role");
    server.answers.set("ReviewQueue", { data: { reviews: { items: [], waiting: 0, underReview: 0, next: null } } });
    open(facts({ role: "privacy-officer", positions: [{ ...gp, role: "privacy-officer" }] }));
    await page("Reviews");
    expect(window.location.pathname).toBe("/reviews");
  });

  test("and one who has several, after choosing", async () => {
    window.history.replaceState(null, "", "/role");
    const user = open(choosing);
    await page("What are you working as?");
    server.answers.set("/auth/role", facts({ ...gp, positions: [gp, administrator], position: 0 }));
    await user.click(screen.getByRole("radio", { name: "GP" }));
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await page("Find a patient");
    expect(window.location.pathname).toBe("/");
  });

  test("with another one everything starts anew", async () => {
    const user = open(facts({ ...gp, positions: [gp, administrator], position: 0 }));
    await page("Sources");
    await user.click(screen.getByRole("link", { name: "Change role" }));
    await page("What are you working as?");
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "GP" }).checked).toBe(true);
    server.answers.set("/auth/role", facts({ ...administrator, positions: [gp, administrator], position: 1 }));
    server.answers.set("Policies", { data: null, errors: [] });
    await user.click(screen.getByRole("radio", { name: "Administrator" }));
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await page("Policies");
    screen.getByText("The Region", { exact: false });
  });

  test("a role taken in another tab reads the page again", async () => {
    open(facts({ ...gp, positions: [gp, administrator], position: 0 }));
    await page("Sources");
    await waitFor(() => {
      expect(sentTo("Region")).toHaveLength(1);
    });
    server.answers.set("/auth/session", facts({ ...administrator, positions: [gp, administrator], position: 1 }));
    otherTab.postMessage("renewed");
    await waitFor(() => {
      expect(sentTo("Region")).toHaveLength(2);
    });
  });
});

describe("locked", () => {
  const lockPage = () => page("Patchwork is locked");

  test("nothing stays on the page until the password is right", async () => {
    const user = open();
    await page("Sources");
    server.answers.set("/auth/lock", { status: 204, body: null });
    await user.click(screen.getByRole("button", { name: "Lock" }));
    await lockPage();
    expect(screen.queryByRole("heading", { name: "Sources" })).toBeNull();
    expect(screen.queryByRole("navigation")).toBeNull();
    screen.getByText("Alex Grant");
    server.answers.set("/auth/confirm", ({ variables }) => (variables.password === "right" ? { status: 204, body: null } : { status: 401, body: { error: { code: "refused", message: "The password is not right" } } }));
    await user.type(screen.getByLabelText("Your password"), "wrong");
    await user.click(screen.getByRole("button", { name: "Unlock" }));
    await screen.findByRole("link", { name: "The password is not right" });
    await user.type(screen.getByLabelText(/Your password/), "right");
    await user.click(screen.getByRole("button", { name: "Unlock" }));
    await page("Sources");
  });

  test("a lock that did not work is not silent", async () => {
    const user = open();
    await page("Sources");
    server.answers.set("/auth/lock", { status: 503, body: { error: { code: "unavailable", message: "Not now" } } });
    await user.click(screen.getByRole("button", { name: "Lock" }));
    await screen.findByText("The session could not be locked. Not now. Sign out instead.");
  });

  test("423 of any request, and another tab, lock this one", async () => {
    server.answers.set("Region", { status: 423, body: { error: { code: "session-locked", message: "Locked" } } });
    open();
    await lockPage();
    server.answers.set("Region", region);
    otherTab.postMessage("renewed");
    await page("Sources");
    otherTab.postMessage("locked");
    await lockPage();
  });

  test("who signs in elsewhere unlocks there, and is told if it was somebody else", async () => {
    window.history.replaceState(null, "", "/sign-in?problem=other-user&login=riverside&request=r1");
    open(facts({ locked: true, login: { id: "riverside", name: "Riverside Hospital", way: "redirect" } }));
    await lockPage();
    expect(screen.getByRole("link", { name: "Unlock with Riverside Hospital" }).getAttribute("href")).toBe("/auth/start/riverside?back=%2Fsign-in&again=1");
    screen.getByText(/another account signed in at Riverside Hospital/);
  });

  test("a page that opens with an open session tells the tabs that were locked", async () => {
    const heard: unknown[] = [];
    otherTab.onmessage = (event: MessageEvent<unknown>) => heard.push(event.data);
    open(facts({ locked: true }));
    await lockPage();
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([]);
    cleanup();
    open();
    await page("Sources");
    await expect.poll(() => heard).toEqual(["renewed"]);
    otherTab.onmessage = null;
  });

  test("signing in as somebody else signs out", async () => {
    const user = open(facts({ locked: true }));
    await lockPage();
    server.answers.set("/auth/logout", { provider: null });
    await user.click(screen.getByRole("button", { name: "Sign in as somebody else" }));
    await screen.findByText("You are signed out.");
    expect(window.history.state).toBeNull();
  });
});

describe("the end of a session", () => {
  test("nothing done for long: warned, and a click stays", async () => {
    const user = open(facts({ idle: 50 }));
    await page("Sources");
    const dialog = await screen.findByRole("dialog", { name: "You are about to be signed out" }, { timeout: 4000 });
    expect(dialog.querySelector("[data-left]")?.textContent).toBe("50 seconds");
    expect(sentTo("/auth/session").every((s) => s.passive)).toBe(true);
    server.answers.set("/auth/session", facts({ idle: 900 }));
    await user.click(within(dialog).getByRole("button", { name: "Stay signed in" }));
    await waitFor(
      () => {
        expect(screen.queryByRole("dialog")).toBeNull();
      },
      { timeout: 4000 },
    );
    expect(sentTo("/auth/session").at(-1)?.passive).toBe(false);
  });

  test("over: the page is empty and says why", async () => {
    open(facts({ idle: 3 }));
    await page("Sources");
    server.answers.set("/auth/session", nobody);
    await screen.findByText(/^You were signed out because/, {}, { timeout: 6000 });
    expect(screen.queryByRole("heading", { name: "Sources" })).toBeNull();
    await expect.poll(() => window.history.state as unknown).toEqual({ back: "/sources" });
  });

  test("401 of a request empties the page and says that it was ended elsewhere", async () => {
    const user = open();
    await page("Sources");
    server.answers.set("/auth/session", nobody);
    server.answers.set("Region", nobody);
    await user.click(screen.getByRole("button", { name: "Look again" }));
    await screen.findByText(/was ended, elsewhere or by your organisation/);
  });

  test("signed out in another tab", async () => {
    open();
    await page("Sources");
    otherTab.postMessage("signed-out");
    await screen.findByText("You signed out in another tab.");
  });

  test("signing out offers to sign out at the provider too", async () => {
    const user = open();
    await page("Sources");
    server.answers.set("/auth/logout", { provider: { name: "Riverside Hospital", url: "https://id.example/out" } });
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    expect((await screen.findByRole("link", { name: "Sign out there too" })).getAttribute("href")).toBe("https://id.example/out");
  });
});
