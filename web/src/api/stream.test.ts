// @vitest-environment jsdom
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { forget, hold, unload } from "../smart/grant";
import { grant } from "../testing/fixtures";
import { type ListChangedSubscription, ListChangedDocument } from "./generated/graphql";
import { locked, signedOut } from "./transport";
import { subscribe } from "./stream";

/* A real server that speaks GraphQL over SSE, and breaks off as servers and networks do. */

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

const quick = { pauses: [10, 20], silence: 300, good: 100_000 };
const originalFetch = globalThis.fetch;
let server: Server;
let asked: IncomingMessage["headers"][] = [];
let bodies: string[] = [];
let gone = 0;
let edition = 0;
let answers: Serve[] = [];
let stops: (() => void)[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.headers);
    const test = edition;
    response.shouldKeepAlive = false; // a connection of the last test is no failure of the next
    response.on("close", () => {
      if (test === edition) gone++;
    });
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      bodies.push(body);
      (answers.shift() ?? quiet)(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  globalThis.fetch = (input, init) => originalFetch(new URL((input as string).replace(window.location.origin, ""), base), init);
});
beforeEach(() => {
  asked = [];
  bodies = [];
  gone = 0;
  edition++;
  answers = [];
  unload();
  hold(grant());
});
afterEach(() => {
  stops.forEach((stop) => {
    stop();
  });
  stops = [];
  server.closeAllConnections();
});
afterAll(() => {
  globalThis.fetch = originalFetch;
  server.close();
});

function begin(response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/event-stream", "X-Request-Id": "req-9" });
  response.flushHeaders();
}
function next(version: number): string {
  return `event: next\ndata: {"data":{"listChanged":{"id":"l1","version":${version}}}}\n\n`;
}
function refusal(code: string): string {
  return `event: next\ndata: ${JSON.stringify({ data: { listChanged: null }, errors: [{ message: "No such list", path: ["listChanged"], extensions: { code } }] })}\n\n`;
}
const quiet: Serve = (_, response) => {
  begin(response);
};
const telling = (...pieces: string[]): Serve => (_, response) => {
  begin(response);
  for (const piece of pieces) response.write(piece);
};
const ending = (...pieces: string[]): Serve => (_, response) => {
  begin(response);
  response.end(pieces.join(""));
};
const refusing = (status: number, body: object): Serve => (_, response) => {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
};

function follow(timing = quick) {
  const heard = { versions: [] as number[], live: [] as boolean[], over: [] as string[] };
  const stop = subscribe(
    ListChangedDocument,
    { id: "l1" },
    {
      next: (answer: { data: ListChangedSubscription | null }) => heard.versions.push(answer.data?.listChanged?.version ?? -1),
      live: (live) => heard.live.push(live),
      over: (why) => heard.over.push(why.code),
    },
    timing,
  );
  stops.push(stop);
  return { ...heard, stop };
}

test("asks as a page does: by token, without cookie, and as no use of the session", async () => {
  answers = [telling(next(1))];
  const heard = follow();
  await expect.poll(() => heard.versions).toEqual([1]);
  expect(asked[0]).toMatchObject({ accept: "text/event-stream", authorization: "Bearer token-1", "x-patchwork-request": "viewer", "x-patchwork-passive": "1", "content-type": "application/json" });
  expect(asked[0]?.cookie).toBeUndefined();
  expect(JSON.parse(bodies[0] ?? "")).toEqual({ documentId: expect.stringMatching(/^[0-9a-f]{64}$/) as string, variables: { id: "l1" } });
  expect(heard.live).toEqual([true]);
});

test("a server that does not know the id is asked by the whole text, and at once", async () => {
  answers = [refusing(200, { data: null, errors: [{ message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }] }), telling(next(1))];
  const heard = follow();
  await expect.poll(() => heard.versions).toEqual([1]);
  expect(bodies[1]).toContain("subscription ListChanged");
  expect(bodies[1]).not.toContain("documentId");
  expect(heard.live).toEqual([true]);
});

test("an answer that comes in pieces, between heartbeats, is one", async () => {
  const whole = Buffer.from(`:\n\n${next(1)}: é\n\n${next(2)}`);
  answers = [
    (_, response) => {
      begin(response);
      for (const byte of whole) response.write(Buffer.from([byte]));
    },
  ];
  const heard = follow();
  await expect.poll(() => heard.versions).toEqual([1, 2]);
});

test("a connection that is lost is made again, and says so", async () => {
  answers = [ending(next(1)), (request) => request.socket.destroy(), refusing(503, { error: { code: "unavailable", message: "Not now" } }), telling(next(2))];
  const heard = follow();
  await expect.poll(() => heard.versions).toEqual([1, 2]);
  expect(asked).toHaveLength(4);
  const between = heard.live.slice(heard.live.indexOf(true) + 1, heard.live.lastIndexOf(true));
  expect(between.length).toBeGreaterThanOrEqual(3);
  expect(new Set(between)).toEqual(new Set([false]));
});

test("a server that says nothing any more, not even that it is there, is left", async () => {
  answers = [telling(next(1)), telling(next(2))];
  const heard = follow();
  await expect.poll(() => heard.versions).toEqual([1, 2]);
});

test("what follows `complete` is nobody's, and it is asked again", async () => {
  answers = [telling(next(1), "event: complete\ndata:\n\n", next(7)), telling(next(2))];
  const heard = follow({ ...quick, silence: 60_000 });
  await expect.poll(() => heard.versions).toEqual([1, 2]);
});

test("a token that is not taken is renewed once; then nobody is signed in", async () => {
  answers = [refusing(401, { errors: [{ message: "Sign in", extensions: { code: "UNAUTHENTICATED" } }] })];
  let told = 0;
  const listen = () => (told += 1);
  signedOut.addEventListener("signed-out", listen);
  follow();
  await expect.poll(() => told, { timeout: 5000 }).toBe(1);
  signedOut.removeEventListener("signed-out", listen);
  expect(asked).toHaveLength(1); // the grant of the test has nothing to renew it with
});

test("another token that is there by then is used", async () => {
  answers = [
    (request, response) => {
      hold(grant({ access: "token-2" }));
      refusing(401, {})(request, response);
    },
    telling(next(1)),
  ];
  const heard = follow();
  await expect.poll(() => heard.versions).toEqual([1]);
  expect(asked.map((h) => h.authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test.each(["LIST_NOT_FOUND", "FORBIDDEN"])("%s is over for good", async (code) => {
  answers = [telling(next(1), refusal(code), next(2))];
  const heard = follow();
  await expect.poll(() => heard.over).toEqual([code]);
  expect(heard.versions).toEqual([1]);
  await expect.poll(() => gone).toBe(1);
  expect(asked).toHaveLength(1);
});

test("a stream that has outlived its token is asked for again, and nobody is signed out by it", async () => {
  answers = [ending(next(1), refusal("UNAUTHENTICATED")), telling(next(2))];
  let told = 0;
  const listen = () => (told += 1);
  signedOut.addEventListener("signed-out", listen);
  const heard = follow();
  await expect.poll(() => heard.versions).toEqual([1, 2]);
  signedOut.removeEventListener("signed-out", listen);
  expect(told).toBe(0);
});

test("a refusal that may pass is asked again", async () => {
  answers = [ending(refusal("INTERNAL")), refusing(200, { data: null, errors: [{ message: "Not now", extensions: { code: "AUDIT_UNAVAILABLE" } }] }), telling(next(3))];
  const heard = follow();
  await expect.poll(() => heard.versions).toEqual([3]);
  expect(heard.over).toEqual([]);
});

test.each([
  ["the page goes", (stop: () => void) => { stop(); }],
  ["the user signs out", () => signedOut.dispatchEvent(new Event("signed-out"))],
  ["the session is locked", () => locked.dispatchEvent(new Event("locked"))],
])("when %s the connection goes too, and none is made again", async (_, end) => {
  answers = [telling(next(1))];
  const heard = follow();
  await expect.poll(() => heard.versions).toEqual([1]);
  end(heard.stop);
  await expect.poll(() => gone).toBe(1);
  expect(asked).toHaveLength(1);
  expect(heard.over).toEqual([]);
});

test("a session that is locked elsewhere locks this page", async () => {
  answers = [refusing(423, { error: { code: "session-locked", message: "Locked" } })];
  let told = 0;
  const listen = () => (told += 1);
  locked.addEventListener("locked", listen);
  const heard = follow();
  await expect.poll(() => told).toBe(1);
  locked.removeEventListener("locked", listen);
  expect(asked).toHaveLength(1);
  expect(heard.over).toEqual([]);
});

test("without any token nothing is asked", async () => {
  forget();
  let told = 0;
  const listen = () => (told += 1);
  signedOut.addEventListener("signed-out", listen);
  follow();
  await expect.poll(() => told).toBe(1);
  signedOut.removeEventListener("signed-out", listen);
  expect(asked).toEqual([]);
});

test("many who lose a server do not come back at once, and wait longer each time", async () => {
  const times: number[] = [];
  const drop: Serve = (request) => {
    times.push(performance.now());
    request.socket.destroy();
  };
  answers = [drop, drop, drop, telling(next(1))];
  const heard = follow({ pauses: [20, 200, 400], silence: 5000, good: 100_000 });
  await expect.poll(() => heard.versions, { timeout: 5000 }).toEqual([1]);
  expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan((times[1] ?? 0) - (times[0] ?? 0));
});

test("a page that nobody sees holds no connection, and hears everything when it is seen again", async () => {
  answers = [telling(next(1)), telling(next(5))];
  const heard = follow({ ...quick, silence: 60_000 });
  await expect.poll(() => heard.versions).toEqual([1]);
  const show = (state: string) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  };
  show("hidden");
  await expect.poll(() => gone).toBe(1);
  expect(asked).toHaveLength(1);
  show("visible");
  await expect.poll(() => heard.versions).toEqual([1, 5]);
});
