package fhirr4

import "github.com/patchworkcare/patchwork/record"

const (
	snomed         = "http://snomed.info/sct"
	absentIPS      = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
	enteredInError = "entered-in-error"
)

// noKnownAllergy reports whether c says that the person has no allergy at all:
// SNOMED CT 716186003 "No known allergy". Its children ("no known drug allergy",
// 409137002; food, 429625007; environmental, 428607008 …) speak of a part only. They
// stay entries in the source's words: counted as an assertion they would fold to
// "none known" for everything (domain: the completeness contract; hazard H-02).
func noKnownAllergy(c record.Concept) bool {
	return c.Has(snomed, "716186003") || c.Has(absentIPS, "no-known-allergies")
}

// noKnownProblem reports whether c says that there is no problem at all: SNOMED CT
// 160245001 "No current problems or disability".
func noKnownProblem(c record.Concept) bool {
	return c.Has(snomed, "160245001") || c.Has(absentIPS, "no-known-problems")
}

// noKnownMedication reports whether c says that the person takes nothing: SNOMED CT
// 787481004 "No known medications", 1861000175106 "No current medication"; in the
// International Patient Summary "no-medication-info" is unknown and not none, so it
// stays an entry.
func noKnownMedication(c record.Concept) bool {
	return c.Has(snomed, "787481004") || c.Has(snomed, "1861000175106") || c.Has(absentIPS, "no-known-medications")
}
