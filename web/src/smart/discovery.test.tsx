// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { App } from "../App";
import { facts } from "../testing/fixtures";
import { serve } from "../testing/server";
import { authorize } from "../testing/smart";

/* What a server says of itself is not believed where it leads elsewhere. A file of its own: what is good is remembered for the page's life. */

const server = serve("none");
const smart = authorize(server);
const origin = window.location.origin;

beforeEach(() => {
  sessionStorage.clear();
  window.history.replaceState(null, "", "/sources");
  server.answers.set("/auth/session", facts());
});

test.each([
  ["another server's token endpoint", { token_endpoint: "https://evil.example/token" }, /calls itself/],
  ["another server's authorize page", { authorization_endpoint: "https://evil.example/authorize" }, /calls itself/],
  ["an issuer elsewhere", { issuer: "https://care.example" }, /calls itself https:\/\/care\.example, and this page came from .* Open Patchwork at its own address/],
  ["an endpoint that is none", { revocation_endpoint: "" }, /calls itself/],
  ["a script", { authorization_endpoint: "javascript:alert(1)" }, /calls itself/],
])("%s: nothing is sent there", async (_, wrong, words) => {
  server.answers.set("/fhir/.well-known/smart-configuration", { issuer: origin, authorization_endpoint: `${origin}/smart/authorize`, token_endpoint: `${origin}/smart/token`, revocation_endpoint: `${origin}/smart/revoke`, ...wrong });
  render(<App />);
  await screen.findByRole("heading", { name: "Patchwork could not be opened" });
  screen.getByText(words);
  expect(smart.left).toEqual([]);
});

test.each([
  ["an error", { status: 503, body: { error: { code: "unavailable", message: "Not now" } } }],
  ["a list", { status: 200, body: [] }],
])("%s instead of a document", async (_, answer) => {
  server.answers.set("/fhir/.well-known/smart-configuration", answer);
  render(<App />);
  await screen.findByText(/does not say how it gives access/);
  screen.getByRole("link", { name: "Try again" });
});
