package hl7v2

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
)

// systems are the coding systems that everybody calls alike. HL7 table 0396.
var systems = map[string]string{
	"LN": "http://loinc.org", "LOINC": "http://loinc.org", "SCT": snomed, "SNOMED-CT": snomed, "SNOMED CT": snomed, "SNM3": snomed,
	"I10": "http://hl7.org/fhir/sid/icd-10", "ICD10": "http://hl7.org/fhir/sid/icd-10", "ICD-10": "http://hl7.org/fhir/sid/icd-10",
	"I9": "http://hl7.org/fhir/sid/icd-9-cm", "I9C": "http://hl7.org/fhir/sid/icd-9-cm", "UCUM": ucum, "DMD": "https://dmd.nhs.uk",
	"RXNORM": "http://www.nlm.nih.gov/research/umls/rxnorm", "CVX": "http://hl7.org/fhir/sid/cvx", "OPCS4": "https://fhir.hl7.org.uk/Id/opcs-4",
}

const (
	snomed = "http://snomed.info/sct"
	ucum   = "http://unitsofmeasure.org"
)

// table is the code system of an HL7 table, such as 0078.
func table(n string) string { return "http://terminology.hl7.org/CodeSystem/v2-" + n }

// systemOf is the URI of a coding system as a message names it; "" if it is not known:
// the code is shown all the same.
func (s *source) systemOf(name string) string {
	if t, ok := s.config.Codes[name]; ok {
		return t.System
	}
	if uri := systems[strings.ToUpper(name)]; uri != "" {
		return uri
	}
	if n, ok := strings.CutPrefix(name, "HL7"); ok && len(n) == 4 {
		return table(n)
	}
	return ""
}

// coded is a value of the data types CE, CWE and CNE: a code and its words, and perhaps
// another one. The sender's own codes and words stay as they are; what the configuration
// knows of them stands before them.
func (s *source) coded(r er7.Repetition) record.Concept {
	c := record.Concept{Text: r.Component(9).Text()}
	for _, at := range []int{1, 4} {
		code, text, system := strings.TrimSpace(r.Component(at).Text()), r.Component(at+1).Text(), strings.TrimSpace(r.Component(at+2).Text())
		if c.Text == "" {
			c.Text = text
		}
		if code == "" {
			continue
		}
		if to, ok := s.config.Codes[system].Map[code]; ok {
			c.Codings = append(c.Codings, record.Coding{System: to.System, Code: to.Code, Display: to.Text})
			if c.Text == "" {
				c.Text = to.Text
			}
		}
		c.Codings = append(c.Codings, record.Coding{System: s.systemOf(system), Code: code, Display: text})
	}
	return c
}

func (s *source) code(f er7.Field) record.Concept { return s.coded(f.First()) }

// inTable is a coded value whose table the standard gives (data type IS or ID), with the
// words that the standard has for it.
func (s *source) inTable(f er7.Field, number string, words map[string]string) record.Concept {
	r := f.First()
	if !r.Component(2).Absent() || !r.Component(3).Absent() {
		return s.coded(r)
	}
	code := strings.TrimSpace(r.Component(1).Text())
	if code == "" {
		return record.Concept{}
	}
	c := record.Concept{Codings: []record.Coding{{System: table(number), Code: code, Display: words[code]}}}
	name := "HL7" + number
	for _, system := range []string{name, ""} {
		if to, ok := s.config.Codes[system].Map[code]; ok {
			c.Text = to.Text
			c.Codings = append([]record.Coding{{System: to.System, Code: to.Code, Display: to.Text}}, c.Codings...)
			break
		}
	}
	return c
}

// first is the key of a concept: its sender's own code, else its words.
func key(f er7.Field) string {
	r := f.First()
	if code := strings.TrimSpace(r.Component(1).Text()); code != "" {
		return code + "^" + strings.TrimSpace(r.Component(3).Text())
	}
	return r.Component(2).Text()
}
