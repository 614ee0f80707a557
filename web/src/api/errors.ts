/** Why a request to the server came to nothing; the message can be shown. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    message: string,
    /** The server's code, or NETWORK, SIGNED_OUT or UNREADABLE where there was none. */
    readonly code: string,
    /** Leads the people who run the server to the details; empty if none came back. */
    readonly requestId = "",
    /** After how many seconds it is worth trying again; 0 if the server did not say. */
    readonly retryAfter = 0,
    /** Which of the inputs the server means; empty if it did not say. */
    readonly field = "",
  ) {
    super(message);
  }
}

/** A problem that came beside the data of a GraphQL answer. */
export interface Problem {
  readonly message: string;
  readonly code: string;
  readonly requestId: string;
  readonly path: readonly (string | number)[];
  /** Which of the inputs the server means; left out if it did not say. */
  readonly field?: string;
}

/** Reports whether the request was given up by us, for example because another patient is open now. */
export function wasAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
