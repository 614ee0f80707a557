import type { Completeness, Identity } from "../api";
import { age, formatDay } from "../ui/dates";
import { formatNHSNumber } from "../ui/nhsNumber";
import { coded } from "../ui/words";

/* NHS Common User Interface, patient banner. What is not known is "Not known", never a sign. */

export const notKnown = "Not known";

/** The four labels that PAB-0064 allows, and no other. */
export type AllergyLabel = "Known allergies" | "No known allergies" | "Allergies not recorded" | "Allergies unavailable";

/** Any doubt is "unavailable"; entries of any kind, even refuted ones, lead the reader to the card. */
export function allergyLabel(section: Pick<Completeness, "verdict"> | undefined): AllergyLabel {
  switch (section?.verdict) {
    case "KNOWN":
    case "KNOWN_INCOMPLETE":
    case "CONFLICT":
      return "Known allergies";
    case "NONE_KNOWN":
      return "No known allergies";
    case "NOT_RECORDED":
      return "Allergies not recorded";
    default:
      return "Allergies unavailable";
  }
}

export interface BannerFacts {
  readonly name: string;
  readonly born: string;
  readonly gender: string;
  readonly nhsNumber: string;
  readonly verified: boolean;
  /** null for the living. */
  readonly died: string | null;
  /** "" for the living, and where a date is missing. */
  readonly ageAtDeath: string;
}

export function bannerFacts(identity: Identity | null, today: string): BannerFacts {
  const person = identity?.person;
  const birthDate = person?.birthDate ?? identity?.birthDate ?? "";
  const number = identity?.nhsNumber ?? person?.nhsNumber ?? "";
  const died = person?.deceased ? (person.deceasedDate ?? "") : null;
  return {
    name: person?.name?.text ?? notKnown,
    born: withAge(birthDate, died === null ? age(birthDate, today) : ""),
    gender: genderWords(person?.gender),
    nhsNumber: number ? formatNHSNumber(number) : notKnown,
    verified: person?.nhsNumberStatus === "VERIFIED",
    died: died === null ? null : withAge(died, ""),
    ageAtDeath: died ? age(birthDate, died) : "",
  };
}

/** The values of CUI's current gender, spelled out; what a source says beside them is said as it is. */
function genderWords(gender: string | null | undefined): string {
  if (!gender || gender === "unknown") return notKnown;
  return gender === "other" ? "Other specific" : coded(gender);
}

function withAge(date: string, years: string): string {
  if (!date) return notKnown;
  return years ? `${formatDay(date)} (${years})` : formatDay(date);
}
