const names: Readonly<Record<string, string>> = {
  "http://snomed.info/sct": "SNOMED CT",
  "https://dmd.nhs.uk": "dm+d",
  "http://loinc.org": "LOINC",
  "http://read.info/readv2": "Read v2",
  "http://read.info/ctv3": "Read CTV3",
  "http://hl7.org/fhir/sid/icd-10": "ICD-10",
  "https://fhir.hl7.org.uk/Id/opcs-4": "OPCS-4",
  "http://unitsofmeasure.org": "UCUM",
};

/** What people call a code system; an unknown one by the end of its address. */
export function codeSystem(uri: string): string {
  const known = names[uri];
  if (known !== undefined) return known;
  return uri.split("/").filter(Boolean).pop() ?? uri;
}
