// @vitest-environment jsdom
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { hold, unload } from "../smart/grant";
import { grant } from "../testing/fixtures";
import { LookupDocument } from "./generated/graphql";
import { run } from "./graphql";
import { confirmPassword, currentSession } from "./session";
import { signIn, signOut } from "./signin";
import { locked, send, signedOut } from "./transport";

/* The api layer against a real HTTP server on loopback. */

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let server: Server;
let seen: Seen[] = [];
interface Told {
  readonly status: number;
  readonly body: string;
  readonly hang?: boolean;
  readonly headers?: Record<string, string>;
  /** What other paths are answered. */
  readonly later?: Record<string, { status: number; body: string }>;
}
let answer: Told = { status: 200, body: "{}" };
const originalFetch = globalThis.fetch;

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body: Buffer.concat(parts).toString() });
      if (answer.hang) return;
      const { status, body } = answer.later?.[request.url ?? ""] ?? answer;
      response.writeHead(status, { "Content-Type": "application/json", "X-Request-Id": "req-7", ...answer.headers });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The viewer asks its own origin; outside a browser an address needs one.
  globalThis.fetch = (input, init) => originalFetch(new URL(input as string, base), init);
});

afterAll(() => {
  globalThis.fetch = originalFetch;
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  seen = [];
  unload();
  hold(grant());
});

test("an operation is a POST with the header that another site cannot send", async () => {
  answer = { status: 200, body: JSON.stringify({ data: { patientByNHSNumber: { id: "p1" } } }) };
  const got = await run(LookupDocument, { nhsNumber: "943 500 0010" });
  expect(got.data?.patientByNHSNumber?.id).toBe("p1");
  expect(got.requestId).toBe("req-7");
  const [request] = seen;
  expect(request?.method).toBe("POST");
  expect(request?.url).toBe("/graphql"); // the number is in no address
  expect(request?.headers["x-patchwork-request"]).toBe("viewer");
  expect(request?.headers["content-type"]).toBe("application/json");
  expect(request?.headers["cache-control"]).toBe("no-cache"); // cache: no-store on the wire
  expect(JSON.parse(request?.body ?? "")).toMatchObject({ variables: { nhsNumber: "943 500 0010" } });
});

test("problems carry code and request id, beside whatever data there is", async () => {
  answer = {
    status: 200,
    body: JSON.stringify({ data: { patientByNHSNumber: null }, errors: [{ message: "There is no such person", path: ["patientByNHSNumber"], extensions: { code: "PATIENT_NOT_FOUND", requestId: "req-8" } }] }),
  };
  const got = await run(LookupDocument, { nhsNumber: "9435000010" });
  expect(got.data).toEqual({ patientByNHSNumber: null });
  expect(got.problems).toEqual([{ message: "There is no such person", code: "PATIENT_NOT_FOUND", requestId: "req-8", path: ["patientByNHSNumber"] }]);
});

test("401 says so to the whole viewer", async () => {
  answer = { status: 401, body: JSON.stringify({ errors: [{ message: "Sign in first", extensions: { code: "UNAUTHENTICATED" } }] }) };
  let told = 0;
  const listen = () => (told += 1);
  signedOut.addEventListener("signed-out", listen);
  await expect(run(LookupDocument, { nhsNumber: "1" })).rejects.toMatchObject({ code: "SIGNED_OUT", requestId: "req-7" });
  signedOut.removeEventListener("signed-out", listen);
  expect(told).toBe(1);
});

test.each([
  [503, JSON.stringify({ error: { code: "unavailable", message: "Not now" } }), "unavailable", "Not now"],
  [502, "<html>bad gateway</html>", "UNREADABLE", "The server answered 502"],
  [200, "not json", "UNREADABLE", "The server answered 200"],
  [200, "[]", "UNREADABLE", "The server answered 200"],
])("an answer that is none: %i %s", async (status, body, code, message) => {
  answer = { status, body };
  await expect(run(LookupDocument, { nhsNumber: "1" })).rejects.toMatchObject({ name: "ApiError", code, message, requestId: "req-7" });
});

test("a request that was superseded ends as aborted, not as an error to show", async () => {
  answer = { status: 200, body: "", hang: true };
  const controller = new AbortController();
  const running = run(LookupDocument, { nhsNumber: "1" }, controller.signal);
  const ended = expect(running).rejects.toMatchObject({ name: "AbortError" });
  await expect.poll(() => seen.length).toBe(1); // it must not arrive in the next test
  controller.abort();
  await ended;
});

test("signing in sends JSON and gives the session's facts", async () => {
  answer = { status: 200, body: JSON.stringify({ name: "Dr Penhaligon", role: "gp", organisation: { ods: "Z99001", name: "Lantern Row Surgery" }, careSetting: "gp", purpose: "TREAT", expires: "2026-11-21T19:00:00Z" }) };
  const session = await signIn("local", { username: "gp", password: "secret", code: "" });
  expect(session.organisation).toEqual({ ods: "Z99001", name: "Lantern Row Surgery" });
  expect(seen[0]).toMatchObject({ method: "POST", url: "/auth/login", body: '{"login":"local","username":"gp","password":"secret"}' });
});

test("a refused sign-in has the server's sentence", async () => {
  answer = { status: 401, body: JSON.stringify({ error: { code: "refused", message: "The user name or the password is not right" } }) };
  await expect(signIn("local", { username: "gp", password: "wrong", code: "" })).rejects.toMatchObject({ message: "The user name or the password is not right", code: "refused" });
});

test("a password is confirmed by a POST of its own, which answers with nothing", async () => {
  answer = { status: 204, body: "" };
  await confirmPassword("secret");
  expect(seen[0]).toMatchObject({ method: "POST", url: "/auth/confirm", body: '{"password":"secret"}' });
  expect(seen[0]?.headers["x-patchwork-request"]).toBe("viewer");
});

test.each([
  [401, "refused", "", 0, 0],
  [401, "not-signed-in", "", 0, 1],
  [409, "not-by-password", "", 0, 0],
  [429, "locked", "300", 300, 0],
])("a confirmation refused with %i %s: only a lost session signs the viewer out", async (status, code, retryAfter, seconds, expected) => {
  answer = { status, body: JSON.stringify({ error: { code, message: "No" } }), ...(retryAfter ? { headers: { "Retry-After": retryAfter } } : {}) };
  let told = 0;
  const listen = () => (told += 1);
  signedOut.addEventListener("signed-out", listen);
  await expect(confirmPassword("any")).rejects.toMatchObject({ code, retryAfter: seconds });
  signedOut.removeEventListener("signed-out", listen);
  expect(told).toBe(expected);
});

test("nobody signed in is null, not an error", async () => {
  answer = { status: 401, body: "{}" };
  expect(await currentSession()).toBeNull();
});

test("a sign-out that failed is not silent", async () => {
  answer = { status: 503, body: JSON.stringify({ error: { code: "unavailable", message: "Not now" } }) };
  await expect(signOut()).rejects.toMatchObject({ code: "unavailable" });
});

test("what nobody asked for just now says so; what somebody did does not", async () => {
  answer = { status: 200, body: "{}" };
  await run(LookupDocument, { nhsNumber: "1" }, undefined, "passive").catch(() => null);
  await run(LookupDocument, { nhsNumber: "1" }).catch(() => null);
  await currentSession();
  expect(seen.map((s) => s.headers["x-patchwork-passive"])).toEqual(["1", undefined, "1"]);
});

test("423 says to the whole viewer that the session is locked", async () => {
  answer = { status: 423, body: JSON.stringify({ error: { code: "session-locked", message: "Locked" } }) };
  let told = 0;
  const listen = () => (told += 1);
  locked.addEventListener("locked", listen);
  await expect(run(LookupDocument, { nhsNumber: "1" })).rejects.toMatchObject({ code: "session-locked" });
  locked.removeEventListener("locked", listen);
  expect(told).toBe(1);
});

test("a request that a new cookie overtook is sent once more, and only once", async () => {
  answer = { status: 401, body: "{}" };
  const overtaken = send("GET", "/overtaken");
  // The confirmation is sent while the request is under way, and succeeds.
  answer = { status: 401, body: "{}", later: { "/auth/confirm": { status: 204, body: "" } } };
  await Promise.all([overtaken, confirmPassword("secret")]);
  expect(seen.filter((s) => s.url === "/overtaken")).toHaveLength(2);
  expect((await overtaken).status).toBe(401);
});

test("without a new cookie 401 is 401 at once; a wrong password brings none", async () => {
  answer = { status: 401, body: JSON.stringify({ error: { code: "refused", message: "No" } }) };
  await Promise.all([send("GET", "/lost"), confirmPassword("wrong").catch(() => null)]);
  await send("GET", "/lost");
  expect(seen.filter((s) => s.url === "/lost")).toHaveLength(2);
});

test.each([
  [{ name: "Riverside Hospital", url: "https://id.riverside.example/logout?x=1" }, { name: "Riverside Hospital", url: "https://id.riverside.example/logout?x=1" }],
  [{ name: "Evil", url: "javascript:alert(1)" }, null],
  [{ name: "Evil", url: " javascript:alert(1)" }, null],
  [{ name: "Evil", url: "//evil.example" }, null],
  [null, null],
])("signing out at the provider too is offered for %j", async (provider, expected) => {
  answer = { status: 200, body: JSON.stringify({ provider }) };
  expect(await signOut()).toEqual(expected);
});

test("the session's times are on this computer's clock, whatever the server's says", async () => {
  const aheadByAnHour = new Date(Date.now() + 3_600_000);
  answer = { status: 200, body: JSON.stringify({ expires: new Date(aheadByAnHour.getTime() + 60_000).toISOString(), idle: 900 }), headers: { Date: aheadByAnHour.toUTCString() } };
  const session = await currentSession();
  expect(session?.idle).toBe(900_000);
  expect(Math.abs((session?.ends ?? 0) - Date.now() - 60_000)).toBeLessThan(3000);
});

test.each([
  ["/graphql", { data: null, errors: [{ message: "Busy", extensions: { code: "OVERLOADED" } }] }],
  ["/auth/renew", { error: { code: "overloaded", message: "Busy" } }],
])("what the server is too busy for is sent again when it says (%s)", async (path, busy) => {
  let refusals = 2;
  answer = {
    get status() {
      return seen.filter((r) => r.url === path).length <= refusals ? 503 : 200;
    },
    get body() {
      return seen.filter((r) => r.url === path).length <= refusals ? JSON.stringify(busy) : `{"data":{"done":true}}`;
    },
    headers: { "Retry-After": "0.01" },
  };
  hold(grant());
  expect((await send("POST", path, { body: {} })).status).toBe(200);
  expect(seen.filter((r) => r.url === path)).toHaveLength(3);

  refusals = 1000;
  seen = [];
  expect((await send("POST", path, { body: {} })).status).toBe(503);
  expect(seen.filter((r) => r.url === path)).toHaveLength(5);

  seen = [];
  const gone = new AbortController();
  answer = { ...answer, status: 503, body: JSON.stringify(busy), headers: { "Retry-After": "60" } };
  const asked = send("POST", path, { body: {}, signal: gone.signal });
  await expect.poll(() => seen.length).toBe(1);
  gone.abort();
  await expect(asked).rejects.toThrow("superseded");
});

test.each([
  ["another refusal", 503, { data: null, errors: [{ message: "No audit", extensions: { code: "AUDIT_UNAVAILABLE" } }] }],
  ["an answer", 200, { data: null, errors: [{ message: "Busy", extensions: { code: "OVERLOADED" } }] }],
])("%s is not sent again", async (_, status, body) => {
  answer = { status, body: JSON.stringify(body), headers: { "Retry-After": "0.01" } };
  hold(grant());
  expect((await send("POST", "/graphql", { body: {} })).status).toBe(status);
  expect(seen.filter((r) => r.url === "/graphql")).toHaveLength(1);
});
