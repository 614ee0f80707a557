import type { TypedDocumentString } from "./generated/graphql";

/** Why nothing was answered. docs/api/errors.md. */
export class GraphError extends Error {
  constructor(
    message: string,
    readonly code: string,
    /** Whether the same request may go well later. */
    readonly retryable: boolean,
    /** After how many seconds; 0 if the server did not say. */
    readonly retryAfter: number,
    readonly requestId: string,
  ) {
    super(message);
  }
}

interface Said<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string; readonly retryable?: boolean; readonly requestId?: string } }[];
}

/** Runs an operation with the types of its own; throws GraphError if there is no data. */
export async function ask<Data, Variables>(base: string, token: string, operation: TypedDocumentString<Data, Variables>, variables: Variables, signal?: AbortSignal): Promise<Data> {
  const id: unknown = operation.__meta__?.["id"];
  const first = await post<Data>(base, token, { documentId: id, variables }, signal);
  // Not registered with this server, which may run texts all the same.
  const answer = first.error?.code === "PERSISTED_QUERY_NOT_FOUND" ? await post<Data>(base, token, { query: operation.toString(), variables }, signal) : first;
  if (answer.data === null) throw answer.error ?? new GraphError("Nothing came back", "INTERNAL", false, 0, "");
  return answer.data;
}

async function post<Data>(base: string, token: string, body: object, signal?: AbortSignal): Promise<{ readonly data: Data | null; readonly error: GraphError | null }> {
  const response = await fetch(`${base}/graphql`, {
    method: "POST",
    credentials: "omit", // a token, and never a cookie
    cache: "no-store", // it is somebody's record
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
  const said = (await response.json()) as Said<Data>;
  const error = said.errors?.[0];
  const whole = (said.data ?? null) !== null && Object.values(said.data ?? {}).some((root) => root !== null);
  if (error === undefined || whole) return { data: said.data ?? null, error: null };
  const { code = "INTERNAL", retryable = false, requestId = "" } = error.extensions ?? {};
  return { data: null, error: new GraphError(error.message, code, retryable, Number(response.headers.get("Retry-After") ?? 0), requestId) };
}
