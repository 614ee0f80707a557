// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import { App } from "../../App";
import { unload } from "../../smart/grant";
import { facts } from "../../testing/fixtures";
import { serve, type Sent } from "../../testing/server";
import { authorize } from "../../testing/smart";

/* What a user is asked before an app is given anything. */

const server = serve("none");
const smart = authorize(server);
const handle = "transaction-handle-0123456789abcdef";
const sentTo = (name: string) => server.sent.filter((s) => s.name === name);
const decisions = () => sentTo("/smart/transaction").filter((s) => "decision" in s.variables).map((s) => s.variables);
const heading = (name: string | RegExp) => screen.findByRole("heading", { name, level: 1 });

const scopes = [
  { scope: "openid", words: "Know who you are" },
  { scope: "launch/patient", words: "Be told which patient it is for" },
  { scope: "patient/Observation.rs", words: "Read measurements" },
  { scope: "patient/AllergyIntolerance.rs", words: "Read allergies" },
];
const waiting = (more: object = {}) => ({
  app: { id: "chart", name: "Charts over time", trusted: false },
  scopes,
  launch: null,
  standing: "approve",
  patientNeeded: false,
  user: { name: "Alex Grant", role: "gp", organisation: "Lantern Row Surgery" },
  ...more,
});
let standing: object;
let answer: object;

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  window.name = "";
  window.scrollTo = () => undefined;
  standing = waiting();
  answer = { status: 200, body: { location: "https://chart.example/back?code=c&state=s" } };
  server.answers.set("/auth/session", facts());
  server.answers.set("/auth/logins", { logins: [{ id: "riverside", name: "Riverside Hospital", way: "redirect", organisations: [], domains: [] }, { id: "local", name: "Patchwork", way: "password", organisations: [], domains: [] }] });
  server.answers.set("/smart/transaction", ({ variables }: Sent) => ("decision" in variables ? answer : standing) as Record<string, unknown>);
});

function open(address = `/approve?tx=${handle}`) {
  window.history.replaceState(null, "", address);
  render(<App />);
  return userEvent.setup();
}

describe("an app of somebody else's", () => {
  test("is allowed what the user leaves ticked, and nothing else", async () => {
    const user = open();
    await heading("Allow Charts over time?");
    expect(window.location.search).toBe(""); // the handle does not stay in the address
    screen.getByText("Alex Grant");
    screen.getByText("Know who you are");
    expect(screen.queryByRole("checkbox", { name: "Know who you are" })).toBeNull();
    await user.click(screen.getByRole("checkbox", { name: "Read allergies" }));
    await user.click(screen.getByRole("button", { name: "Allow" }));
    await waitFor(() => {
      expect(smart.left).toEqual(["https://chart.example/back?code=c&state=s"]);
    });
    expect(decisions()).toEqual([{ decision: "approve", scopes: ["openid", "launch/patient", "patient/Observation.rs"] }]);
  });

  test("with nothing left ticked nothing is sent", async () => {
    const user = open();
    await heading("Allow Charts over time?");
    await user.click(screen.getByRole("checkbox", { name: "Read allergies" }));
    await user.click(screen.getByRole("checkbox", { name: "Read measurements" }));
    await user.click(screen.getByRole("button", { name: "Allow" }));
    await screen.findByRole("link", { name: "Leave at least one of these ticked, or refuse" });
    expect(decisions()).toEqual([]);
  });

  test("is refused", async () => {
    const user = open();
    await user.click(await screen.findByRole("button", { name: "Refuse" }));
    await waitFor(() => {
      expect(smart.left).toHaveLength(1);
    });
    expect(decisions()).toEqual([{ decision: "refuse" }]);
  });

  test("whose name is markup is text", async () => {
    standing = waiting({ app: { id: "x", name: "<img src=x onerror=alert(1)>", trusted: false } });
    open();
    await heading("Allow <img src=x onerror=alert(1)>?");
    expect(document.querySelector("img")).toBeNull();
  });

  test.each(["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "/relative", ""])("an address like %j is not gone to", async (location) => {
    answer = { status: 200, body: { location } };
    const user = open();
    await user.click(await screen.findByRole("button", { name: "Allow" }));
    await screen.findByRole("alert");
    expect(smart.left).toEqual([]);
  });

  test("an app of this device may be gone back to (RFC 8252 §7.1)", async () => {
    answer = { status: 200, body: { location: "com.example.app:/back?code=c&state=s" } };
    const user = open();
    await user.click(await screen.findByRole("button", { name: "Allow" }));
    await waitFor(() => {
      expect(smart.left).toEqual(["com.example.app:/back?code=c&state=s"]);
    });
  });
});

describe("who the user is", () => {
  test("nobody: they sign in here, and the approval is read again", async () => {
    standing = waiting({ standing: "sign-in", user: null, scopes: [] });
    const user = open();
    await screen.findByText("Charts over time asks for access to records. Sign in to see what it asks for.");
    await user.click(await screen.findByRole("button", { name: /^Patchwork account/ }));
    server.answers.set("/auth/login", () => {
      standing = waiting();
      return facts();
    });
    await user.type(screen.getByLabelText("User name"), "gp");
    await user.type(screen.getByLabelText("Password"), "secret");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await heading("Allow Charts over time?");
  });

  test("signing in elsewhere comes back here, without the handle in an address", async () => {
    standing = waiting({ standing: "sign-in", user: null, launch: { epr: "Westmarch EPR", organisation: "RZH", login: "riverside" } });
    open();
    const link = await screen.findByRole("link", { name: "Sign in with Riverside Hospital" });
    expect(link.getAttribute("href")).toBe("/auth/start/riverside?back=%2Fapprove");
    screen.getByText("Westmarch EPR has opened Charts over time for you. Sign in as yourself to go on.");
    cleanup();
    unload();
    standing = waiting();
    open("/approve");
    await heading("Allow Charts over time?");
  });

  test("several roles: only those at the organisation that the EPR speaks of", async () => {
    const at = (ods: string, role: string) => ({ role, organisation: { ods, name: ods }, careSetting: "gp" });
    standing = waiting({ standing: "role", launch: { epr: "Westmarch EPR", organisation: "RZH", login: "" } });
    server.answers.set("/auth/session", facts({ role: "", organisation: {}, positions: [at("YZ901", "gp"), at("RZH", "hospital-doctor")], position: -1 }));
    const user = open();
    await heading("What are you working as?");
    expect(screen.getAllByRole("radio")).toHaveLength(1);
    server.answers.set("/auth/role", () => {
      standing = waiting();
      return facts();
    });
    await user.click(screen.getByRole("radio", { name: "Hospital doctor" }));
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await heading("Allow Charts over time?");
    expect(sentTo("/auth/role")[0]?.variables).toEqual({ position: 1 });
  });

  test("another one than the EPR says: a hard stop", async () => {
    standing = waiting({ standing: "other-user", launch: { epr: "Westmarch EPR", organisation: "RZH", login: "local" } });
    const user = open();
    await heading("Charts over time was opened for somebody else");
    expect(screen.queryByRole("button", { name: /Allow|Continue|Go on/ })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Go back without opening" }));
    await waitFor(() => {
      expect(decisions()).toEqual([{ decision: "refuse" }]);
    });
  });

  test("signed out meanwhile: the approval is read again instead of an error", async () => {
    const user = open();
    await heading("Allow Charts over time?");
    answer = { status: 401, body: { error: { code: "not-signed-in", message: "Sign in first" } } };
    standing = waiting({ standing: "sign-in", user: null });
    await user.click(screen.getByRole("button", { name: "Allow" }));
    await screen.findByText(/Sign in to see what it asks for/);
  });
});

describe("for whom", () => {
  beforeEach(() => {
    standing = waiting({ standing: "patient", patientNeeded: true });
    server.answers.set("Lookup", { data: { patientByNHSNumber: { id: "p-A" } } });
    server.answers.set("Record", { data: { patient: { id: "p-A", nhsNumber: "9435000010", birthDate: "1948-03-12", person: { name: { text: "EVERARD-HOLLIS, Philomena" }, birthDate: "1948-03-12", nhsNumber: "9435000010" }, registrations: [], access: {} } } });
  });

  test("the ordinary search, with the viewer's own token; who it is stands there before it is allowed", async () => {
    const user = open();
    await heading("Whose record is Charts over time to see?");
    expect(new URL(smart.left[0] ?? "").pathname).toBe("/smart/authorize");
    await user.type(screen.getByRole("textbox", { name: "NHS number" }), "943 500 0010");
    await user.click(screen.getByRole("button", { name: "Choose this person" }));
    await heading("Allow Charts over time?");
    screen.getByText(/EVERARD-HOLLIS, Philomena, born 12-Mar-1948, NHS No. 943 500 0010/);
    expect(sentTo("Lookup")[0]?.bearer).toBe("access-1");
    await user.click(screen.getByRole("button", { name: "Allow" }));
    await waitFor(() => {
      expect(decisions()).toEqual([{ decision: "approve", scopes: scopes.map((s) => s.scope), patient: "p-A" }]);
    });
  });

  test("another person may be chosen; one that cannot be opened is said", async () => {
    const user = open();
    await heading(/^Whose record/);
    await user.type(screen.getByRole("textbox", { name: "NHS number" }), "943 500 0010");
    await user.click(screen.getByRole("button", { name: "Choose this person" }));
    answer = { status: 409, body: { error: { code: "patient", message: "This person cannot be opened" } } };
    await user.click(await screen.findByRole("button", { name: "Allow" }));
    await screen.findByText("This person cannot be opened.");
    await user.click(screen.getByRole("button", { name: "Choose another person" }));
    await heading(/^Whose record/);
  });
});

describe("a trusted app", () => {
  test("goes on without a question, once", async () => {
    standing = waiting({ standing: "ready", app: { id: "patchwork-viewer", name: "Patchwork", trusted: true } });
    open();
    await waitFor(() => {
      expect(smart.left).toHaveLength(1);
    });
    expect(decisions()).toEqual([{ decision: "approve" }]);
  });

  test("that cannot go on says so", async () => {
    standing = waiting({ standing: "ready", app: { id: "patchwork-viewer", name: "Patchwork", trusted: true } });
    answer = { status: 503, body: { error: { code: "unavailable", message: "This cannot be done at the moment" } } };
    open();
    await screen.findByText("This cannot be done at the moment.");
  });
});

describe("in an EPR's frame", () => {
  beforeEach(() => {
    Object.defineProperty(window, "self", { value: {}, configurable: true });
    return () => {
      Object.defineProperty(window, "self", { value: window, configurable: true });
    };
  });

  test.each(["sign-in", "role"])("%s goes on in a window, and takes what is under way along", async (needed) => {
    const pending = { state: "s", verifier: "v".repeat(43), nonce: "n", back: "/", launched: true, at: Date.now() };
    sessionStorage.setItem("patchwork-going-s", JSON.stringify(pending));
    standing = waiting({ standing: needed, app: { id: "patchwork-viewer", name: "Patchwork", trusted: true } });
    open();
    const link = await screen.findByRole("link", { name: "Open in a window" });
    expect(link.getAttribute("target")).toBe("_blank");
    expect(link.getAttribute("rel")).toBe("noopener");
    const href = new URL(link.getAttribute("href") ?? "", window.location.origin);
    expect(href.pathname + href.search).toBe(`/approve?tx=${handle}`);
    expect(screen.queryByLabelText("Password")).toBeNull();

    // The window: signed in now, the server sends it on to the viewer's own callback.
    cleanup();
    unload();
    Object.defineProperty(window, "self", { value: window, configurable: true });
    sessionStorage.clear();
    standing = waiting({ standing: "ready", app: { id: "patchwork-viewer", name: "Patchwork", trusted: true } });
    answer = { status: 200, body: { location: `${window.location.origin}/smart/callback?code=c&state=s` } };
    open(href.pathname + href.search + href.hash);
    await waitFor(() => {
      expect(smart.left).toHaveLength(1);
    });
    expect(JSON.parse(sessionStorage.getItem("patchwork-going-s") ?? "")).toMatchObject({ verifier: pending.verifier, nonce: "n", launched: true });
    expect(window.location.hash).toBe("");
  });

  test("another app's window is given nothing of ours", async () => {
    sessionStorage.setItem("patchwork-going-s", JSON.stringify({ state: "s", at: Date.now() }));
    standing = waiting({ standing: "sign-in", user: null });
    open();
    expect((await screen.findByRole("link", { name: "Open in a window" })).getAttribute("href")).toBe(`/approve?tx=${handle}`);
  });
});

test("what an address hands over is good for nothing without the approval that it belongs to", async () => {
  const planted = encodeURIComponent(JSON.stringify([{ state: "attackers", verifier: "v", nonce: "n", back: "/", launched: true }]));
  const user = open(`/approve?tx=${handle}#going=${planted}`);
  await user.click(await screen.findByRole("button", { name: "Allow" }));
  await waitFor(() => {
    expect(smart.left).toHaveLength(1);
  });
  expect(Object.keys(sessionStorage).filter((key) => key.startsWith("patchwork-going-"))).toEqual([]);
});

test.each([
  ["nothing", "/approve"],
  ["no handle", "/approve?tx="],
  ["markup", "/approve?tx=%3Cscript%3E"],
])("an address with %s asks the server nothing", async (_, address) => {
  open(address);
  await screen.findByText(/is over: it was answered already/);
  expect(sentTo("/smart/transaction")).toEqual([]);
});

test("over: says so, and where to begin", async () => {
  standing = { status: 404, body: { error: { code: "gone", message: "gone" } } };
  open();
  await screen.findByText(/Open the app again/);
});
