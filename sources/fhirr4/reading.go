package fhirr4

import (
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Reading is how resources are read that did not come by this package's searches: it
// gives the clinical mapping to connectors of other protocols that carry FHIR.
type Reading struct {
	// Zone is where times without an offset are meant.
	Zone *time.Location
	// MaxEntries is how many entries of one section are kept.
	MaxEntries int
	// NHSNumberSystem identifies NHS numbers, and Unstated is how one is taken whose
	// verification is not stated.
	NHSNumberSystem string
	Unstated        record.NumberStatus
}

// Part is a Bundle of type searchset whose matches are of one resource type.
type Part struct {
	Kind   string
	Bundle []byte
}

// Section reads the parts of one section that are about the person whose id in the
// resources is subject. Results take DiagnosticReport and Observation as their parts. A
// resource about anybody else is kept for the wrong-patient guard to refuse, or refuses
// the answer itself, as a search's would.
func (x Reading) Section(section record.Section, subject string, parts ...Part) sources.Result {
	f := &gathering{source: &source{Config: Config{MaxEntries: x.MaxEntries}}, asked: asked{section: {subject}}}
	readers := make([]*reader, len(parts))
	for i, p := range parts {
		r := &reader{workspace: &workspace{}, kind: p.Kind, zone: x.Zone, ids: []string{subject},
			numbers: numbering{system: x.NHSNumberSystem, unstated: x.Unstated}}
		if _, err := r.page(p.Bundle); err != nil {
			return sources.Result{Err: err}
		}
		r.resolve()
		readers[i] = r
	}
	return f.deal(section, []string{subject}, together(section, readers))[0]
}
