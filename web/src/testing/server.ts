import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { hold, unload } from "../smart/grant";
import operations from "../api/generated/persisted-documents.json";
import { grant } from "./fixtures";

/* A real HTTP server on loopback that answers the viewer's operations with what a test says. */

/** The viewer's operations by their ids, as the server has them. */
const registered = new Map(Object.entries(operations));

/** What was sent: an operation by its name, or a path. A form's fields are its variables. */
export interface Sent {
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** It said that it is no use of the session. */
  readonly passive: boolean;
  /** The token it was sent with; "" for none. */
  readonly bearer: string;
}

/** An answer with a status of its own. */
export interface Whole {
  readonly status: number;
  readonly body: object | null;
  readonly headers?: Readonly<Record<string, string>>;
}

type Answer = Readonly<Record<string, unknown>> | Whole;

export interface TestServer {
  /** Everything sent since the test began. */
  readonly sent: Sent[];
  /** How an operation (by its name) or a path is answered; a function is given what was sent. */
  readonly answers: Map<string, Answer | ((sent: Sent) => Answer | Promise<Answer>)>;
  /** Tells every open stream of a subscription, by its name, what has changed. */
  readonly tell: (name: string, answer: Answer) => void;
}

/** A refusal beside the data, as the server words it. */
export function refused(code: string, message: string): Answer {
  return { data: null, errors: [{ message, extensions: { code, requestId: "req-7" } }] };
}

function isWhole(answer: Answer): answer is Whole {
  return "status" in answer && "body" in answer;
}

/** The server of a test file; it starts before the tests and stops after them. The page has access at first, unless a test is about how it comes by it. */
export function serve(access: "granted" | "none" = "granted"): TestServer {
  const streams = new Map<string, Set<ServerResponse>>();
  const told: TestServer = {
    sent: [],
    answers: new Map(),
    tell: (name, answer) => {
      streams.get(name)?.forEach((response) => response.write(`event: next\ndata: ${JSON.stringify(answer)}\n\n`));
    },
  };
  const originalFetch = globalThis.fetch;
  const own = typeof window === "undefined" ? "" : window.location.origin;
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const text = Buffer.concat(parts).toString() || "{}";
        const form = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
        const body = (form ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text)) as { query?: string; documentId?: string; variables?: Record<string, unknown> };
        const query = body.query ?? registered.get(body.documentId ?? "") ?? "";
        const name = /(?:query|mutation|subscription) (\w+)/.exec(query)?.[1] ?? request.url ?? "";
        const sent: Sent = { name, variables: body.variables ?? { ...body }, passive: request.headers["x-patchwork-passive"] === "1", bearer: /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "" };
        told.sent.push(sent);
        const known = told.answers.get(name);
        if (known === undefined && query.includes("subscription ")) {
          streams.set(name, (streams.get(name) ?? new Set()).add(response));
          response.on("close", () => streams.get(name)?.delete(response));
          response.writeHead(200, { "Content-Type": "text/event-stream" });
          response.flushHeaders();
          return;
        }
        const answer = typeof known === "function" ? known(sent) : (known ?? refused("INTERNAL", `the test does not answer ${name}`));
        void Promise.resolve(answer).then((said) => {
          const whole: Whole = isWhole(said) ? said : { status: 200, body: said };
          response.writeHead(whole.status, { "Content-Type": "application/json", "X-Request-Id": "req-7", ...whole.headers });
          response.end(whole.body === null ? "" : JSON.stringify(whole.body));
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // The viewer asks its own origin; outside a browser an address needs one.
    globalThis.fetch = (input, init) => originalFetch(new URL((input as string).replace(own, ""), base), init);
  });
  beforeEach(() => {
    told.sent.length = 0;
    told.answers.clear();
    unload();
    if (access === "granted") hold(grant());
  });
  afterAll(() => {
    globalThis.fetch = originalFetch;
    server.closeAllConnections();
    server.close();
  });
  return told;
}
