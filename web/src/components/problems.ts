import { ApiError } from "../api";
import { inWords } from "../ui/words";

/** The sentence for an error: with the request id where people need help with it, and with how long to wait where that is known. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return "Something went wrong on this page";
  // Its lines begin with ids of policies, which are never upper case.
  if (error.code === "POLICY_REFUSED") return error.message;
  const helpless = ["INTERNAL", "UNREADABLE", "AUDIT_UNAVAILABLE"].includes(error.code) && error.requestId !== "";
  const message = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  if (helpless) return `${message} (request ${error.requestId})`;
  if (error.retryAfter <= 0) return message;
  // The server's own "in a few minutes" is said more exactly.
  return `${message.replace(/\.? Try again in a few minutes\.?$/, "").replace(/\.$/, "")}. You can try again in ${inWords(error.retryAfter)}`;
}
