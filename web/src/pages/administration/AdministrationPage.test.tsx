// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { type AdministrationPart } from "../../paths";
import { refused, serve } from "../../testing/server";
import { AdministrationPage } from "./AdministrationPage";

const server = serve();
const off = (kind: string, what: string, name: string | null) => ({ kind, what, name, at: "2026-11-21T09:30:00Z", by: "Ola Fashanu", reason: "The card was stolen" });
const riverside = { ods: "RRV01", name: "Riverside Hospital", systems: ["Riverside EPR"], logins: ["Riverside"], accounts: 12, sessions: 3, off: null as object | null };
const login = { id: "riverside", type: "oidc", name: "Riverside", domains: ["riverside.example"], recheck: 300, accounts: 12, sessions: 3, lastSuccess: "2026-11-21T09:30:00Z", lastRefusal: "2026-11-21T10:00:00Z", lastCause: "the signature is wrong", organisations: [{ ods: "RRV01", name: "Riverside Hospital" }], off: null };
const sam = { id: "a1", issuer: "https://idp.example", subject: "s1", login: "riverside", name: "Sam Reed", created: "2026-11-20T09:00:00Z", signedIn: "2026-11-21T09:30:00Z", disabled: false, identifiers: [{ kind: "gmc", value: "7000001" }, { kind: "email", value: "sam@riverside.example" }], positions: [{ role: "gp", organisation: { ods: "RRV01", name: "Riverside Hospital" }, careSetting: "gp" }], off: null as object | null };
const session = { id: "x1", name: "Sam Reed", role: "gp", organisation: { ods: "RRV01", name: "Riverside Hospital" }, login: "riverside", device: "Chrome on Windows", address: "10.0.0.7", created: "2026-11-21T09:00:00Z", lastSeen: "2026-11-21T10:05:00Z", locked: false, current: false };

beforeEach(() => {
  server.answers.set("Organisations", { data: { organisations: [riverside] } });
  server.answers.set("Logins", { data: { logins: [login, { ...login, id: "gone", type: null, name: null, lastCause: null, lastRefusal: null }] } });
  server.answers.set("Roles", { data: { roles: [{ role: "gp", words: "GP", accounts: 4, sessions: 1, off: null }, { role: "administrator", words: "Administrator", accounts: 1, sessions: 1, off: null }] } });
  server.answers.set("AdministrationChoices", { data: { organisations: [{ ods: "RRV01", name: "Riverside Hospital" }], logins: [{ id: "riverside", name: "Riverside" }], roles: [{ role: "gp", words: "GP" }] } });
  server.answers.set("Accounts", ({ variables }) => ({ data: { accounts: variables.after === "a1" ? { items: [{ ...sam, id: "a2", name: "Tara Vane" }], next: null } : { items: [sam], next: "a1" } } }));
  server.answers.set("OpenSessions", { data: { sessions: { items: [session, { ...session, id: "x2", name: "Ola Fashanu", current: true }], next: null } } });
});

async function opened(part: AdministrationPart, shows: string) {
  const user = userEvent.setup();
  render(<AdministrationPage part={part} />);
  await screen.findByRole("heading", { name: new RegExp(shows) });
  return user;
}

const sent = (name: string) => server.sent.filter((s) => s.name === name).map((s) => s.variables);
const item = (name: RegExp) => screen.getByRole("listitem", { name });

test("the parts are links, and the present one is marked", async () => {
  await opened("logins", "^Riverside");
  const links = within(screen.getByRole("navigation", { name: "Administration" })).getAllByRole("link");
  expect(links.map((a) => [a.textContent, a.getAttribute("href"), a.getAttribute("aria-current")])).toContainEqual(["Logins", "/administration/logins", "page"]);
  expect(links.filter((a) => a.getAttribute("aria-current"))).toHaveLength(1);
  expect(document.title).toBe("Logins, administration – Patchwork");
});

test("an organisation is switched off with a reason, after what will happen has been said", async () => {
  server.answers.set("SwitchOff", () => {
    server.answers.set("Organisations", { data: { organisations: [{ ...riverside, sessions: 0, off: off("ORGANISATION", "RRV01", "Riverside Hospital") }] } });
    return { data: { switchOff: [off("ORGANISATION", "RRV01", "Riverside Hospital")] } };
  });
  const user = await opened("organisations", "Riverside Hospital");
  await user.click(screen.getByRole("button", { name: "Switch off Riverside Hospital" }));
  const form = screen.getByRole("form", { name: "Switch off Riverside Hospital" });
  within(form).getByText(/3 open sessions end at the next request/);
  await user.type(within(form).getByLabelText("Why"), "gone");
  await user.click(within(form).getByRole("button", { name: "Switch off Riverside Hospital" }));
  within(form).getByRole("link", { name: "Say why, in at least 5 characters" });
  expect(sent("SwitchOff")).toEqual([]);
  await user.type(within(form).getByLabelText("Why"), " for good");
  await user.click(within(form).getByRole("button", { name: "Switch off Riverside Hospital" }));
  await screen.findByText(/Switched off by Ola Fashanu on 21-Nov-2026 09:30: The card was stolen/);
  expect(sent("SwitchOff")).toEqual([{ kind: "ORGANISATION", what: "RRV01", reason: "gone for good" }]);
  screen.getByRole("button", { name: "Switch on Riverside Hospital" });
  expect(screen.getByRole("heading", { name: /Riverside Hospital/ })).toBe(document.activeElement);
});

test("whoever cancels is where they were", async () => {
  const user = await opened("organisations", "Riverside Hospital");
  await user.click(screen.getByRole("button", { name: "Switch off Riverside Hospital" }));
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(screen.getByRole("heading", { name: /Riverside Hospital/ })).toBe(document.activeElement);
  screen.getByRole("button", { name: "Switch off Riverside Hospital" });
});

test("a refusal is shown, and nothing written is lost", async () => {
  server.answers.set("SwitchOff", refused("BAD_INPUT", "You cannot switch off your own organisation: ask an administrator of another one"));
  const user = await opened("organisations", "Riverside Hospital");
  await user.click(screen.getByRole("button", { name: "Switch off Riverside Hospital" }));
  await user.type(screen.getByLabelText("Why"), "It has closed");
  await user.click(within(screen.getByRole("form")).getByRole("button", { name: /Switch off/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("You cannot switch off your own organisation");
  expect(screen.getByLabelText<HTMLTextAreaElement>("Why").value).toBe("It has closed");
});

test("what cannot be read is said", async () => {
  server.answers.set("Organisations", refused("FORBIDDEN", "Your role does not allow this"));
  render(<AdministrationPage part="organisations" />);
  expect((await screen.findByRole("alert")).textContent).toBe("Your role does not allow this.");
});

test("a login says when it last worked and what was wrong, and one that has gone cannot be tested", async () => {
  await opened("logins", "^Riverside");
  expect(item(/^Riverside/).textContent).toMatch(/OpenID Connect.*Riverside Hospital \(RRV01\).*riverside\.example.*every 5 minutes.*21-Nov-2026 09:30.*21-Nov-2026 10:00: the signature is wrong/);
  expect(item(/^gone/).textContent).toContain("No longer in the configuration");
  expect(screen.getAllByRole("button", { name: /^Test this connection/ })).toHaveLength(1);
});

test("testing shows each step, and what to do where it stopped", async () => {
  server.answers.set("TestLogin", { data: { testLogin: [{ name: "Find the provider", ok: true, detail: null }, { name: "Read its keys", ok: false, detail: "Let this server reach it on port 443" }] } });
  const user = await opened("logins", "^Riverside");
  await user.click(screen.getByRole("button", { name: /^Test this connection/ }));
  const steps = await screen.findByRole("list", { name: "The connection does not work." });
  expect(within(steps).getAllByRole("listitem").map((li) => li.textContent)).toEqual(["Find the provider Works", "Read its keys Does not workWhat to do: Let this server reach it on port 443"]);
  expect(sent("TestLogin")).toEqual([{ id: "riverside" }]);
});

test("users are searched, and the next page comes behind", async () => {
  const user = await opened("users", "Sam Reed");
  expect(item(/^Sam Reed/).textContent).toMatch(/GP at Riverside Hospital \(RRV01\), gp.*GMC 7000001 and e-mail sam@riverside\.example.*https:\/\/idp\.example/);
  await user.click(screen.getByRole("button", { name: "Show more users" }));
  await screen.findByRole("heading", { name: "Tara Vane" });
  screen.getByText("2 users shown.");
  await user.type(screen.getByLabelText("Name or identifier"), " reed ");
  await user.selectOptions(screen.getByLabelText("Role"), "gp");
  await user.selectOptions(screen.getByLabelText("Show"), "off");
  await user.click(screen.getByRole("button", { name: "Search" }));
  await expect.poll(() => sent("Accounts").at(-1)).toEqual({ search: "reed", organisation: null, role: "gp", login: null, off: true, after: null });
});

test("a user is switched off in their place, and the other pages stay", async () => {
  server.answers.set("SwitchOff", { data: { switchOff: [off("ROLE", "a1", "x"), off("USER", "a1", "Sam Reed")] } });
  const user = await opened("users", "Sam Reed");
  await user.click(screen.getByRole("button", { name: "Show more users" }));
  await screen.findByRole("heading", { name: "Tara Vane" });
  await user.click(screen.getByRole("button", { name: "Switch off Sam Reed" }));
  await user.type(screen.getByLabelText("Why"), "The card was stolen");
  await user.click(within(screen.getByRole("form", { name: /Switch off/ })).getByRole("button", { name: /Switch off/ }));
  await screen.findByRole("button", { name: "Switch on Sam Reed" });
  screen.getByRole("button", { name: "Switch off Tara Vane" });
  expect(sent("SwitchOff")).toEqual([{ kind: "USER", what: "a1", reason: "The card was stolen" }]);
});

test("a user’s sessions are shown and ended, one or all; the reader’s own is not ended here", async () => {
  server.answers.set("EndSession", { data: { endSession: false } });
  server.answers.set("EndAllSessions", { data: { endSessions: true } });
  const user = await opened("users", "Sam Reed");
  await user.click(screen.getByRole("button", { name: "Show sessions of Sam Reed" }));
  const sessions = await screen.findByRole("region", { name: "Sessions of Sam Reed" });
  await within(sessions).findByText("This session");
  expect(within(sessions).getAllByRole("button", { name: /^End the session/ })).toHaveLength(1);
  await user.click(within(sessions).getByRole("button", { name: /^End the session of Sam Reed/ }));
  await user.type(within(sessions).getByLabelText("Why"), "It was left open");
  await user.click(within(sessions).getByRole("button", { name: "End the session of Sam Reed" }));
  await screen.findByText("The session of Sam Reed had ended already.");
  expect(sent("EndSession")).toEqual([{ id: "x1", reason: "It was left open" }]);
  await user.click(await within(sessions).findByRole("button", { name: "End all sessions of Sam Reed" }));
  await user.type(within(sessions).getByLabelText("Why"), "They have left");
  await user.click(within(sessions).getByRole("button", { name: "End all sessions of Sam Reed" }));
  await screen.findByText("All sessions have ended.");
  expect(sent("EndAllSessions")).toEqual([{ account: "a1", reason: "They have left" }]);
});

test("administrators cannot be switched off", async () => {
  await opened("roles", "GP");
  screen.getByRole("button", { name: "Switch off GP" });
  expect(screen.queryByRole("button", { name: "Switch off Administrator" })).toBeNull();
  screen.getByText(/nobody could switch it on again/);
});

test("sessions are narrowed by organisation", async () => {
  const user = await opened("sessions", "Sam Reed");
  await screen.findByRole("option", { name: "Riverside Hospital (RRV01)" });
  await user.selectOptions(screen.getByLabelText("Organisation"), "RRV01");
  await expect.poll(() => sent("OpenSessions").at(-1)).toEqual({ organisation: "RRV01", login: null, after: null });
});

test("what is switched off is switched on again, and goes from the list", async () => {
  server.answers.set("SwitchedOff", { data: { switchedOff: [off("USER", "a1", "Sam Reed"), { ...off("USER", "", ""), what: null, name: null }, off("CLIENT", "old-epr", null)] } });
  server.answers.set("SwitchOn", { data: { switchOn: [off("CLIENT", "old-epr", null)] } });
  const user = await opened("off", "Sam Reed");
  expect(screen.getAllByRole("button", { name: /^Switch on/ })).toHaveLength(2); // nobody’s cannot be
  await user.click(screen.getByRole("button", { name: "Switch on Sam Reed" }));
  await user.type(screen.getByLabelText("Why"), "The card was found");
  await user.click(within(screen.getByRole("form")).getByRole("button", { name: "Switch on Sam Reed" }));
  await screen.findByText("1 thing switched off.");
  expect(screen.queryByRole("heading", { name: /Sam Reed/ })).toBeNull();
  expect(sent("SwitchOn")).toEqual([{ kind: "USER", what: "a1", reason: "The card was found" }]);
  expect(screen.getByRole("heading", { name: "Switched off", level: 2 })).toBe(document.activeElement);
});
