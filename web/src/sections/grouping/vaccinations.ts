import type { VaccinationsCardFragment } from "../../api/generated/graphql";
import { label } from "../../components/values";
import { formatDay } from "../../ui/dates";
import type { Kind, Stand } from "./kind";

export type Vaccination = NonNullable<VaccinationsCardFragment["entries"]>[number];

const notGiven = (v: Vaccination) => v.status === "not-done";

/** The day, where it is known to the day. */
function day(v: Vaccination): string | null {
  return v.date && v.date.length >= 10 ? formatDay(v.date) : null;
}

const unlike = (a: string | null | undefined, b: string | null | undefined) => Boolean(a) && Boolean(b) && a !== b;

function stand(v: Vaccination): Stand | null {
  if (v.status === "entered-in-error") return { holds: "over", word: "Entered in error", since: v.recorded ?? null };
  if (notGiven(v)) return { holds: "over", word: "Not given", since: v.date ?? null };
  return v.status === "completed" ? { holds: "on", word: "given", since: null } : null;
}

export const vaccinationKind: Kind<Vaccination> = {
  // One injection is one row; the same vaccine on another day is another injection.
  apart: (a, b) => day(a) === null || day(a) !== day(b) || unlike(a.dose, b.dose) || unlike(a.batch, b.batch),
  past: (v) => v.status === "entered-in-error",
  danger: () => [],
  when: (v) => v.date ?? null,
  stand,
  fields: [
    { label: "Wording", of: (v) => v.code?.label },
    { label: "Against", of: (v) => label(v.disease) },
    { label: "Dose", of: (v) => v.dose },
  ],
};
