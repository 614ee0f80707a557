package check

import (
	"regexp"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

const (
	snomed = "http://snomed.info/sct"
	dmd    = "https://dmd.nhs.uk"
	loinc  = "http://loinc.org"
)

// forms are code systems whose codes have a form.
var forms = map[string]*regexp.Regexp{
	"http://hl7.org/fhir/sid/icd-10":             regexp.MustCompile(`^[A-Z]\d[\dA-Z](\.?[\dX][\dA-Z]{0,3})?[DA*†+]?$`),
	"http://hl7.org/fhir/sid/icd-10-uk":          regexp.MustCompile(`^[A-Z]\d[\dA-Z](\.?[\dX][\dA-Z]{0,3})?[DA*†+]?$`),
	"https://fhir.hl7.org.uk/Id/opcs-4":          regexp.MustCompile(`^[A-Z]\d{2}(\.?\d)?$`),
	"https://fhir.nhs.uk/Id/opcs-4":              regexp.MustCompile(`^[A-Z]\d{2}(\.?\d)?$`),
	"http://read.info/readv2":                    regexp.MustCompile(`^[A-Za-z0-9.]{5}([A-Za-z0-9]{2})?$`),
	"http://read.info/ctv3":                      regexp.MustCompile(`^[A-Za-z0-9.]{5}([A-Za-z0-9]{2})?$`),
	"https://fhir.hl7.org.uk/Id/read-codes":      regexp.MustCompile(`^[A-Za-z0-9.]{5}([A-Za-z0-9]{2})?$`),
	"https://fhir.hl7.org.uk/Id/ctv3-read-codes": regexp.MustCompile(`^[A-Za-z0-9.]{5}([A-Za-z0-9]{2})?$`),
}

// known are how the URIs of code systems begin that mean the same everywhere.
var known = []string{snomed, dmd, loinc, "http://hl7.org/fhir/", "http://terminology.hl7.org/", "https://fhir.hl7.org.uk/", "https://fhir.nhs.uk/",
	"http://read.info/", "http://unitsofmeasure.org", "urn:iso:", "urn:ietf:", "https://www.datadictionary.nhs.uk", "https://patchwork.care/"}

// uri is a name of a code system that can be told from all others.
var uri = regexp.MustCompile(`^(https?://[^\s/]+.*|urn:[a-z0-9-]+:\S+)$`)

// codes judges all codes of the entry, and whether it says what it is about.
func (j *judgement) codes() {
	if stated[j.section] && j.base.Code.IsZero() {
		j.found("says-nothing")
	}
	valid := true
	for _, c := range j.parts.codings {
		if c.value.Code == "" || last(c.path) == "Interpretation" && c.value.System == "" {
			continue
		}
		j.tally.codes++
		if rule := codeFault(c.value); rule != "" {
			if rules[rule].verdict == Fail {
				j.tally.badCodes++
				valid = false
			}
			j.once(rule)
		}
	}
	for _, c := range j.parts.concepts {
		if read[c.path] && j.section != record.GPPractice && len(c.value.Codings) > 0 && wordless(c.value) {
			j.once("code-without-text")
		}
	}
	if stated[j.section] && valid && coded(j.base.Code) {
		j.tally.coded++
	}
}

// stated are sections whose entries are about what their code says.
var stated = map[record.Section]bool{record.Allergies: true, record.Medications: true, record.Problems: true, record.Alerts: true,
	record.Results: true, record.Observations: true, record.Vaccinations: true, record.Procedures: true}

// read are the concepts that a reader is shown in words; categories and the like are not.
var read = map[string]bool{"Code": true, "Value.Concept": true, "Reactions.Manifestations": true, "Measurements.Code": true,
	"Measurements.Value.Concept": true, "Components.Code": true, "Components.Value.Concept": true}

func coded(c record.Concept) bool {
	for _, k := range c.Codings {
		if k.Code != "" && k.System != "" {
			return true
		}
	}
	return false
}

func wordless(c record.Concept) bool {
	if c.Text != "" {
		return false
	}
	for _, k := range c.Codings {
		if k.Display != "" {
			return false
		}
	}
	return true
}

// codeFault is the rule that a coding breaks; "" if none.
func codeFault(c record.Coding) string {
	form := forms[c.System]
	switch {
	case c.System == "":
		return "code-without-system"
	case !uri.MatchString(c.System):
		return "code-system-form"
	case c.System == snomed || c.System == dmd:
		if !isConcept(c.Code) {
			return "snomed-invalid"
		}
	case c.System == loinc:
		if !isLOINC(c.Code) {
			return "code-form"
		}
	case form != nil:
		if !form.MatchString(c.Code) {
			return "code-form"
		}
	case !hasPrefix(c.System, known):
		return "code-system-local"
	}
	return ""
}

func hasPrefix(s string, any []string) bool {
	for _, p := range any {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
