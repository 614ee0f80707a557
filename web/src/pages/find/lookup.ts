import { ApiError, run } from "../../api";
import { LookupDocument } from "../../api/generated/graphql";

/** From an NHS number to the opaque id; throws ApiError with the server's own sentence. */
export async function lookup(nhsNumber: string, signal?: AbortSignal): Promise<string> {
  const answer = await run(LookupDocument, { nhsNumber }, signal);
  const id = answer.data?.patientByNHSNumber?.id;
  if (id !== undefined) return id;
  const said = answer.problems[0];
  throw new ApiError(said?.message ?? "Nothing came back", said?.code ?? "UNREADABLE", said?.requestId ?? answer.requestId);
}

/** The sentence for an error, with the request id where people need help with it. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return "Something went wrong on this page";
  const helpless = ["INTERNAL", "UNREADABLE", "AUDIT_UNAVAILABLE"].includes(error.code) && error.requestId !== "";
  const message = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  return helpless ? `${message} (request ${error.requestId})` : message;
}
