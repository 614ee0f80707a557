import type { Coded } from "../../components/EntryRow";

/*
 * Whether two concepts are the same thing. Two rows are better than one wrong: nothing is
 * looked up, no hierarchy is climbed, no part of a wording is compared (decision 0009).
 */

/** What a concept is known by. */
export interface Mark {
  /** Every code of each code system, joined in order. */
  readonly codes: ReadonlyMap<string, string>;
  /** The wording, made even; "" where there is none. */
  readonly wording: string;
  /** It says only of what kind the thing is: such a thing is the same as no other. */
  readonly vague: boolean;
}

/** dm+d writes SNOMED CT identifiers: the same number is the same concept. */
const snomed = "http://snomed.info/sct";
const oneNumbering: Readonly<Record<string, string | undefined>> = { "https://dmd.nhs.uk": snomed };

/**
 * Codes that many unlike things share: what a transfer between GP systems could not carry
 * over, and "an allergy" without saying to what.
 */
const vague: ReadonlySet<string> = new Set([
  "196411000000103", // transfer-degraded record entry
  "196421000000109", // transfer-degraded medication entry
  "196431000000106", // transfer-degraded referral
  "196441000000102", // transfer-degraded request
  "196451000000104", // transfer-degraded plan
  "196461000000101", // transfer-degraded drug allergy
  "196471000000108", // transfer-degraded non-drug allergy
  "106190000", // allergy
  "416098002", // allergy to drug
  "414285001", // allergy to food
  "420134006", // propensity to adverse reactions
  "419511003", // propensity to adverse reactions to drug
  "418471000", // propensity to adverse reactions to food
  "418038007", // propensity to adverse reactions to substance
  "609328004", // allergic disposition
  "64572001", // disease
  "404684003", // clinical finding
]);

export function mark(concept: Coded | null | undefined): Mark {
  const codes = new Map<string, string[]>();
  for (const { system, code } of concept?.codings ?? []) {
    if (!system || !code) continue; // a code without its system says nothing
    const of = oneNumbering[system] ?? system;
    const known = codes.get(of) ?? [];
    if (!known.includes(code)) known.push(code);
    codes.set(of, known);
  }
  const label = concept?.label ?? concept?.text ?? "";
  const isCode = (concept?.codings ?? []).some((k) => k.code === label);
  return {
    codes: new Map([...codes].map(([system, all]) => [system, all.sort().join(" ")])),
    wording: isCode ? "" : even(label),
    vague: (codes.get(snomed) ?? []).some((code) => vague.has(code)),
  };
}

/**
 * A wording without what never changes a meaning: the case of letters, blanks, the full
 * stop. "1 MU" (a million units) and "1 mU" (a thousandth) stay two.
 */
export function even(text: string): string {
  return text
    .normalize("NFC")
    .replace(/(\d\s*)M(?=(?:i?u|IU|U|mol)(?![a-z]))/g, "$1mega")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "");
}

/** The same code wherever both are coded in one system; the same wording where there is no such system. */
export function same(a: Mark, b: Mark): boolean {
  if (a.vague || b.vague) return false;
  let shared = false;
  for (const [system, codes] of a.codes) {
    const others = b.codes.get(system);
    if (others === undefined) continue;
    if (others !== codes) return false;
    shared = true;
  }
  return shared || (a.wording !== "" && a.wording === b.wording);
}

/** Two that are coded in one system, and differently there. */
export function contradict(a: Mark, b: Mark): boolean {
  return [...a.codes].some(([system, codes]) => (b.codes.get(system) ?? codes) !== codes);
}

/** Both say it, and it is not the same. What is not said never speaks against anything. */
export function differ(a: Coded | null | undefined, b: Coded | null | undefined): boolean {
  if (!a || !b) return false;
  const [one, other] = [mark(a), mark(b)];
  const says = (m: Mark) => m.codes.size > 0 || m.wording !== "";
  return says(one) && says(other) && !same(one, other);
}

/** The numbers of a wording, as strengths are written in it. */
export function numbers(text: string): string {
  return (text.match(/\d+(?:[.,]\d+)*/g) ?? []).join(" ");
}
