package pds

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

const shared = "../../../shared/data/fhir-r4-uk/pds/"

// published are the files of one kind that the register's owners have published.
func published(t testing.TB, kind string) map[string][]byte {
	all := map[string][]byte{}
	names, _ := filepath.Glob(shared + "*.json")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var x struct {
			ResourceType string
			Meta         json.RawMessage
			Entry        []struct{ Resource struct{ ResourceType string } }
		}
		if json.Unmarshal(data, &x) == nil && x.ResourceType == kind && (kind != "Patient" || x.Meta != nil) &&
			(kind != "Bundle" || len(x.Entry) > 0 && x.Entry[0].Resource.ResourceType == "Patient") {
			all[filepath.Base(name)] = data
		}
	}
	return all
}

// The published examples are read whole: reads, searches and errors.
func TestSamplesPublished(t *testing.T) {
	c := &sourcetest.Tally{Connector: "pds"}
	c.Files = len(sourcetest.Samples(t, c.Connector, "fhir-r4-uk/pds/*.json"))
	patients, bundles := published(t, "Patient"), published(t, "Bundle")
	restricted, practices, addresses, languages, notes := 0, 0, 0, 0, 0
	for name, data := range patients {
		r := newReader(data, "2025-01-15")
		p, err := r.patient()
		if strings.HasPrefix(name, "responses_valid_patient_post") {
			c.Not("template of a request")
			continue
		}
		if err != nil || r.End() != nil || len(p.gaps) > 0 {
			t.Errorf("%s: %v %v %v", name, err, r.End(), p)
			continue
		}
		c.Understood(record.Demographics.Name(), 1)
		c.Understood(record.GPPractice.Name(), len(p.practices))
		x := &p.person
		if x.NHSNumberStatus != record.NumberVerified {
			t.Errorf("%s: not verified", name)
		}
		if record.Restricted(x.Labels) {
			restricted++
		}
		practices, addresses = practices+len(p.practices), addresses+len(x.Addresses)
		if !x.Language.IsZero() {
			languages++
		}
		if x.Note != "" {
			notes++
		}
	}
	if restricted == 0 || practices == 0 || addresses == 0 || languages == 0 || notes == 0 {
		t.Errorf("restricted %d, practices %d, addresses %d, languages %d, notes %d", restricted, practices, addresses, languages, notes)
	}
	people := 0
	for name, data := range bundles {
		hits, err := readBundle(data, "2025-01-15")
		if strings.Contains(strings.ToLower(name), "compoundname") || strings.Contains(name, "john_paul") {
			c.Not("search whose answer has a number that is none")
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		people += len(hits)
		c.Understood("people found", len(hits))
	}
	if people < 60 {
		t.Errorf("%d people found in %d searches", people, len(bundles))
	}
	for file, code := range map[string]string{"errorResponses_INVALIDATED_RESOURCE.json": codeInvalidated, "errorResponses_RESOURCE_NOT_FOUND.json": codeNotFound,
		"searchResponses_TOO_MANY_MATCHES.json": codeTooMany} {
		data, err := os.ReadFile(shared + file)
		if err != nil {
			t.Fatal(err)
		}
		if got := outcomeCode(data); got != code {
			t.Errorf("%s: %q", file, got)
		}
	}
	for range published(t, "OperationOutcome") {
		c.Not("refused: the register's own error")
	}
	for range c.Files - len(patients) - len(bundles) - len(published(t, "OperationOutcome")) {
		c.Not("file that is no answer about people")
	}
	c.Report(t)
}

// FuzzDecode: whatever comes, nothing panics; what is taken for a person has a number
// and a confidentiality; and whom the register restricts is located by nothing.
func FuzzDecode(f *testing.F) {
	for _, kind := range []string{"Patient", "Bundle", "OperationOutcome"} {
		for _, data := range published(f, kind) {
			f.Add(data)
		}
	}
	f.Add([]byte(`{"resourceType":"Patient","id":"9990000018","meta":{"security":[{"code":"R"}]},"address":[{"line":["x"]}],"generalPractitioner":[{"identifier":{"value":"Z"}}]}`))
	f.Add([]byte(`{"resourceType":"Bundle","type":"searchset","total":1,"entry":[{"resource":{"resourceType":"Patient","id":"9990000018","meta":{"security":[{"code":"V"}]},"telecom":[{"value":"1"}]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		check := func(p *patient) {
			if n, err := record.ParseNHSNumber(string(p.number())); err != nil || string(n) != p.person.Subject {
				t.Error("a person without a number")
			}
			if record.Restricted(p.person.Labels) && len(p.person.Addresses)+len(p.person.Telecoms)+len(p.practices)+len(p.person.Note) > 0 {
				t.Error("a restricted person is located")
			}
			for _, d := range []record.Date{p.person.BirthDate, p.person.DeceasedDate} {
				if _, err := record.ParseDate(string(d)); err != nil {
					t.Error(err)
				}
			}
		}
		if p, err := newReader(data, "2026-11-27").patient(); err == nil {
			check(p)
		}
		if hits, err := readBundle(data, "2026-11-27"); err == nil {
			for _, h := range hits {
				check(h.patient)
			}
		}
		outcomeCode(data)
	})
}
