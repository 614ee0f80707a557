// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { refused, serve } from "../../../testing/server";
import { AdministrationPage } from "../AdministrationPage";
import { ClientPage } from "./ClientPage";
import { NewClientPage } from "./NewClientPage";

const server = serve();
const scopes = [
  { scope: "openid", words: "Know that it is you who is signed in" },
  { scope: "patient/*.rs", words: "Read and search everything in the record of the one patient it is opened on" },
];
const charts = {
  id: "charts0000000001",
  name: "Growth charts",
  method: "CLIENT_SECRET_BASIC",
  redirectUris: ["https://app.example/callback"],
  launchUrl: "https://app.example/launch",
  scopes,
  trusted: false,
  position: null,
  launching: null,
  jwksUrl: null,
  keys: [],
  state: "PROPOSED",
  edition: "e1",
  builtIn: false,
  proposed: "2026-11-21T09:30:00Z",
  proposedBy: "Petra Lindqvist",
  proposedByYou: false,
  approved: null as string | null,
  approvedBy: null as string | null,
  off: null as object | null,
};
const epr = {
  ...charts,
  id: "epr0000000000001",
  name: "Riverside EPR",
  method: "PRIVATE_KEY_JWT",
  redirectUris: [],
  launchUrl: null,
  state: "APPROVED",
  keys: [{ kid: "k1", kty: "EC", alg: "ES384", thumbprint: "thumb" }],
  launching: { apps: [{ id: charts.id, name: "Growth charts" }, { id: "gone", name: null }], organisations: [{ ods: "RRV01", name: "Riverside" }], logins: [{ id: "old", name: null }], trust: true, prefill: false, origins: ["https://epr.example"] },
};
const viewer = { ...charts, id: "patchwork-viewer", name: "Patchwork", method: "NONE", state: "APPROVED", builtIn: true };

beforeEach(() => {
  server.answers.set("Clients", { data: { smartClients: [viewer, epr, charts] } });
  server.answers.set("Client", ({ variables }) => ({ data: { smartClient: [viewer, epr, charts].find((c) => c.id === variables.id) ?? null } }));
  server.answers.set("ScopeWords", ({ variables }) => ({ data: { smartScopes: (variables.scopes as string[]).map((scope) => ({ scope, words: scope === "everything" ? null : `words of ${scope}` })) } }));
  server.answers.set("AdministrationChoices", { data: { organisations: [], logins: [{ id: "riverside", name: "Riverside" }], roles: [{ role: "analyst", words: "Analyst" }] } });
});

const sent = (name: string) => server.sent.filter((s) => s.name === name).map((s) => s.variables);

async function opened(id: string, name: string) {
  const user = userEvent.setup();
  render(<ClientPage id={id} />);
  await screen.findByRole("heading", { name: new RegExp(`^${name}`), level: 1 });
  return user;
}

test("what waits for approval stands first, each with its state and its page", async () => {
  render(<AdministrationPage part="clients" />);
  await screen.findByText("3 apps and EPRs, of which 1 waits for approval.");
  const headings = screen.getAllByRole("heading", { level: 3 });
  expect(headings.map((h) => h.textContent)).toEqual(["Growth charts Waits for approval", "Patchwork In use", "Riverside EPR In use"]);
  expect(screen.getByRole("link", { name: "Growth charts" }).getAttribute("href")).toBe("/administration/clients/charts0000000001");
  expect(screen.getByRole("link", { name: "Register an app or EPR" }).getAttribute("href")).toBe("/administration/clients/new");
});

test("whoever reviews sees what it may do in plain words, and approves what they saw", async () => {
  server.answers.set("ApproveClient", { data: { approveSmartClient: { ...charts, state: "APPROVED", approved: "2026-11-21T10:00:00Z", approvedBy: "Ola Fashanu" } } });
  const user = await opened(charts.id, "Growth charts");
  const said = screen.getByRole("list", { name: "What it may do at most" });
  expect(within(said).getAllByRole("listitem").map((li) => li.textContent)).toContain("Read and search everything in the record of the one patient it is opened on patient/*.rs");
  screen.getByText("https://app.example/callback");
  await user.click(screen.getByRole("button", { name: "Approve Growth charts" }));
  await user.click(within(screen.getByRole("form")).getByRole("button", { name: "Approve Growth charts" }));
  await screen.findByText("Growth charts is approved.");
  expect(sent("ApproveClient")).toEqual([{ id: charts.id, edition: "e1" }]);
  screen.getByRole("heading", { name: "Growth charts In use", level: 1 });
});

test("whoever proposed it is told who approves, and is not offered to", async () => {
  server.answers.set("Client", { data: { smartClient: { ...charts, proposedByYou: true } } });
  await opened(charts.id, "Growth charts");
  screen.getByText(/another administrator must approve it/);
  expect(screen.queryByRole("button", { name: /^Approve/ })).toBeNull();
});

test("an approval that is refused is said", async () => {
  server.answers.set("ApproveClient", refused("BAD_INPUT", "Somebody changed this client meanwhile: look at it again"));
  const user = await opened(charts.id, "Growth charts");
  await user.click(screen.getByRole("button", { name: "Approve Growth charts" }));
  await user.click(within(screen.getByRole("form")).getByRole("button", { name: "Approve Growth charts" }));
  expect((await screen.findByRole("alert")).textContent).toContain("look at it again");
});

test("a new secret is shown once and has the focus", async () => {
  server.answers.set("ReplaceClientSecret", { data: { replaceSmartClientSecret: { secret: "s3cret", client: charts } } });
  const user = await opened(charts.id, "Growth charts");
  await user.click(screen.getByRole("button", { name: "Replace the secret of Growth charts" }));
  await user.click(within(screen.getByRole("form")).getByRole("button", { name: "Replace the secret of Growth charts" }));
  const shown = await screen.findByRole("region", { name: "The secret, shown once" });
  within(shown).getByText("s3cret");
  expect(shown).toBe(document.activeElement);
  await user.click(within(shown).getByRole("button", { name: "Copy the secret" }));
  await within(shown).findByText("Copied.");
  expect(await navigator.clipboard.readText()).toBe("s3cret");
});

test("an EPR shows what it may open, and what has gone", async () => {
  const user = await opened(epr.id, "Riverside EPR");
  screen.getByText("gone, which is not registered any more");
  screen.getByText("old, which has gone from the configuration");
  screen.getByText("k1: EC, ES384, SHA-256 thumbprint thumb");
  screen.getByText(/Is taken for a short sign-in/);
  server.answers.set("ReplaceClientKeys", { data: { replaceSmartClientKeys: { ...epr, state: "PROPOSED", proposedByYou: true, jwksUrl: "https://epr.example/jwks", keys: [] } } });
  await user.click(screen.getByRole("button", { name: "Replace the keys of Riverside EPR" }));
  const form = screen.getByRole("form", { name: "Replace the keys of Riverside EPR" });
  await user.click(within(form).getByRole("button", { name: /^Replace the keys/ }));
  within(form).getByRole("link", { name: "Paste its key set" });
  await user.click(within(form).getByLabelText("At an address"));
  await user.type(within(form).getByLabelText("Address of the key set"), "https://epr.example/jwks");
  await user.click(within(form).getByRole("button", { name: /^Replace the keys/ }));
  await screen.findByText("The keys are replaced. Another administrator must approve them.");
  expect(sent("ReplaceClientKeys")).toEqual([{ id: epr.id, jwks: null, jwksUrl: "https://epr.example/jwks" }]);
});

test("what is part of Patchwork cannot be changed", async () => {
  await opened(viewer.id, "Patchwork");
  screen.getByText(/cannot be changed here/);
  expect(screen.queryAllByRole("button")).toEqual([]);
});

test("an id that is not registered is said", async () => {
  render(<ClientPage id="nobody" />);
  expect((await screen.findByRole("alert")).textContent).toBe("There is no app or EPR of this id.");
});

test("an app is proposed, and its secret shown once", async () => {
  server.answers.set("ProposeClient", { data: { proposeSmartClient: { secret: "s3cret", client: { ...charts, proposedByYou: true } } } });
  const user = userEvent.setup();
  render(<NewClientPage />);
  await user.click(screen.getByRole("button", { name: "Propose it" }));
  expect(screen.getByRole("alert")).toBe(document.activeElement);
  await user.click(screen.getByLabelText("An app that people use"));
  await screen.findByText("words of patient/*.rs");
  await user.type(screen.getByLabelText("Name"), "Growth charts");
  await user.click(screen.getByRole("button", { name: "Propose it" }));
  expect(within(screen.getByRole("alert")).getAllByRole("link").map((a) => a.textContent)).toEqual(["Say how it proves that it is itself", "Enter the address to which it sends users back"]);
  await user.click(screen.getByLabelText("By a secret"));
  await user.type(screen.getByLabelText("Addresses to which users are sent back"), "https://app.example/callback");
  await user.click(screen.getByLabelText("It may stay connected when its user is not there"));
  await user.click(screen.getByRole("button", { name: "Propose it" }));
  await screen.findByText("Growth charts is proposed.");
  screen.getByText("s3cret");
  expect(sent("ProposeClient")[0]?.input).toMatchObject({ method: "CLIENT_SECRET_BASIC", redirectUris: ["https://app.example/callback"], scopes: ["openid", "fhirUser", "launch", "launch/patient", "online_access", "patient/*.rs", "offline_access"] });
});

test("what the server refuses stands at its field", async () => {
  server.answers.set("ProposeClient", { data: null, errors: [{ message: "Each organisation is an ODS code", extensions: { code: "BAD_INPUT", field: "organisations", requestId: "req-7" } }] });
  const user = userEvent.setup();
  render(<NewClientPage />);
  await user.click(screen.getByLabelText(/^A patient record system/));
  await user.type(screen.getByLabelText("Name"), "Riverside EPR");
  await user.type(screen.getByLabelText("Address of the key set"), "https://epr.example/jwks");
  await user.click(await screen.findByLabelText("Growth charts"));
  await user.type(screen.getByLabelText("Organisations whose staff use it"), "riverside");
  await user.click(await screen.findByLabelText("Riverside"));
  await user.click(screen.getByRole("button", { name: "Propose it" }));
  await user.click(await within(await screen.findByRole("alert")).findByRole("link", { name: "Each organisation is an ODS code" }));
  expect(screen.getByLabelText("Organisations whose staff use it")).toBe(document.activeElement);
  expect(sent("ProposeClient")[0]?.input).toMatchObject({ launching: { apps: [charts.id], organisations: ["riverside"], logins: ["riverside"] }, scopes: ["patchwork/launch"] });
});

test("a scope that the server does not know is marked, and system scopes need a role", async () => {
  const user = userEvent.setup();
  render(<NewClientPage />);
  await user.click(screen.getByLabelText("A service without users"));
  screen.getByLabelText("Role in which it acts");
  await user.clear(screen.getByLabelText("Scopes"));
  await user.type(screen.getByLabelText("Scopes"), "everything");
  await screen.findByText(/This server does not know this scope/);
  expect(screen.queryByLabelText("Role in which it acts")).toBeNull();
});

test("a launch is tried, and what is wrong is said with what to do", async () => {
  server.answers.set("TestLaunch", {
    data: {
      testLaunch: [
        { name: "The client id is registered", ok: true, found: null, mend: null },
        { name: "aud is this endpoint", ok: false, found: "It is another one, or missing", mend: "Set aud to exactly https://care.example/smart/open" },
      ],
    },
  });
  const user = userEvent.setup();
  render(<AdministrationPage part="launch-test" />);
  await user.click(screen.getByRole("button", { name: "Test" }));
  expect(within(screen.getByRole("alert")).getAllByRole("link").map((a) => a.textContent)).toEqual(["Say how it opens apps", "Enter the id of the patient record system"]);
  await user.click(screen.getByLabelText("The browser brings a signed launch"));
  await user.type(screen.getByLabelText("Its client id"), " epr1 ");
  await user.type(screen.getByLabelText("Launch JWT (optional)"), "a.b.c");
  await user.click(screen.getByRole("button", { name: "Test" }));
  expect(await screen.findByRole("heading", { name: "1 thing to mend" })).toBe(document.activeElement);
  expect(within(screen.getByRole("list")).getAllByRole("listitem").map((li) => li.textContent)).toEqual([
    "The client id is registered Good",
    "aud is this endpoint To mendIt is another one, or missing.What to do: Set aud to exactly https://care.example/smart/open.",
  ]);
  expect(sent("TestLaunch")).toEqual([{ id: "epr1", way: "SIGNED", sent: "a.b.c" }]);
  await user.click(screen.getByLabelText("It is a SMART server itself"));
  screen.getByLabelText("Id of its stanza");
  expect(screen.queryByLabelText("Launch JWT (optional)")).toBeNull();
});
