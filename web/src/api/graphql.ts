import { ApiError, type Problem } from "./errors";
import type { TypedDocumentString } from "./generated/graphql";
import { isObject, type Json, text } from "./json";
import { type Asked, asked, unknownThere, whole } from "./operation";
import { refusal, send, signedOut } from "./transport";

export interface Answer<Data> {
  /** What was answered; null if nothing was. */
  readonly data: Data | null;
  /** What went wrong beside it. */
  readonly problems: readonly Problem[];
  readonly requestId: string;
}

/** Runs one operation. Throws ApiError if there is no GraphQL answer at all. Passive is what nobody asked for just now. */
export async function run<Data, Variables>(
  operation: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
  passive?: "passive",
): Promise<Answer<Data>> {
  const post = (said: Asked) => send("POST", "/graphql", { body: { ...said, variables }, signal, passive: passive === "passive" });
  let reply = await post(asked(operation));
  // Nothing was done, so that doing it again does nothing twice.
  if (unknownThere(answerOf(reply.body, "").problems[0]?.code)) reply = await post(await whole(operation));
  const { body, requestId } = reply;
  const answer = answerOf<Data>(body, requestId);
  if (reply.status === 401 || answer.problems.some((p) => p.code === "UNAUTHENTICATED")) {
    signedOut.dispatchEvent(new Event("signed-out"));
    throw new ApiError("You are not signed in", "SIGNED_OUT", requestId);
  }
  if (!isObject(body) || (!("data" in body) && answer.problems.length === 0)) throw refusal(reply);
  return answer;
}

/** Reads one answer of GraphQL; nothing but problems, or not even those, if it is none. */
export function answerOf<Data>(body: unknown, requestId: string): Answer<Data> {
  if (!isObject(body)) return { data: null, problems: [], requestId };
  const problems = Array.isArray(body.errors) ? body.errors.filter(isObject).map((e) => problemOf(e, requestId)) : [];
  // The shape of `data` is the schema's promise, which the server's tests keep.
  return { data: (body.data ?? null) as Data | null, problems, requestId };
}

/** Runs an operation of which one field is wanted; throws the server's own sentence if it is not there. */
export async function ask<Data, Variables, Wanted>(
  operation: TypedDocumentString<Data, Variables>,
  variables: Variables,
  wanted: (data: Data) => Wanted | null | undefined,
  signal?: AbortSignal,
): Promise<Wanted> {
  const answer = await run(operation, variables, signal);
  const found = answer.data === null ? null : wanted(answer.data);
  if (found !== null && found !== undefined) return found;
  const said = answer.problems[0];
  throw new ApiError(said?.message ?? "Nothing came back", said?.code ?? "UNREADABLE", said?.requestId ?? answer.requestId, 0, said?.field);
}

function problemOf(error: Json, requestId: string): Problem {
  const extensions = isObject(error.extensions) ? error.extensions : {};
  const path = Array.isArray(error.path) ? error.path : [];
  return {
    message: text(error.message),
    code: text(extensions.code),
    requestId: text(extensions.requestId) || requestId,
    path: path.filter((p): p is string | number => typeof p === "string" || typeof p === "number"),
    ...(text(extensions.field) === "" ? {} : { field: text(extensions.field) }),
  };
}
