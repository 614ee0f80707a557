import { ApiError } from "./errors";
import { eventReader } from "./events";
import type { TypedDocumentString } from "./generated/graphql";
import { type Answer, answerOf } from "./graphql";
import { parse } from "./json";
import { type Asked, asked, unknownThere, whole } from "./operation";
import { locked, signedOut } from "./transport";
import { renewed, token } from "../smart/grant";

/*
 * Subscriptions by server-sent events: the protocol "GraphQL over SSE", each subscription
 * a connection of its own. `event: next` has an answer, `event: complete` ends it, and
 * comments only say that the server is still there. The browser's own EventSource can
 * send neither a body nor a token.
 */

/** What becomes of a subscription. */
export interface Heard<Data> {
  readonly next: (answer: Answer<Data>) => void;
  /** Whether changes arrive at present; before the first answer nobody knows. */
  readonly live: (live: boolean) => void;
  /** It is over for good: the server says that this may not be read, or is not there. */
  readonly over: (why: ApiError) => void;
}

/** How long each of a row of failures is waited after, in milliseconds; the last for ever. */
export const pauses = [500, 1000, 2000, 5000, 10_000, 30_000] as const;
/** After such a time without even a comment nobody is there any more. */
const silence = 45_000;
/** A connection that lasted so long was a good one: the next failure is the first again. */
const good = 5000;
/** What asking again does not change. */
const final: readonly string[] = ["LIST_NOT_FOUND", "FORBIDDEN", "BAD_INPUT", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "OPERATION_TOO_LARGE", "PERSISTED_ONLY"];

interface Timing {
  readonly pauses: readonly number[];
  readonly silence: number;
  readonly good: number;
}

/**
 * Follows a subscription until the returned function is called, the user signs out, the
 * session is locked, or the server says that it is over. It is no use of the session. A
 * page that nobody sees holds no connection: browsers have few of them for one server.
 */
export function subscribe<Data, Variables>(operation: TypedDocumentString<Data, Variables>, variables: Variables, heard: Heard<Data>, timing: Timing = { pauses, silence, good }): () => void {
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
  };
  signedOut.addEventListener("signed-out", stop, { signal: controller.signal });
  locked.addEventListener("locked", stop, { signal: controller.signal });
  void follow(operation, variables, heard, timing, controller);
  return stop;
}

async function follow<Data, Variables>(operation: TypedDocumentString<Data, Variables>, variables: Variables, heard: Heard<Data>, timing: Timing, controller: AbortController): Promise<void> {
  const { signal } = controller;
  let failures = 0;
  let said: Asked = asked(operation);
  while (!signal.aborted) {
    await inSight(signal);
    if (isOver(signal)) return;
    const began = performance.now();
    try {
      await connection(JSON.stringify({ ...said, variables }), heard, timing.silence, signal);
    } catch (error) {
      if (isOver(signal)) return;
      if ("documentId" in said && error instanceof ApiError && unknownThere(error.code)) {
        said = await whole(operation).catch(() => said);
        if ("query" in said) continue;
      }
      heard.live(false);
      if (error instanceof ApiError && (error.code === "SIGNED_OUT" || error.code === "session-locked")) return;
      if (error instanceof ApiError && final.includes(error.code)) {
        controller.abort();
        heard.over(error);
        return;
      }
    }
    if (isOver(signal)) return;
    heard.live(false);
    failures = performance.now() - began >= timing.good ? 0 : failures + 1;
    // Not all of those whom a server has lost come back in the same moment.
    const wait = timing.pauses[Math.min(Math.max(failures - 1, 0), timing.pauses.length - 1)] ?? 1000;
    await pause(wait * (0.75 + Math.random() / 2), signal);
  }
}

// A function, because the compiler would take the state before a wait for that after it.
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** One connection, until it ends; throws why it could not be, or could not go on. */
async function connection<Data>(body: string, heard: Heard<Data>, silence: number, signal: AbortSignal): Promise<void> {
  const own = new AbortController();
  const end = () => {
    own.abort();
  };
  const hidden = () => {
    if (document.visibilityState === "hidden") end();
  };
  signal.addEventListener("abort", end, { signal: own.signal });
  if (typeof document !== "undefined") document.addEventListener("visibilitychange", hidden, { signal: own.signal });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(end, silence);
  };
  try {
    alive();
    const response = await open(body, own.signal);
    await listen(response, heard, alive);
  } finally {
    clearTimeout(timer);
    end();
  }
}

/** Opens it with a token that lasts, or with another one if the server does not take that. */
async function open(body: string, signal: AbortSignal): Promise<Response> {
  const first = await token();
  if (first === null) throw out();
  const response = await post(body, first, signal);
  if (response.status !== 401) return checked(response);
  const second = await renewed(first);
  if (second === null) throw out();
  const again = await post(body, second, signal);
  if (again.status === 401) throw out();
  return checked(again);
}

function post(body: string, by: string, signal: AbortSignal): Promise<Response> {
  return fetch("/graphql", {
    method: "POST",
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    headers: {
      Accept: "text/event-stream",
      "Content-Type": "application/json",
      "X-Patchwork-Request": "viewer",
      "X-Patchwork-Passive": "1",
      Authorization: `Bearer ${by}`,
    },
    body,
    signal,
  });
}

/** What is a stream of events; throws what the server said instead. */
async function checked(response: Response): Promise<Response> {
  if (response.ok && response.headers.get("Content-Type")?.startsWith("text/event-stream")) return response;
  const body = parse(await response.text());
  if (response.status === 423) {
    locked.dispatchEvent(new Event("locked"));
    throw new ApiError("The session is locked", "session-locked");
  }
  throw refusedBy(answerOf(body, requestOf(response))) ?? new ApiError(`The server answered ${response.status}`, "UNREADABLE");
}

async function listen<Data>(response: Response, heard: Heard<Data>, alive: () => void): Promise<void> {
  const state = { ended: false };
  const request = requestOf(response);
  const read = eventReader(({ name, data }) => {
    if (name === "complete") state.ended = true;
    if (name !== "next" || state.ended) return;
    const answer = answerOf<Data>(parse(data), request);
    const refused = refusedBy(answer);
    if (refused !== null) throw refused;
    heard.live(true);
    heard.next(answer);
  });
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      read(decoder.decode(value, { stream: true }));
      if (state.ended) return;
    }
  } finally {
    // A refusal leaves the connection open behind it, unless it is closed here.
    void reader.cancel().catch(() => undefined);
  }
}

/** Why there is no data; null if there is. */
function refusedBy(answer: Answer<unknown>): ApiError | null {
  const said = answer.problems[0];
  const nothing = Object.values(answer.data ?? {}).every((field) => field === null);
  if (said === undefined || !nothing) return null;
  // A stream that has outlived its token is asked for again with another; then it shows who is signed in.
  return new ApiError(said.message, said.code, said.requestId);
}

function out(): ApiError {
  signedOut.dispatchEvent(new Event("signed-out"));
  return new ApiError("You are not signed in", "SIGNED_OUT");
}

function requestOf(response: Response): string {
  return response.headers.get("X-Request-Id") ?? "";
}

/** Waits until somebody sees the page. */
function inSight(signal: AbortSignal): Promise<void> {
  if (typeof document === "undefined" || document.visibilityState !== "hidden") return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState === "hidden" && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      signal.removeEventListener("abort", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look);
  });
}

/** Waits, or less if the network comes back. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    const network = typeof window === "undefined" ? null : window;
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      network?.removeEventListener("online", done);
      resolve();
    }
    signal.addEventListener("abort", done);
    network?.addEventListener("online", done);
  });
}
