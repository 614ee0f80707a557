// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import type { Access } from "../../api";
import { SessionContext } from "../../session/context";
import { access, facts, session } from "../../testing/fixtures";
import { refused, serve } from "../../testing/server";
import { AccessPanel } from "./AccessPanel";

const server = serve();
const reasons = { data: { accessReasons: { claim: [{ code: "new-patient", words: "A new patient of mine" }], breakGlass: [{ code: "emergency", words: "An emergency" }] } } };
const stranger = access({ relationships: [], mayClaim: true, mayBreakGlass: true });
const claimed = access({ relationships: [{ kind: "SELF_CLAIMED", from: null, until: "2026-11-22T09:00:00Z", evidence: "stated" }] });
const broken = access({ breakGlass: { id: "b1", reason: "emergency", started: null, until: "2026-11-21T14:05:00Z" } });

beforeEach(() => {
  server.answers.set("Reasons", reasons);
});

function panel(of: Access) {
  const changes: [Access, string][] = [];
  render(<AccessPanel patient="p1" access={of} onChanged={(next, how) => changes.push([next, how])} />);
  return { changes, user: userEvent.setup() };
}

const sent = (name: string) => server.sent.filter((s) => s.name === name).map((s) => s.variables);

describe("what the panel says", () => {
  test("somebody with a relationship reads on what it rests, and is offered nothing that they may not do", () => {
    panel(access());
    const region = screen.getByRole("region", { name: "Why you may look" });
    expect(region.textContent).toContain("You may look at this record: registered with a system of your organisation.");
    expect(region.textContent).toContain("registered with gp");
    expect(within(region).queryByRole("button")).toBeNull();
  });

  test("a stranger is told so, calmly", () => {
    panel(stranger);
    screen.getByRole("heading", { name: "You have no recorded relationship with this person" });
    screen.getByRole("button", { name: "State why you are looking" });
    screen.getByRole("button", { name: "Break the glass" });
  });

  test("objections are told", () => {
    panel(access({ objections: 2 }));
    screen.getByText(/has made 2 objections/);
  });
});

describe("stating a relationship", () => {
  test("asks for what is missing before anything is sent, each at its field", async () => {
    const { user } = panel(stranger);
    await user.click(screen.getByRole("button", { name: "State why you are looking" }));
    await user.type(screen.getByLabelText("In your own words"), "  too few ");
    await user.click(screen.getByRole("button", { name: "Record and read again" }));
    const alert = screen.getByRole("alert");
    expect(document.activeElement).toBe(alert);
    expect(sent("Claim")).toEqual([]);
    await user.click(within(alert).getByRole("link", { name: "Explain in at least 10 characters" }));
    const field = screen.getByLabelText("In your own words");
    expect(document.activeElement).toBe(field);
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });

  test("sends the reason and hands on what holds now", async () => {
    server.answers.set("Claim", { data: { claimRelationship: claimed } });
    const { user, changes } = panel(stranger);
    await user.click(screen.getByRole("button", { name: "State why you are looking" }));
    await user.selectOptions(await screen.findByRole("combobox", { name: "Reason" }), await screen.findByRole("option", { name: "A new patient of mine" }));
    await user.type(screen.getByLabelText("In your own words"), "Seen in today's clinic");
    await user.click(screen.getByRole("button", { name: "Record and read again" }));
    await expect.poll(() => changes).toEqual([[claimed, "claimed"]]);
    expect(sent("Claim")).toEqual([{ patient: "p1", reason: "new-patient", explanation: "Seen in today's clinic" }]);
  });
});

describe("breaking the glass", () => {
  async function toPassword(user: ReturnType<typeof userEvent.setup>) {
    await user.click(screen.getByRole("button", { name: "Break the glass" }));
    const dialog = screen.getByRole("dialog", { name: "Break the glass" });
    expect(dialog.textContent).toMatch(/4 hours.*recorded.*reviews/);
    await user.selectOptions(within(dialog).getByRole("combobox", { name: "Reason" }), await within(dialog).findByRole("option", { name: "An emergency" }));
    await user.type(within(dialog).getByLabelText("In your own words"), "Unconscious in the corridor");
    await user.click(within(dialog).getByRole("button", { name: "Continue" }));
    return dialog;
  }
  const password = () => screen.getByLabelText("Your password");
  const doIt = () => within(screen.getByRole("dialog")).getByRole("button", { name: "Break the glass" });

  test("19 characters are too few", async () => {
    const { user } = panel(stranger);
    await user.click(screen.getByRole("button", { name: "Break the glass" }));
    await user.type(screen.getByLabelText("In your own words"), "1234567890123456789");
    await user.click(screen.getByRole("button", { name: "Continue" }));
    screen.getByRole("link", { name: "Explain in at least 20 characters" });
    expect(screen.queryByLabelText("Your password")).toBeNull();
  });

  test("a wrong password breaks nothing; the right one does, after it was confirmed", async () => {
    server.answers.set("/auth/confirm", ({ variables }) =>
      variables.password === "right" ? { status: 204, body: null } : { status: 401, body: { error: { code: "refused", message: "The password is not right" } } },
    );
    server.answers.set("BreakGlass", { data: { breakGlass: broken } });
    const { user, changes } = panel(stranger);
    await toPassword(user);
    await user.type(password(), "wrong");
    await user.click(doIt());
    await screen.findByRole("link", { name: "The password is not right" });
    expect(sent("BreakGlass")).toEqual([]);
    expect((password() as HTMLInputElement).value).toBe("");
    await user.type(password(), "right");
    await user.click(doIt());
    await expect.poll(() => changes).toEqual([[broken, "broken"]]);
    expect(sent("BreakGlass")).toEqual([{ patient: "p1", reason: "emergency", explanation: "Unconscious in the corridor" }]);
    expect(server.sent.map((s) => s.name)).toEqual(["Reasons", "/auth/confirm", "/auth/confirm", "BreakGlass"]);
  });

  test("locked out: how long is said", async () => {
    server.answers.set("/auth/confirm", { status: 429, body: { error: { code: "locked", message: "Too many failed sign-ins. Try again in a few minutes" } }, headers: { "Retry-After": "300" } });
    const { user } = panel(stranger);
    await toPassword(user);
    await user.type(password(), "any");
    await user.click(doIt());
    await screen.findByRole("link", { name: "Too many failed sign-ins. You can try again in 5 minutes" });
  });

  test("a refusal of the server is said in its own words", async () => {
    server.answers.set("/auth/confirm", { status: 204, body: null });
    server.answers.set("BreakGlass", refused("FORBIDDEN", "Your role may not break the glass"));
    const { user, changes } = panel(stranger);
    await toPassword(user);
    await user.type(password(), "right");
    await user.click(doIt());
    await screen.findByText("Your role may not break the glass.");
    expect(changes).toEqual([]);
  });

  test("a second factor is asked for before the glass is broken", async () => {
    server.answers.set("/auth/confirm", ({ variables }) => (variables.code === "123456" ? { status: 204, body: null } : { status: 401, body: { error: { code: "second-factor", message: "Send the code" } } }));
    server.answers.set("BreakGlass", { data: { breakGlass: broken } });
    const { user, changes } = panel(stranger);
    await toPassword(user);
    await user.type(password(), "right");
    await user.click(doIt());
    await user.type(await screen.findByLabelText("Six-digit code"), "123456");
    await user.click(doIt());
    await expect.poll(() => changes).toHaveLength(1);
    expect(sent("/auth/confirm").at(-1)).toEqual({ password: "right", code: "123456" });
  });

  describe("where the organisation signs in on its own page", () => {
    const before = "2026-11-21T09:00:00Z";
    const otherWindow = new BroadcastChannel("patchwork-session");

    async function toWindow() {
      const changes: [Access, string][] = [];
      const user = userEvent.setup();
      render(
        <SessionContext value={session({ login: { id: "riverside", name: "Riverside Hospital", way: "redirect" }, confirmed: before })}>
          <AccessPanel patient="p1" access={stranger} onChanged={(next, how) => changes.push([next, how])} />
        </SessionContext>,
      );
      await toPassword(user);
      expect(screen.queryByLabelText("Your password")).toBeNull();
      const link = screen.getByRole("link", { name: /Sign in at Riverside Hospital and break the glass/ });
      expect([link.getAttribute("href"), link.getAttribute("target"), link.getAttribute("rel")]).toEqual(["/auth/start/riverside?back=%2Fconfirmed&again=1", "_blank", "noopener"]);
      link.addEventListener("click", (event) => {
        event.preventDefault(); // jsdom opens no windows
      });
      await user.click(link);
      screen.getByText(/Waiting for you to sign in at Riverside Hospital/);
      return { changes };
    }

    test("the dialog goes on when it hears of it and the server has a new proof", async () => {
      server.answers.set("/auth/session", facts({ confirmed: "2026-11-21T09:30:00Z" }));
      server.answers.set("BreakGlass", { data: { breakGlass: broken } });
      const { changes } = await toWindow();
      otherWindow.postMessage("confirmed");
      await expect.poll(() => changes).toEqual([[broken, "broken"]]);
    });

    test("a word without a new proof breaks nothing", async () => {
      server.answers.set("/auth/session", facts({ confirmed: before }));
      await toWindow();
      otherWindow.postMessage("confirmed");
      await screen.findByText(/has not seen that you signed in again/);
      expect(sent("BreakGlass")).toEqual([]);
    });

    test("without a word it is enough to come back to the window", async () => {
      server.answers.set("/auth/session", facts({ confirmed: "2026-11-21T09:30:00Z" }));
      server.answers.set("BreakGlass", { data: { breakGlass: broken } });
      const { changes } = await toWindow();
      window.dispatchEvent(new Event("focus"));
      await expect.poll(() => changes).toHaveLength(1);
    });
  });

  test("a confirmation that has run out is asked for again", async () => {
    server.answers.set("/auth/confirm", { status: 204, body: null });
    server.answers.set("BreakGlass", refused("CONFIRM_FIRST", "Confirm who you are first"));
    const { user } = panel(stranger);
    await toPassword(user);
    await user.type(password(), "right");
    await user.click(doIt());
    await screen.findByRole("link", { name: "Enter your password once more" });
  });
});
