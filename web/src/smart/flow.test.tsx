// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import { App } from "../App";
import { navigate } from "../history";
import { facts } from "../testing/fixtures";
import { serve } from "../testing/server";
import { authorize, idToken, withCode } from "../testing/smart";
import { present, unload } from "./grant";

/* How the viewer comes by its token, as every SMART app does, and what becomes of an answer that is not its own. */

const server = serve("none");
const smart = authorize(server);
const origin = window.location.origin;
const sentTo = (name: string) => server.sent.filter((s) => s.name === name);
const heading = (name: string | RegExp) => screen.findByRole("heading", { name, level: 1 });
const refused = (code: string) => waitFor(() => {
  const page = document.querySelector<HTMLElement>(`[data-refused="${code}"]`);
  if (page === null) throw new Error(`no page says ${code}: ${document.body.textContent}`);
  return page;
});

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  window.scrollTo = () => undefined;
  server.answers.set("/auth/session", facts());
  server.answers.set("Region", { data: { sources: [] } });
});

function open(address: string) {
  window.history.replaceState(null, "", address);
  render(<App />);
}
/** The page is there, and has read what it shows. */
async function sources() {
  await heading("Sources");
  await waitFor(() => {
    expect(sentTo("Region").length).toBeGreaterThan(0);
  });
  await screen.findByRole("button", { name: "Look again" });
}
/** The document goes, and the tab's storage and history stay. */
function leave() {
  cleanup();
  unload();
}
const here = () => window.location.pathname + window.location.search;
function asked(n = 0): URLSearchParams {
  return new URL(smart.left[n] ?? "").searchParams;
}

describe("the viewer's own access", () => {
  test("is asked for as every public app does, and leads on to where the user was going", async () => {
    open("/sources");
    await heading("Sources");
    expect(smart.left).toHaveLength(1);
    const query = asked();
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: "code",
      client_id: "patchwork-viewer",
      redirect_uri: `${origin}/smart/callback`,
      scope: "openid fhirUser online_access patchwork/graph",
      aud: `${origin}/fhir`,
      code_challenge_method: "S256",
    });
    expect(query.has("launch")).toBe(false);
    expect(query.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    const [exchange] = sentTo("/smart/token");
    expect(exchange?.variables).toMatchObject({ grant_type: "authorization_code", code: "code-1", client_id: "patchwork-viewer", redirect_uri: `${origin}/smart/callback` });
    // RFC 7636 §4.6: the verifier is that of the challenge.
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(String(exchange?.variables.code_verifier)));
    expect(Buffer.from(digest).toString("base64url")).toBe(query.get("code_challenge"));
    // The record is read with the token, and who is shown is whom the token stands for.
    await waitFor(() => {
      expect(sentTo("Region")[0]?.bearer).toBe("access-1");
    });
    expect(sentTo("/auth/session").map((s) => s.bearer)).toEqual(["", "access-1"]);
    expect(window.location.pathname + window.location.search).toBe("/sources");
    await waitFor(() => {
      expect(Object.keys(sessionStorage)).toEqual([]); // no token, no secret of the exchange
    });
  });

  test("a tab that is loaded again asks again, once", async () => {
    open("/sources");
    await heading("Sources");
    leave();
    open("/sources");
    await heading("Sources");
    expect(smart.left).toHaveLength(2);
    expect(asked(0).get("state")).not.toBe(asked(1).get("state"));
  });

  test("a token that was refused is renewed once, by one request for all who wait", async () => {
    open("/sources");
    await sources();
    server.answers.set("Region", ({ bearer }) => (bearer === "access-1" ? { status: 401, body: { errors: [{ message: "No" }] } } : { data: { sources: [] } }));
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Look again" }));
    await waitFor(() => {
      expect(sentTo("Region").at(-1)?.bearer).toBe("access-2");
    });
    expect(sentTo("/smart/token").map((s) => s.variables.grant_type)).toEqual(["authorization_code", "refresh_token"]);
    expect(sentTo("/smart/token")[1]?.variables.refresh_token).toBe("refresh-1");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("a token that is about to end is renewed before it is used", async () => {
    smart.token = { expires_in: 20 };
    open("/sources");
    await sources();
    expect(sentTo("Region")[0]?.bearer).not.toBe("access-1");
  });

  test("refused for good while the user is signed in: access is asked for again", async () => {
    open("/sources");
    await sources();
    server.answers.set("Region", ({ bearer }) => (bearer === "access-1" ? { status: 401, body: {} } : { data: { sources: [] } }));
    const token = server.answers.get("/smart/token");
    server.answers.set("/smart/token", (sent) => (sent.variables.grant_type === "refresh_token" ? { status: 400, body: { error: "invalid_grant" } } : typeof token === "function" ? token(sent) : {}));
    await userEvent.setup().click(screen.getByRole("button", { name: "Look again" }));
    await waitFor(() => {
      expect(smart.left).toHaveLength(2);
    });
    await heading("Sources");
  });

  test("what is granted and refused at once is not asked for for ever", async () => {
    server.answers.set("/auth/session", ({ bearer }) => (bearer === "" ? facts() : { status: 401, body: { error: { code: "not-signed-in", message: "No" } } }));
    const token = server.answers.get("/smart/token");
    server.answers.set("/smart/token", (sent) => (sent.variables.grant_type === "refresh_token" ? { status: 400, body: { error: "invalid_grant" } } : typeof token === "function" ? token(sent) : {}));
    open("/sources");
    await heading("Patchwork could not be opened");
    expect(smart.left).toHaveLength(4);
    screen.getByText(/gives this page access and refuses it at once/);
    screen.getByRole("button", { name: "Sign out" });
  });

  test("signing out gives the token back first", async () => {
    open("/sources");
    await heading("Sources");
    server.answers.set("/auth/logout", { provider: null });
    await userEvent.setup().click(screen.getByRole("button", { name: "Sign out" }));
    await screen.findByText("You are signed out.");
    const names = server.sent.map((s) => s.name);
    expect(names.indexOf("/smart/revoke")).toBeGreaterThan(0);
    expect(names.indexOf("/smart/revoke")).toBeLessThan(names.indexOf("/auth/logout"));
    expect(sentTo("/smart/revoke")[0]?.variables.token).toBe("refresh-1");
    expect(present().grant).toBeNull();
  });
});

describe("an answer at /smart/callback that is not the answer to what was asked", () => {
  const html = '<img src=x onerror="alert(1)"><b>Your record is lost</b>';

  test.each([
    ["nothing was asked for", () => `/smart/callback?code=stolen&state=attackers-state&iss=${origin}`],
    ["another state", (asked: URL) => withCode(asked).replace(/state=[\w-]+/, "state=attackers-state")],
    ["no state", (asked: URL) => withCode(asked).replace(/state=[\w-]+/, "")],
    ["another issuer (RFC 9207)", (asked: URL) => withCode(asked).replace(/iss=[^&]+/, "iss=https%3A%2F%2Fevil.example")],
    ["no issuer", (asked: URL) => withCode(asked).replace(/&iss=[^&]+/, "")],
    ["no code", (asked: URL) => withCode(asked).replace("code=code-1&", "")],
    ["two codes", (asked: URL) => `${withCode(asked)}&code=another`],
    ["two states", (asked: URL) => `${withCode(asked)}&state=another`],
    ["a token in the address", (asked: URL) => `${withCode(asked)}&id_token=${idToken({})}`],
    ["an error of somebody else's, with words of their own", () => `/smart/callback?error=access_denied&error_description=${encodeURIComponent(html)}&state=attackers-state&iss=${origin}`],
    ["an error of another issuer", (asked: URL) => `/smart/callback?error=access_denied&error_description=Call+0123+456&state=${asked.searchParams.get("state") ?? ""}&iss=https%3A%2F%2Fevil.example`],
  ])("%s", async (_, come) => {
    smart.come = come;
    open("/sources");
    const page = await refused("not-ours");
    expect(page.textContent).not.toMatch(/lost|Call/);
    expect(document.querySelector("img, b")).toBeNull();
    expect(sentTo("/smart/token")).toEqual([]);
    expect(present().grant).toBeNull();
  });

  test("an answer is taken once", async () => {
    open("/sources");
    await heading("Sources");
    const again = withCode(new URL(smart.left[0] ?? ""));
    leave();
    open(`${again}&again=1`); // a page keeps the answer that it has had; this is another page
    await refused("not-ours");
    expect(sentTo("/smart/token")).toHaveLength(1);
  });

  test.each([
    ["another nonce", { nonce: "replayed" }],
    ["another app's", { aud: "another-app" }],
    ["another issuer's", { iss: "https://evil.example" }],
    ["one that has ended", { exp: 1_000_000_000 }],
  ])("an ID token of %s gives no access", async (_, claims) => {
    smart.come = (asked) => {
      smart.token = { id_token: idToken({ nonce: asked.searchParams.get("nonce"), ...claims }) };
      return withCode(asked);
    };
    open("/sources");
    await heading("Patchwork could not be opened");
    expect(present().grant).toBeNull();
  });

  test("no ID token at all gives no access", async () => {
    smart.token = { id_token: undefined };
    open("/sources");
    await heading("Patchwork could not be opened");
    expect(present().grant).toBeNull();
  });

  test("the server's words are text, whatever they are", async () => {
    smart.come = (asked) => `/smart/callback?error=access_denied&error_description=${encodeURIComponent(html)}&state=${asked.searchParams.get("state") ?? ""}&iss=${origin}`;
    open("/sources");
    const page = await refused("access_denied");
    expect(page.textContent).toContain(html);
    expect(page.querySelector("img, b")).toBeNull();
    expect(screen.getByRole("link", { name: "Try again" }).getAttribute("href")).toBe("/sources");
  });

  test.each([
    ["https://evil.example/", "/"],
    ["//evil.example/sources", "/"],
    ["javascript:alert(1)", "/"],
    ["/smart/callback", "/"],
    ["/launch", "/"],
    ["/auth/logout", "/"],
  ])("a way back to %s leads to %s", async (back, path) => {
    smart.come = (asked) => {
      const key = `patchwork-going-${asked.searchParams.get("state") ?? ""}`;
      sessionStorage.setItem(key, JSON.stringify({ ...(JSON.parse(sessionStorage.getItem(key) ?? "") as object), back }));
      return "/approve?tx=1"; // the page is left
    };
    open("/sources");
    await waitFor(() => {
      expect(smart.left).toEqual([smart.left[0], `${origin}/approve?tx=1`]);
    });
    leave();
    open(withCode(new URL(smart.left[0] ?? "")));
    await heading("Find a patient");
    expect(window.location.pathname).toBe(path);
  });
});

describe("each error in words, with what to do next", () => {
  const seen = new Set<string>();
  test.each(["access_denied", "invalid_request", "login_required", "unauthorized_client", "invalid_scope", "server_error", "temporarily_unavailable", "interaction_required", "something_new"])("%s", async (code) => {
    smart.come = (asked) => `/smart/callback?error=${code}&state=${asked.searchParams.get("state") ?? ""}&iss=${origin}`;
    open("/sources");
    const page = await refused(code);
    expect(page.querySelectorAll("p").length).toBeGreaterThanOrEqual(2);
    expect(page.textContent).not.toContain(code);
    seen.add(page.querySelector("h1")?.textContent ?? "");
  });
  test("and not all in the same", () => {
    expect(seen.size).toBeGreaterThanOrEqual(6);
  });
});

describe("opened by an EPR", () => {
  const launch = `/launch?iss=${encodeURIComponent(`${origin}/fhir`)}&launch=handle-1`;
  const record = (id: string) => ({ data: { patient: { id, nhsNumber: "9435000010", birthDate: "1948-03-12", person: null, registrations: [], access: { relationships: [], breakGlass: null, objections: 0, mayClaim: false, mayBreakGlass: false } } } });

  beforeEach(() => {
    smart.token = { patient: "p-A", need_patient_banner: true, epr_name: "Westmarch EPR" };
    server.answers.set("Record", ({ variables }) => record(String(variables.id)));
  });

  test("on one patient: no search, no other page, and it says so", async () => {
    open(launch);
    await screen.findByText(/This view is limited to this patient/);
    expect(asked().get("launch")).toBe("handle-1");
    expect(asked().get("scope")).toBe("openid fhirUser online_access patchwork/graph launch fhircast/*.read fhircast/SyncError.write");
    expect(window.location.pathname).toBe("/patient/p-A");
    expect(window.location.search).toMatch(/^\?launched=[\w-]{36}$/); // no code, no state
    screen.getByText(/Opened from Westmarch EPR/);
    expect(screen.queryByRole("navigation", { name: "Main" })).toBeNull();
    expect(screen.queryByRole("link", { name: /Find a patient|Sources|Change role|your sessions/ })).toBeNull();
    await waitFor(() => {
      expect(sentTo("Record")[0]?.variables.id).toBe("p-A");
    });
    expect(server.sent.filter((s) => s.name === "/auth/session").every((s) => s.bearer === "access-1")).toBe(true);
    // However the address changes within the page, it stays this patient.
    navigate("/patient/p-B");
    navigate("/");
    expect(sentTo("Record").every((s) => s.variables.id === "p-A")).toBe(true);
    screen.getByText(/This view is limited to this patient/);
  });

  test("loaded again, it is the same patient without another launch", async () => {
    open(launch);
    await screen.findByText(/limited to this patient/);
    leave();
    open(here());
    await screen.findByText(/limited to this patient/);
    expect(smart.left).toHaveLength(1);
    expect(sentTo("/smart/token")).toHaveLength(1);
    expect(sentTo("Record").every((s) => s.bearer === "access-1" && s.variables.id === "p-A")).toBe(true);
  });

  test("another launch in the same tab, then back: each page is its own patient's", async () => {
    open(launch);
    await screen.findByText(/limited to this patient/);
    const addressA = here();
    leave();
    smart.token = { patient: "p-B", epr_name: "Westmarch EPR" };
    open(launch.replace("handle-1", "handle-2"));
    await waitFor(() => {
      expect(window.location.pathname).toBe("/patient/p-B");
    });
    leave();
    server.sent.length = 0;
    open(addressA);
    await waitFor(() => {
      expect(sentTo("Record")[0]).toMatchObject({ bearer: "access-1", variables: { id: "p-A" } });
    });
    expect(sentTo("Record").every((s) => s.variables.id === "p-A")).toBe(true);
  });

  test("whose token has ended for good: only the EPR opens it again, whoever is signed in", async () => {
    open(launch);
    await screen.findByText(/limited to this patient/);
    leave();
    sessionStorage.clear();
    open(here());
    await heading("This view has ended");
    expect(smart.left).toHaveLength(1);
    screen.getByText("Open the patient again from the system that you came from.");
  });

  test("a typed address of the same patient is the whole viewer, with the user's own access", async () => {
    open(launch);
    await screen.findByText(/limited to this patient/);
    leave();
    smart.token = {};
    open("/patient/p-A");
    await screen.findByRole("link", { name: "Find a patient" });
    expect(smart.left).toHaveLength(2);
    expect(asked(1).has("launch")).toBe(false);
  });

  test("signed out in another tab: the server is asked, for it may be another sign-in", async () => {
    const otherTab = new BroadcastChannel("patchwork-session");
    open(launch);
    await screen.findByText(/limited to this patient/);
    const before = sentTo("/auth/session").length;
    otherTab.postMessage("signed-out");
    await waitFor(() => {
      expect(sentTo("/auth/session").length).toBeGreaterThan(before);
    });
    otherTab.close();
    screen.getByText(/limited to this patient/);
  });

  test.each([
    ["launch-no-iss", "/launch?launch=h"],
    ["launch-no-launch", `/launch?iss=${origin}/fhir`],
    ["launch-other-iss", "/launch?iss=https%3A%2F%2Fevil.example%2Ffhir&launch=h"],
    ["launch-other-iss", `/launch?iss=${origin}.evil.example/fhir&launch=h`],
    ["launch-other-iss", `/launch?iss=${origin}/fhir/Patient&launch=h`],
    ["launch-twice", `/launch?iss=${origin}/fhir&launch=h&launch=i`],
    ["launch-twice", `/launch?iss=${origin}/fhir&iss=https://evil.example&launch=h`],
  ])("%s: %s asks nobody for anything", async (code, address) => {
    open(address);
    await refused(code);
    expect(smart.left).toEqual([]);
    expect(server.sent).toEqual([]);
  });

  test("a launch that is over says so, in the server's words and ours", async () => {
    smart.come = (asked) => `/smart/callback?${new URLSearchParams({ error: "invalid_request", error_description: "The launch was used already", state: asked.searchParams.get("state") ?? "", iss: origin }).toString()}`;
    open(launch);
    const page = await refused("invalid_request");
    expect(page.textContent).toMatch(/works once.*Open the patient again.*The launch was used already/);
    expect(screen.queryByRole("link", { name: "Try again" })).toBeNull();
  });

  test("a slash at the end of iss is our server", async () => {
    open(`/launch?iss=${encodeURIComponent(`${origin}/fhir/`)}&launch=h`);
    await screen.findByText(/limited to this patient/);
  });
});
