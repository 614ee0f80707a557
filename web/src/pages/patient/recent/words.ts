import { formatDay } from "../../../ui/dates";
import { formatNHSNumber } from "../../../ui/nhsNumber";
import type { RecentPerson } from "./useRecent";

/** Who it is, as far as this reader may know it now. */
export function nameOf({ patient }: RecentPerson): string {
  return patient.person?.name?.text ?? "Somebody whose name is not there now";
}

/** What tells people of one name apart. */
export function tellsApart({ patient }: RecentPerson): string {
  const born = patient.birthDate ?? patient.person?.birthDate;
  return [born ? `born ${formatDay(born)}` : "", patient.nhsNumber ? `NHS No. ${formatNHSNumber(patient.nhsNumber)}` : ""].filter(Boolean).join(", ");
}
