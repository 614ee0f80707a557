// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Launched } from "../Launched";
import { facts, grant } from "../testing/fixtures";
import { serve } from "../testing/server";
import { authorize } from "../testing/smart";
import { presentCast, shows, tellCastSoon } from "./cast";
import { followEpr } from "./castFollow";
import { listen } from "./castSocket";
import { returned } from "./way";
import { hold } from "./grant";

/* What the viewer does when the EPR moves on; the hub's side of the socket is the test's. */

const server = serve("none");
const smart = authorize(server);
const sentTo = (name: string) => server.sent.filter((s) => s.name === name);
const endpoint = `ws://${window.location.host}/smart/socket/secret`;
const launched = grant({ patient: "p-A", topic: "t1", event: "e1", epr: "Westmarch EPR" });

class Socket {
  static readonly OPEN = 1;
  static all: Socket[] = [];
  readonly readyState = 1;
  readonly answers: string[] = [];
  onmessage: ((e: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  closed = false;
  constructor(readonly url: string) {
    Socket.all.push(this);
  }
  send(text: string) {
    this.answers.push(text);
  }
  close() {
    this.closed = true;
  }
  says(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  confirm() {
    this.says({ "hub.mode": "subscribe", "hub.topic": "t1", "hub.events": "Patient-open", "hub.lease_seconds": 600 });
  }
  event(name: string, id: string) {
    this.says({ timestamp: "2026-01-01T00:00:00Z", id, event: { "hub.topic": "t1", "hub.event": name, context: [] } });
  }
}
function last(): Socket {
  const socket = Socket.all.at(-1);
  if (socket === undefined) throw new Error("nothing was connected to");
  return socket;
}
let stop: () => void = () => undefined;

function context(event: string, open = true) {
  server.answers.set("/smart/cast/t1", { "context.type": open ? "Patient" : "", "context.versionId": event, context: [] });
}
async function connected(): Promise<Socket> {
  const before = Socket.all.length;
  stop = followEpr(launched);
  await waitFor(() => {
    expect(Socket.all.length).toBeGreaterThan(before);
  });
  last().confirm();
  return last();
}
const is = (what: string) =>
  waitFor(() => {
    expect(presentCast().is).toBe(what);
  });

beforeEach(() => {
  vi.stubGlobal("WebSocket", Socket);
  Socket.all = [];
  sessionStorage.clear();
  tellCastSoon({ is: "apart" });
  hold(launched);
  smart.come = null;
  returned(); // the page that left in the test before
  server.answers.set("/smart/cast", { status: 202, body: { "hub.channel.endpoint": endpoint } });
  context("e1");
});
afterEach(() => {
  stop();
  cleanup();
  vi.unstubAllGlobals();
});

describe("a view that an EPR has opened", () => {
  test("asks whom the EPR shows before it shows anybody", async () => {
    const connecting = connected();
    expect(shows(presentCast())).toBe(false); // nothing has been answered yet
    const socket = await connecting;
    await is("follows");
    expect(sentTo("/smart/cast")[0]?.variables).toMatchObject({ "hub.channel.type": "websocket", "hub.mode": "subscribe", "hub.topic": "t1" });
    socket.event("Patient-open", "e1"); // the hub tells the present context too
    expect(socket.answers).toEqual([JSON.stringify({ id: "e1", status: "200" })]);
    expect(presentCast().is).toBe("follows");
  });

  test("shows nothing any more by the time it has heard that the EPR moved, and follows", async () => {
    const socket = await connected();
    await is("follows");
    let when = "";
    vi.spyOn(socket, "send").mockImplementation(() => {
      when = presentCast().is;
    });
    server.answers.set("/smart/cast/t1/follow", { status: 201, body: { launch: "l-2" } });
    socket.event("patient-OPEN", "e2");
    expect(presentCast().is).toBe("moving");
    expect(when).toBe("moving"); // the answer, for which the EPR waits, comes after
    await waitFor(() => {
      expect(smart.left).toHaveLength(1);
    });
    const asked = new URL(smart.left[0] ?? "").searchParams;
    expect([asked.get("launch"), asked.get("scope")]).toEqual(["l-2", expect.stringContaining("fhircast/")]);
    expect(sentTo("/smart/cast/t1/follow")[0]?.variables).toEqual({ id: "e2" });
    expect(Object.keys(sessionStorage).filter((k) => k.startsWith("patchwork-launched-"))).toEqual([]);
  });

  test("of two moves only the last is followed", async () => {
    const socket = await connected();
    await is("follows");
    let let2: (v: { status: number; body: object }) => void = () => undefined;
    server.answers.set("/smart/cast/t1/follow", ({ variables }) => (variables.id === "e2" ? new Promise((resolve) => (let2 = resolve)) : { status: 201, body: { launch: "l-3" } }));
    socket.event("Patient-open", "e2");
    await waitFor(() => {
      expect(sentTo("/smart/cast/t1/follow")).toHaveLength(1);
    });
    socket.event("Patient-open", "e3");
    await waitFor(() => {
      expect(smart.left).toHaveLength(1);
    });
    let2({ status: 201, body: { launch: "l-2" } });
    expect(new URL(smart.left[0] ?? "").searchParams.get("launch")).toBe("l-3");
  });

  test("shows the same patient again without another launch", async () => {
    const socket = await connected();
    await is("follows");
    server.answers.set("/smart/cast/t1/follow", { same: true });
    socket.event("Patient-open", "e2");
    await is("follows");
    expect(smart.left).toEqual([]);
  });

  test.each([400, 403, 404, 409])("closes and says so where it cannot follow (%d), and tells the hub", async (status) => {
    const socket = await connected();
    await is("follows");
    server.answers.set("/smart/cast/t1/follow", { status, body: null });
    socket.event("Patient-open", "e2");
    await is("refused");
    await waitFor(() => {
      expect(JSON.stringify(sentTo("/smart/cast").at(-1)?.variables)).toContain("SyncError");
    });
    expect(JSON.stringify(sentTo("/smart/cast").at(-1)?.variables)).toContain('"code":"e2"');
    server.answers.set("/smart/cast/t1/follow", { status: 201, body: { launch: "l-3" } });
    socket.event("Patient-open", "e3");
    await waitFor(() => {
      expect(smart.left).toHaveLength(1);
    });
  });

  test("closes with the patient", async () => {
    const socket = await connected();
    await is("follows");
    socket.event("Patient-close", "e2");
    expect(presentCast().is).toBe("closed");
    socket.event("UserLogout", "e3");
    expect(presentCast().is).toBe("signed-out");
  });

  test("that is loaded again after the EPR moved or closed shows nobody", async () => {
    context("e9", false);
    await connected();
    await is("closed");
    stop();
    context("e9");
    server.answers.set("/smart/cast/t1/follow", { status: 404, body: null });
    await connected();
    await is("refused");
  });

  test("says when the connection is lost, comes again, and asks whom the EPR shows before it says that it follows", async () => {
    const socket = await connected();
    await is("follows");
    context("e2");
    server.answers.set("/smart/cast/t1/follow", { status: 404, body: null });
    socket.onclose?.();
    expect(presentCast().is).toBe("unsure");
    await waitFor(
      () => {
        expect(Socket.all).toHaveLength(2);
      },
      { timeout: 3000 },
    );
    last().confirm();
    await is("refused");
  });

  test("connects to no other host", async () => {
    server.answers.set("/smart/cast", { status: 202, body: { "hub.channel.endpoint": "wss://evil.example/x" } });
    stop = followEpr(launched);
    await is("unsure");
    expect(Socket.all).toEqual([]);
  });
});

test("a connection that is silent for longer than two beats is over", () => {
  vi.useFakeTimers();
  const over = vi.fn();
  const end = listen(endpoint, { confirmed: () => undefined, happened: () => 200, over });
  vi.advanceTimersByTime(20_000);
  last().event("heartbeat", "b1");
  vi.advanceTimersByTime(20_000);
  expect(over).not.toHaveBeenCalled();
  expect(last().answers).toEqual([]);
  vi.advanceTimersByTime(6_000);
  expect(over).toHaveBeenCalledOnce();
  expect(last().closed).toBe(true);
  end();
  vi.useRealTimers();
});

test("nothing of the last patient is in the page when the event has been heard", async () => {
  server.answers.set("/auth/session", facts());
  render(<Launched grant={launched} />);
  await waitFor(() => {
    expect(Socket.all).toHaveLength(1);
  });
  expect(document.querySelector("main [data-patient]")).toBeNull();
  last().confirm();
  await screen.findByText(/limited to this patient/);
  server.answers.set("/smart/cast/t1/follow", { status: 404, body: null });
  last().event("Patient-open", "e2");
  expect(screen.queryByText(/limited to this patient/)).toBeNull();
  screen.getByText(/Another patient was opened in Westmarch EPR/);
  await screen.findByRole("heading", { name: /cannot be opened here/ });
});
