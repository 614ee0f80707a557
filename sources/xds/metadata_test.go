package xds_test

import (
	"testing"

	archive "github.com/patchworkcare/patchwork/demo/xds"
	"github.com/patchworkcare/patchwork/record"
)

// A confidentiality code that nobody explains is taken for very restricted.
func TestLocalConfidentiality(t *testing.T) {
	d := documents()[7]
	d.Confidentiality = archive.Code{Code: "Clinical-Staff", Scheme: "1.2.3"}
	s := newServer(t, archive.Options{}, d)
	c := s.config()
	for want, known := range map[string]map[string]string{"V": nil, "R": {"Clinical-Staff": "R"}, "": {"Clinical-Staff": "N"}} {
		c.Confidentiality = known
		for _, section := range []record.Section{record.Documents, record.Allergies} { // the summary's entries are as confidential as it is
			labels := fetchOne(t, open(t, c), section, philippa).Entries[0].Common().Labels
			hl7 := ""
			for _, l := range labels {
				if l.System == "http://terminology.hl7.org/CodeSystem/v3-Confidentiality" {
					hl7 += l.Code
				}
			}
			if hl7 != want || labels[0].Code != "Clinical-Staff" {
				t.Errorf("%s: %+v, want %s", section, labels, want)
			}
		}
	}
}

// Every problem of a stanza is told at once.
func TestProblems(t *testing.T) {
	s := newServer(t, archive.Options{})
	c := s.config()
	c.Registry, c.PatientAuthority, c.LocalIDs, c.TrustNHSNumbers, c.MaxBody = "x", "nhs", "y", "z", -1
	c.Repositories["x"] = "y"
	c.Classes, c.ReferenceIDs = []string{"a"}, []string{"'"}
	c.Confidentiality = map[string]string{"a": "UL"}
	got := map[string]bool{}
	for _, p := range c.Validate() {
		got[p.Path] = true
	}
	for _, want := range []string{"registry", "patient_authority", "local_ids", "trust_nhs_numbers", "max_body", "repositories.x", "classes", "reference_ids", "confidentiality.a"} {
		if !got[want] {
			t.Errorf("nothing is said of %s: %v", want, got)
		}
	}
}
