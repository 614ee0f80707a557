package demo

import (
	"fmt"
	"maps"
	"time"
)

// Code systems and profiles of UK Core.
const (
	nhsNumberSystem = "https://fhir.nhs.uk/Id/nhs-number"
	odsSystem       = "https://fhir.nhs.uk/Id/ods-organization-code"
	ukCore          = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-"
	ukExtension     = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-"
	hl7             = "http://terminology.hl7.org/CodeSystem/"
)

// fhirWriter writes people's histories as the resources of one FHIR system.
type fhirWriter struct {
	system holder
	org    organisation
	roster roster
	store  *fhirStore
	err    error
	// of the person being written:
	p     *person
	s     *statement
	n     map[string]int
	index int
}

// writeFHIR fills a store with everything a system knows.
func writeFHIR(system holder, org organisation, people []*person) (*fhirStore, error) {
	w := &fhirWriter{system: system, org: org, roster: roster{staff()}, store: newFHIRStore()}
	w.store.packs = system == inGP
	w.directory()
	for i, p := range people {
		if p.in&system == 0 {
			continue
		}
		w.p, w.s, w.n, w.index = p, p.states[system], map[string]int{}, i
		w.person()
		w.clinical()
		w.care()
	}
	return w.store, w.err
}

// put stores a resource of the person, under the next id of its type.
func (w *fhirWriter) put(kind string, said said, content object) string {
	w.n[kind]++
	id := w.id(kind, w.s.localID, fmt.Sprint(w.n[kind]))
	full := object{"resourceType": kind, "id": id, "meta": w.meta(kind, said)}
	maps.Copy(full, content)
	w.keep(full)
	return kind + "/" + id
}

func (w *fhirWriter) keep(content object) {
	if err := w.store.put(content); err != nil && w.err == nil {
		w.err = err
	}
}

func (w *fhirWriter) id(parts ...string) string {
	parts = append([]string{w.system.id()}, parts...)
	if w.system == inGP {
		return uuid(parts...)
	}
	return serial(parts...)
}

func (w *fhirWriter) meta(kind string, said said) object {
	m := object{"versionId": "1", "profile": list{ukCore + kind}}
	if !said.at.IsZero() {
		m["lastUpdated"] = stamp(said.at)
	}
	if said.label != "" {
		m["security"] = list{object{"system": hl7 + "v3-Confidentiality", "code": said.label, "display": "restricted"}}
	}
	return m
}

// has says whether this system recorded an entry.
func (w *fhirWriter) has(s said) bool { return s.in&w.system != 0 }

// when is the moment an entry was recorded here: the second system to hear of
// a thing writes it down a little later.
func (w *fhirWriter) when(s said) time.Time {
	if w.system == inHospital && s.in&inGP != 0 {
		return s.at.AddDate(0, 0, 6).Add(35 * time.Minute)
	}
	return s.at
}

// clinician is who recorded an entry here.
func (w *fhirWriter) clinician(s said) clinician {
	if w.system == inHospital {
		return w.roster.of(w.org.ods, s.by, w.index)
	}
	by := s.by
	if by != "practice-nurse" {
		by = "gp"
	}
	return w.roster.of(w.s.practice.ods, by, w.index)
}

func (w *fhirWriter) by(s said) object {
	c := w.clinician(s)
	return object{"reference": "Practitioner/" + c.id, "display": c.name()}
}

func (w *fhirWriter) subject() object { return object{"reference": "Patient/" + w.s.localID} }

// provider is the organisation that answers for an entry: the practice of a
// GP's patient, or the trust.
func (w *fhirWriter) provider() object {
	org := w.org
	if w.system == inGP {
		org = w.s.practice
	}
	return object{"reference": "Organization/" + org.ods, "display": org.name}
}

// coded is a CodeableConcept with coding and text.
func coded(c concept) object {
	if c.code == "" {
		return object{"text": c.display}
	}
	return object{"coding": list{object{"system": c.system, "code": c.code, "display": c.display}}, "text": c.display}
}

// status is a CodeableConcept of one of HL7's own code systems.
func status(system, code string) object {
	return object{"coding": list{object{"system": hl7 + system, "code": code}}}
}

// stamp is an instant on London's clocks.
func stamp(t time.Time) string { return london(t).Format(time.RFC3339) }

// date is a day; "" is none.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// notes adds an entry's note, if it has one.
func notes(content object, text string) {
	if text != "" {
		content["note"] = list{object{"text": text}}
	}
}

func period(from, to time.Time) object {
	p := object{"start": stamp(from)}
	if !to.IsZero() {
		p["end"] = stamp(to)
	}
	return p
}
