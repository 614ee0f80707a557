// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { refused, serve } from "../../testing/server";
import type { Policy } from "./draft";
import { PoliciesPage } from "./PoliciesPage";

const server = serve();
const policy: Policy = { id: "gps-read", description: "GPs read.", effect: "allow", mode: null, roles: ["gp"], organisations: [], actions: ["read"], resources: ["record:*"], when: [{ key: "purpose", in: ["TREAT"], notIn: [] }] };
const set = (version: number, change: Partial<Policy> = {}) => ({ version, at: "2026-11-21T09:30:00Z", by: "Sam Reed", reason: version === 1 ? "The built-in policies" : "A change", policies: [{ ...policy, ...change }] });
const versions = { data: { policyVersions: [{ version: 2, at: "2026-11-21T09:30:00Z", by: "Sam Reed", reason: "A change" }, { version: 1, at: "2026-11-20T09:30:00Z", by: "Patchwork", reason: "The built-in policies" }] } };

beforeEach(() => {
  server.answers.set("Policies", ({ variables }) => ({ data: { policies: variables.version === 1 ? set(1, { description: "As it was." }) : set(2) } }));
  server.answers.set("PolicyVersions", versions);
});

async function opened() {
  const user = userEvent.setup();
  render(<PoliciesPage />);
  await screen.findByRole("heading", { name: /gps-read/ });
  return user;
}

const sent = (name: string) => server.sent.filter((s) => s.name === name).map((s) => s.variables);

test("reads as a policy, with its version", async () => {
  await opened();
  const item = screen.getByRole("heading", { name: /gps-read/ }).closest("li");
  expect(item?.textContent).toContain("purpose is TREAT");
  expect(document.querySelector(".nhsuk-inset-text")?.textContent).toBe("Version 2, in force, made 21-Nov-2026 09:30 by Sam Reed: A change.");
});

test("a change needs a reason, and carries the version that was seen", async () => {
  server.answers.set("PutPolicy", { data: { putPolicy: { ...set(3), policies: [{ ...policy, roles: ["gp", "pharmacist"] }] } } });
  const user = await opened();
  await user.click(screen.getByRole("button", { name: "Change gps-read" }));
  const form = screen.getByRole("form", { name: "Change gps-read" });
  await user.type(within(form).getByLabelText("Roles"), "\npharmacist");
  await user.click(within(form).getByRole("button", { name: "Save as a new version" }));
  within(form).getByRole("link", { name: "Say why you change it" });
  expect(sent("PutPolicy")).toEqual([]);
  await user.type(within(form).getByLabelText("Why you change it"), "Pharmacists need it");
  await user.click(within(form).getByRole("button", { name: "Save as a new version" }));
  await screen.findByText(/Version 3 is in force/);
  expect(sent("PutPolicy")).toMatchObject([{ version: 2, reason: "Pharmacists need it", policy: { id: "gps-read", roles: ["gp", "pharmacist"], when: [{ key: "purpose", in: ["TREAT"] }] } }]);
});

test("a refusal shows every line of the server's text, and nothing written is lost", async () => {
  server.answers.set("PutPolicy", refused("POLICY_REFUSED", "gps-read: there is no role gpp; did you mean gp?\ngps-read: there is no action raed; did you mean read?"));
  const user = await opened();
  await user.click(screen.getByRole("button", { name: "Change gps-read" }));
  await user.type(screen.getByLabelText("Why you change it"), "A try");
  await user.click(screen.getByRole("button", { name: "Save as a new version" }));
  const lines = within(await screen.findByRole("alert")).getAllByRole("listitem").map((li) => li.textContent);
  expect(lines).toEqual(["gps-read: there is no role gpp; did you mean gp?", "gps-read: there is no action raed; did you mean read?"]);
  expect(screen.getByLabelText<HTMLTextAreaElement>("Why you change it").value).toBe("A try");
});

test("an earlier version is read without being changed, and brought back with a reason", async () => {
  server.answers.set("RestorePolicies", { data: { restorePolicies: set(3) } });
  const user = await opened();
  await user.click(screen.getByText("Earlier versions"));
  await user.click(screen.getByRole("button", { name: "Show version 1" }));
  await screen.findByText("As it was.");
  screen.getByText(/not in force: version 2 is/);
  expect(screen.queryByRole("button", { name: "Change gps-read" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Bring back version 1" }));
  const form = screen.getByRole("form", { name: "Bring back version 1" });
  await user.type(within(form).getByRole("textbox"), "It was better");
  await user.click(within(form).getByRole("button", { name: "Bring back version 1" }));
  await screen.findByText(/Version 1 is in force again, as version 3/);
  expect(sent("RestorePolicies")).toEqual([{ from: 1, version: 2, reason: "It was better" }]);
});
