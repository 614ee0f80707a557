import { ApiError, ask } from "../../api";
import { LookupDocument } from "../../api/generated/graphql";
import { navigate } from "../../history";
import { paths } from "../../paths";
import { formatDate } from "../../ui/dates";

/**
 * From an NHS number to the opaque id; throws ApiError with the server's own sentence.
 * `born` is YYYY-MM-DD: whoever has another birth date is not the one that was meant.
 */
export async function lookup(nhsNumber: string, born = ""): Promise<string> {
  const found = await ask(LookupDocument, { nhsNumber, born: born !== "" }, (data) => data.patientByNHSNumber);
  // Withheld or not known, it is the reader who compares.
  if (born !== "" && found.birthDate && found.birthDate !== born) {
    throw new ApiError(`The person with this NHS number was born ${formatDate(found.birthDate)}, and not ${formatDate(born)}. Check who is meant`, "OTHER_BIRTH_DATE");
  }
  return found.id;
}

/** What finding somebody usually leads to. */
export function openRecord(id: string): void {
  navigate(paths.patient(id));
}
