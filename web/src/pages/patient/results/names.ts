/* Words of tests and specimens brought to one spelling, for comparing; what is shown is always the source's. */

/** Letters, digits and signs that tell tests apart, in one width and case; blanks once. */
export function normalised(words: string | null | undefined): string {
  return (words ?? "").normalize("NFKC").toLowerCase().replace(/\p{Cf}/gu, "").replace(/[\s,;:_]+/g, " ").trim();
}

/** What was examined, as far as its words say it: serum and plasma are "blood" where the code tells more. */
export function material(words: string): string {
  const text = normalised(words);
  const found = materials.filter(([pattern]) => pattern.test(text)).map(([, name]) => name);
  return found.length === 1 ? (found[0] ?? "") : "";
}

const materials: readonly (readonly [RegExp, string])[] = [
  [/\b(serum|plasma|blood|venous|arterial|capillary)\b/, "blood"],
  [/\b(urine|urinary|msu|csu)\b/, "urine"],
  [/\b(csf|cerebrospinal)\b/, "csf"],
  [/\b(faeces|faecal|feces|fecal|stool)\b/, "faeces"],
  [/\b(sputum)\b/, "sputum"],
  [/\b(saliva|salivary)\b/, "saliva"],
  [/\b(pleural|ascitic|peritoneal|synovial)\b/, "fluid"],
  [/\b(swab)\b/, "swab"],
];
