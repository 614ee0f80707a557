import { coded, sentence } from "../../ui/words";

/* The ledger's closed words, as a privacy officer says them. What is not known here is shown as it came. */

const flags: Readonly<Record<string, string | undefined>> = {
  "break-glass": "Broke the glass",
  "self-claimed": "Stated the relationship themselves",
  "same-surname": "Same surname",
  "own-record": "Own record",
  family: "Family",
  colleague: "Colleague",
  "same-address": "Same address",
  "unusual-volume": "Unusually many people",
  "unusual-time": "Unusual time",
  probing: "Tried numbers out",
  "search-volume": "Searched very often",
};

/** A flag of a look, or the kind of a review. */
export function flagWords(flag: string): string {
  return flags[flag] ?? coded(flag);
}

/** http://terminology.hl7.org/ValueSet/v3-PurposeOfUse */
const purposes: Readonly<Record<string, string | undefined>> = {
  TREAT: "Treatment",
  ETREAT: "Emergency treatment",
  BTG: "Broken glass",
  CAREMGT: "Care management",
  HRESCH: "Research",
  HOPERAT: "Operations",
  PATRQT: "Asked for by the patient",
};

/** The purpose of use in words. */
export function purposeWords(purpose: string): string {
  return purposes[purpose] ?? sentence(purpose);
}
