import { ApiError } from "../api";
import { inWords } from "../ui/words";

/** The sentence for an error: with the request id where people need help with it, and with how long to wait where that is known. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return "Something went wrong on this page";
  const helpless = ["INTERNAL", "UNREADABLE", "AUDIT_UNAVAILABLE"].includes(error.code) && error.requestId !== "";
  const message = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  if (helpless) return `${message} (request ${error.requestId})`;
  return error.retryAfter > 0 ? `${message.replace(/\.$/, "")}. You can try again in ${inWords(error.retryAfter)}` : message;
}
