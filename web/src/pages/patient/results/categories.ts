import type { Coded } from "../../../components/EntryRow";

/** Where a test stands on the page. */
export type Group = "laboratory" | "microbiology" | "pathology" | "imaging" | "physiology" | "vital-signs" | "assessments" | "examination" | "social" | "other";

/** The order of the page: what is looked for most often first. */
export const groups: readonly Group[] = ["laboratory", "microbiology", "pathology", "imaging", "physiology", "vital-signs", "assessments", "examination", "social", "other"];

export const groupTitles: Readonly<Record<Group, string>> = {
  laboratory: "Blood and other laboratory tests",
  microbiology: "Microbiology",
  pathology: "Histopathology and cytology",
  imaging: "Imaging",
  physiology: "Heart and lung tests",
  "vital-signs": "Vital signs",
  assessments: "Scores and assessments",
  examination: "Examination",
  social: "Social history",
  other: "Other results",
};

/** HL7 v2 table 0074 (diagnostic service sections) and FHIR observation-category. */
const byCode: Readonly<Record<string, Group>> = {
  LAB: "laboratory", CH: "laboratory", HM: "laboratory", IMM: "laboratory", SR: "laboratory", TX: "laboratory", BLB: "laboratory", UR: "laboratory", LABORATORY: "laboratory",
  MB: "microbiology", MCB: "microbiology", MYC: "microbiology", PAR: "microbiology", VR: "microbiology",
  SP: "pathology", CP: "pathology", PAT: "pathology", PHR: "pathology", GE: "pathology", CG: "pathology",
  RAD: "imaging", RX: "imaging", CT: "imaging", CUS: "imaging", RUS: "imaging", NMR: "imaging", NMS: "imaging", OUS: "imaging", VUS: "imaging", XRC: "imaging", MRI: "imaging", US: "imaging", IMAGING: "imaging",
  EC: "physiology", PF: "physiology", EN: "physiology",
  "VITAL-SIGNS": "vital-signs",
  SURVEY: "assessments",
  EXAM: "examination",
  "SOCIAL-HISTORY": "social",
};

const byWords: readonly (readonly [RegExp, Group])[] = [
  [/micro-?biolog|bacteriolog|virolog|mycolog|parasitolog/i, "microbiology"],
  [/histo-?(patho)?log|cytolog|cyto-?pathol|surgical pathol/i, "pathology"],
  [/imag|radiolog|x-?ray|ultrasound|tomograph|magnetic resonance/i, "imaging"],
  [/cardiac|electrocardio|spirometr|lung function|pulmonary function/i, "physiology"],
  [/vital sign/i, "vital-signs"],
  [/laborator|biochemi|chemistry|haematolog|hematolog|immunolog|serolog|blood|patholog/i, "laboratory"],
];

/** By the source's code, else by its words; what neither tells is "other". */
export function groupOf(category: Coded | null | undefined): Group {
  for (const { code } of category?.codings ?? []) {
    // Not through the prototype: a source may write "constructor".
    const key = (code ?? "").trim().toUpperCase();
    const known = Object.hasOwn(byCode, key) ? byCode[key] : undefined;
    if (known !== undefined) return known;
  }
  const words = category?.label ?? "";
  return byWords.find(([pattern]) => pattern.test(words))?.[1] ?? "other";
}

/** Kinds between which a test is not the same; a laboratory says microbiology or leaves it out. */
export type Family = "laboratory" | "imaging" | "physiology" | "bedside" | "assessments" | "social" | "other";

const families: Readonly<Record<Group, Family>> = {
  laboratory: "laboratory",
  microbiology: "laboratory",
  pathology: "laboratory",
  imaging: "imaging",
  physiology: "physiology",
  "vital-signs": "bedside",
  assessments: "assessments",
  examination: "bedside",
  social: "social",
  other: "other",
};

export function familyOf(group: Group): Family {
  return families[group];
}

/** The more telling of two groups of one test: a plain "laboratory" gives way, and "other" to anything. */
export function tellingGroup(found: readonly Group[]): Group {
  const vague = (g: Group) => (g === "other" ? 2 : g === "laboratory" ? 1 : 0);
  return [...found].sort((a, b) => vague(a) - vague(b) || groups.indexOf(a) - groups.indexOf(b))[0] ?? "other";
}
