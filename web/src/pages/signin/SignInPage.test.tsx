// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import type { Elsewhere, Session } from "../../api";
import { facts } from "../../testing/fixtures";
import { serve } from "../../testing/server";
import { type Arrival, noArrival } from "./arrival";
import { SignInPage } from "./SignInPage";

const server = serve();
const local = { id: "local", name: "Patchwork", way: "password", organisations: [], domains: [] };
const riverside = { id: "riverside", name: "Riverside Hospital", way: "redirect", organisations: [{ ods: "RRV01", name: "Riverside Hospital NHS Trust" }], domains: ["riverside.nhs.uk"] };
const council = { id: "council", name: "County Council", way: "password", organisations: [{ ods: "X1", name: "County Council" }], domains: ["county.gov.uk"] };
const refusal = (status: number, code: string) => ({ status, body: { error: { code, message: `Refused as ${code}` } } });

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  window.history.replaceState(null, "", "/sign-in");
  server.answers.set("/auth/logins", { logins: [riverside, council, local] });
});

function open(more: { arrival?: Arrival; reason?: string; elsewhere?: Elsewhere } = {}) {
  const signedIn: Session[] = [];
  render(<SignInPage reason={more.reason ?? ""} elsewhere={more.elsewhere ?? null} arrival={more.arrival ?? noArrival} onSignedIn={(s) => signedIn.push(s)} />);
  return { user: userEvent.setup(), signedIn };
}
const search = () => screen.findByLabelText("Which organisation do you work for?");
const organisations = () => within(screen.getByRole("list", { name: "Organisations" })).queryAllByRole("listitem").map((li) => li.textContent);

describe("finding one's organisation", () => {
  test("the list grows shorter as one types; nothing typed is sent or kept", async () => {
    const { user } = open();
    const field = await search();
    expect(organisations()).toEqual(["Riverside Hospital Riverside Hospital NHS Trust", "County Council"]);
    await user.type(field, "anna@river");
    expect(organisations()).toHaveLength(1);
    expect(screen.getByRole("status").textContent).toBe("1 of 2 organisations.");
    expect(server.sent.map((s) => s.name)).toEqual(["/auth/logins"]);
    expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
    expect(JSON.stringify([window.history.state, window.location.href])).not.toContain("anna");
    await user.clear(field);
    await user.type(field, "nowhere");
    expect(organisations()).toEqual([]);
    expect(screen.getByRole("status").textContent).toMatch(/^No organisation fits/);
    screen.getByRole("button", { name: /^Patchwork account/ }); // it is offered whatever is typed
  });

  test("a redirect is a link that says where to come back to", async () => {
    window.history.replaceState({ back: "/sources" }, "", "/sign-in");
    open();
    await search();
    expect(screen.getByRole("link", { name: /^Riverside Hospital/ }).getAttribute("href")).toBe("/auth/start/riverside?back=%2Fsources");
  });

  test("of many the first twenty are shown, and how many there are is said", async () => {
    server.answers.set("/auth/logins", { logins: [...Array.from({ length: 30 }, (_, i) => ({ ...riverside, id: `r${i}`, name: `Practice ${i}` })), local] });
    open();
    await search();
    expect(organisations()).toHaveLength(20);
    screen.getByText("The first 20 of 30 organisations. Type more to find yours.");
  });

  test("with Patchwork's own accounts alone there is nothing to choose", async () => {
    server.answers.set("/auth/logins", { logins: [local] });
    open();
    await screen.findByLabelText("User name");
    expect(screen.queryByRole("button", { name: "Use another organisation" })).toBeNull();
    expect(screen.queryByRole("checkbox")).toBeNull();
  });

  test("a server that knows no logins has Patchwork's own accounts", async () => {
    server.answers.set("/auth/logins", { status: 404, body: null });
    open();
    await screen.findByLabelText("User name");
  });

  test("if the list cannot be read, that is said and can be tried again", async () => {
    server.answers.set("/auth/logins", refusal(503, "unavailable"));
    const { user } = open();
    expect((await screen.findByRole("alert")).textContent).toBe("Refused as unavailable.");
    server.answers.set("/auth/logins", { logins: [local] });
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByLabelText("User name");
  });
});

describe("a choice that is known", () => {
  test("is one big button, and is undone easily", async () => {
    localStorage.setItem("patchwork-login", "riverside");
    const { user } = open();
    expect((await screen.findByRole("link", { name: "Sign in with Riverside Hospital" })).getAttribute("href")).toBe("/auth/start/riverside?back=%2Frole");
    await user.click(screen.getByRole("button", { name: "Use another organisation" }));
    await search();
    expect(localStorage.getItem("patchwork-login")).toBeNull();
  });

  test("a hint of the address goes before what is remembered", async () => {
    localStorage.setItem("patchwork-login", "riverside");
    open({ arrival: { ...noArrival, login: "council" } });
    await screen.findByRole("heading", { name: "Sign in with County Council", level: 1 });
  });

  test("one that is no more is no choice", async () => {
    localStorage.setItem("patchwork-login", "closed");
    open();
    await search();
  });

  test("a shared computer remembers nothing", async () => {
    localStorage.setItem("patchwork-login", "riverside");
    const { user } = open();
    await user.click(await screen.findByRole("checkbox", { name: "Do not remember on this computer" }));
    expect(localStorage).toHaveLength(0);
    const { remember } = await import("./remembered");
    remember("riverside");
    expect(localStorage).toHaveLength(0);
    await user.click(screen.getByRole("checkbox"));
    remember("riverside");
    expect(localStorage.getItem("patchwork-login")).toBe("riverside");
  });
});

describe("a password", () => {
  async function typed(user: ReturnType<typeof userEvent.setup>) {
    await user.click(await screen.findByRole("button", { name: /^County Council/ }));
    await user.type(screen.getByLabelText("User name"), " anna ");
    await user.type(screen.getByLabelText("Password"), "secret");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
  }
  const tries = () => server.sent.filter((s) => s.name === "/auth/login").map((s) => s.variables);

  test("goes to the login that was chosen", async () => {
    server.answers.set("/auth/login", facts());
    const { user, signedIn } = open();
    await typed(user);
    await expect.poll(() => signedIn.map((s) => s.name)).toEqual(["Alex Grant"]);
    expect(tries()).toEqual([{ login: "council", username: "anna", password: "secret" }]);
  });

  test("what is missing is said at its field, and nothing is sent", async () => {
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: /^County Council/ }));
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    const alert = screen.getByRole("alert");
    expect(document.activeElement).toBe(alert);
    await user.click(within(alert).getByRole("link", { name: "Enter your password" }));
    expect(document.activeElement).toBe(screen.getByLabelText("Password"));
    expect(tries()).toEqual([]);
  });

  test("wrong: said, and the password is gone", async () => {
    server.answers.set("/auth/login", refusal(401, "refused"));
    const { user } = open();
    await typed(user);
    await screen.findByText("Refused as refused.");
    expect(screen.getByLabelText<HTMLInputElement>("Password").value).toBe("");
  });

  test("a second factor is a question first, and a mistake only then", async () => {
    server.answers.set("/auth/login", ({ variables }) => (variables.code === "123456" ? facts() : refusal(401, "second-factor")));
    const { user, signedIn } = open();
    await typed(user);
    const code = await screen.findByLabelText("Six-digit code");
    expect(screen.queryByRole("alert")).toBeNull();
    await user.type(code, "000000");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByRole("link", { name: /code is not right/ });
    await user.type(screen.getByLabelText(/Six-digit code/), "123 456");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await expect.poll(() => signedIn).toHaveLength(1);
    expect(tries().map((t) => t.code)).toEqual([undefined, "000000", "123456"]);
  });

  test("with a second factor the server does not say what was wrong, and everything is asked for again", async () => {
    server.answers.set("/auth/login", ({ variables }) => refusal(401, variables.code === undefined ? "second-factor" : "refused"));
    const { user } = open();
    await typed(user);
    await user.type(await screen.findByLabelText("Six-digit code"), "000000");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByText(/password or the code is not right/);
    expect([screen.getByLabelText<HTMLInputElement>("Password").value, screen.getByLabelText<HTMLInputElement>("Six-digit code").value]).toEqual(["", ""]);
  });

  test("proved, but without a role: a page says so, with the reference", async () => {
    server.answers.set("/auth/login", refusal(403, "no-role"));
    const { user } = open();
    await typed(user);
    await screen.findByRole("heading", { name: "Your account has no access to Patchwork", level: 1 });
    screen.getByText("You are signed in at County Council, but nothing there gives you access to Patchwork.");
    screen.getByText("req-7");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    screen.getByLabelText("User name");
  });
});

describe("arriving with a problem", () => {
  const arrival = { problem: "expired", login: "riverside", request: "aB-3" };

  test("says what happened, what to do, and what to tell support", async () => {
    const { user } = open({ arrival });
    await screen.findByRole("heading", { name: "Your sign-in took too long", level: 1 });
    screen.getByText(/not finished at Riverside Hospital/);
    screen.getByText("aB-3");
    expect(screen.getByRole("link", { name: "Try again" }).getAttribute("href")).toBe("/auth/start/riverside?back=%2Frole");
    await user.click(screen.getByRole("button", { name: "Use another organisation" }));
    await search();
  });

  test("without access: somebody else can sign in there, whomever the organisation remembers", async () => {
    open({ arrival: { ...arrival, problem: "no-role" } });
    expect((await screen.findByRole("link", { name: "Try again" })).getAttribute("href")).toBe("/auth/start/riverside?back=%2Frole&fresh=1");
  });

  test("not strong enough: what the organisation asks for, in the region's words", async () => {
    server.answers.set("/auth/logins", { logins: [{ ...riverside, requires: ["Sign in with your smart card"] }, council, local] });
    open({ arrival: { ...arrival, problem: "not-strong-enough" } });
    within(await screen.findByRole("list", { name: "What is asked for" })).getByText("Sign in with your smart card");
  });

  test("of a login that is not known: the general names, and the choice next", async () => {
    const { user } = open({ arrival: { ...arrival, problem: "unknown", login: "gone" } });
    await screen.findByText("Something went wrong with your sign-in at your organisation.");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await search();
  });

  test("signed out at the provider too is no problem", async () => {
    open({ arrival: { problem: "left", login: "riverside", request: "" } });
    await screen.findByText("You are signed out of Patchwork and of Riverside Hospital.");
    screen.getByRole("link", { name: "Sign in with Riverside Hospital" });
  });

  test("signed out here alone: where else, with the way to sign out there", async () => {
    open({ reason: "You are signed out.", elsewhere: { name: "Riverside Hospital", url: "https://id.example/out" } });
    await search();
    screen.getByText("You are signed out of Patchwork. You may still be signed in at Riverside Hospital.");
    expect(screen.getByRole("link", { name: "Sign out there too" }).getAttribute("href")).toBe("https://id.example/out");
  });
});
