import type { ViewSearchInput } from "../../../api/generated/graphql";
import { dateOf, type DateParts } from "../../../ui/DateField";
import type { Wrong } from "../../../ui/ErrorSummary";

/** By what people are searched for. */
export type SearchBy = "name" | "number" | "local";

/** A search as it is being typed. It stays in this page's memory, and goes when the page does. */
export interface Typed {
  readonly by: SearchBy;
  readonly number: string;
  readonly family: string;
  readonly born: DateParts;
  readonly given: string;
  readonly postcode: string;
  readonly gender: string;
  readonly local: string;
  readonly organisation: string;
}

export const nothingTyped: Typed = {
  by: "name",
  number: "",
  family: "",
  born: { day: "", month: "", year: "" },
  given: "",
  postcode: "",
  gender: "",
  local: "",
  organisation: "",
};

/** The fields by their ids below the form's. */
export const fieldIds = { number: "number", family: "family", born: "born", local: "local", organisation: "organisation" } as const;

/** What is still wrong with a search. That a number is one, and a day in the past, is the server's to say. */
export function wrongWith(typed: Typed, id: string): readonly Wrong[] {
  const needs = (value: string, text: string, field: string): readonly Wrong[] => (value.trim() === "" ? [{ text, field: `${id}-${field}` }] : []);
  if (typed.by === "number") return needs(typed.number, "Enter an NHS number", fieldIds.number);
  if (typed.by === "local") return [...needs(typed.local, "Enter the local number", fieldIds.local), ...needs(typed.organisation, "Enter whose number it is", fieldIds.organisation)];
  return [
    ...needs(typed.family, "Enter the family name", fieldIds.family),
    ...(dateOf(typed.born) === null ? [{ text: "Enter a date of birth that exists, such as 12 3 1948", field: `${id}-${fieldIds.born}` }] : []),
  ];
}

/** The search that was typed; only what it goes by. */
export function searchOf(typed: Typed): ViewSearchInput {
  if (typed.by === "number") return { nhsNumber: typed.number.trim() };
  if (typed.by === "local") return { localNumber: typed.local.trim(), organisation: typed.organisation.trim() };
  const birthDate = dateOf(typed.born);
  const more = { givenName: typed.given.trim(), postcode: typed.postcode.trim(), gender: typed.gender };
  return {
    familyName: typed.family.trim(),
    ...(birthDate === null ? {} : { birthDate }),
    ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== "")),
  };
}
