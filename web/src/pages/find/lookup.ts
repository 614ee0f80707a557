import { ask } from "../../api";
import { LookupDocument } from "../../api/generated/graphql";

/** From an NHS number to the opaque id; throws ApiError with the server's own sentence. */
export async function lookup(nhsNumber: string, signal?: AbortSignal): Promise<string> {
  const found = await ask(LookupDocument, { nhsNumber }, (data) => data.patientByNHSNumber, signal);
  return found.id;
}
