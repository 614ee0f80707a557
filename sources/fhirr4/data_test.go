package fhirr4

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

const shared = "../../../shared/data/"

// load reads the resources of JSON files, whole or packed, Bundles taken apart.
func load(t *testing.T, patterns ...string) map[string][]json.RawMessage {
	t.Helper()
	all := map[string][]json.RawMessage{}
	files := 0
	for _, pattern := range patterns {
		names, _ := filepath.Glob(shared + pattern)
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, ".gz") {
				z, err := gzip.NewReader(bytes.NewReader(data))
				if err != nil {
					t.Fatal(err)
				}
				if data, err = io.ReadAll(z); err != nil {
					t.Fatal(err)
				}
			}
			files++
			scatter(data, all)
		}
	}
	if files == 0 {
		t.Skip("skipped: ../shared/data is absent")
	}
	return all
}

func scatter(data []byte, all map[string][]json.RawMessage) {
	var x struct {
		ResourceType string
		Entry        []struct{ Resource json.RawMessage }
	}
	if json.Unmarshal(data, &x) != nil || x.ResourceType == "" {
		return
	}
	if x.ResourceType != "Bundle" {
		all[x.ResourceType] = append(all[x.ResourceType], data)
		return
	}
	for _, e := range x.Entry {
		scatter(e.Resource, all)
	}
}

// readAs reads resources as the answer to a search for their type.
func readAs(t *testing.T, kind string, resources []json.RawMessage) *reader {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(`{"resourceType":"Bundle","type":"searchset","entry":[`)
	for i, x := range resources {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"resource":`)
		b.Write(x)
		b.WriteByte('}')
	}
	b.WriteString(`]}`)
	r := &reader{workspace: &workspace{}, kind: kind, zone: time.UTC, numbers: numbering{system: record.NHSNumberSystem}}
	if _, err := r.page(b.Bytes()); err != nil {
		t.Errorf("%s: %v", kind, err)
	}
	r.resolve()
	return r
}

// TestSynthea: every resource of whole synthetic records becomes a statement.
func TestSynthea(t *testing.T) {
	t.Parallel()
	all := load(t, "synthea/*.json.gz")
	for _, kind := range []string{"AllergyIntolerance", "Condition", "Encounter", "Immunization", "MedicationRequest",
		"Procedure", "Observation", "DiagnosticReport", "Patient"} {
		r := readAs(t, kind, all[kind])
		said := map[string]bool{}
		for _, x := range r.statements {
			if strings.HasPrefix(x.entry.Common().Provenance.LocalID, kind+"/") && !strings.Contains(x.entry.Common().Provenance.LocalID, "#") {
				said[x.entry.Common().Provenance.LocalID] = true
			}
			if x.entry.Common().Subject == "" {
				t.Errorf("%s: a statement without a subject", kind)
			}
		}
		for _, p := range r.reports {
			said[p.Provenance.LocalID] = true
		}
		for _, o := range r.observations {
			said[o.LocalID] = true
		}
		if len(said) != len(all[kind]) {
			t.Errorf("%s: %d of %d resources became statements", kind, len(said), len(all[kind]))
		}
		for _, m := range r.marks {
			t.Errorf("%s: flaws %v", kind, m.flaws.gaps())
		}
	}
}

// TestPublicExamples: what publishers give as examples decodes, each with a subject.
func TestPublicExamples(t *testing.T) {
	t.Parallel()
	all := load(t, "fhir-r4-official/examples/*.json", "fhir-r4-uk/*/*.json", "fhir-r4-uk/*/*.json.gz")
	mapped := 0
	for kind, resources := range all {
		for _, x := range resources {
			mapped += len(readAs(t, kind, []json.RawMessage{x}).statements)
		}
	}
	if mapped < 40 {
		t.Errorf("only %d statements", mapped)
	}
}

// FuzzPage: no answer, however broken, may end the server or give a statement
// without saying whom it is about being checked later.
func FuzzPage(f *testing.F) {
	_, bundles, _ := record524()
	for _, b := range bundles {
		f.Add(b[:min(len(b), 3000)])
	}
	f.Add([]byte(`{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Patient","id":"p","identifier":[{"extension":[{"url":"x","valueCodeableConcept":{}}]}]}}]}`))
	files, _ := filepath.Glob("testdata/[cr]*s*/*.txt")
	for _, name := range files {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(bytes.Split(data, []byte("\n----------\n"))[0])
		}
	}
	kinds := []string{"Patient", "AllergyIntolerance", "MedicationRequest", "MedicationStatement", "Condition", "Flag",
		"Appointment", "Encounter", "RelatedPerson", "CareTeam", "Consent", "DiagnosticReport", "Observation",
		"Immunization", "Procedure", "DocumentReference", "Device", "DeviceUseStatement", "ImagingStudy"}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, kind := range kinds {
			r := &reader{workspace: &workspace{}, kind: kind, zone: time.UTC}
			_, err := r.page(data)
			if err == nil && !json.Valid(data) {
				t.Fatal("accepted what is not JSON")
			}
			r.resolve()
			whole := &reader{}
			results(whole, r)
		}
		fuzzRosters(t, data)
	})
}

// fuzzRosters reads the answer as one about rosters: nobody may be on one of whom no
// matched resource says so, and nobody without an id.
func fuzzRosters(t *testing.T, data []byte) {
	for kind, each := range map[string]func(*reader){
		"Location": (*reader).headed, "Group": (*reader).headed, "List": (*reader).headed, "CareTeam": (*reader).headed,
		"Encounter": func(r *reader) { r.on = append(r.on, r.inWard("Location/r1")...) },
		"Appointment": func(r *reader) {
			r.on = append(r.on, r.bookedAt("HealthcareService/r1", time.Unix(0, 0), time.Unix(1<<40, 0))...)
		},
	} {
		r := &reader{workspace: &workspace{}, kind: kind, zone: time.UTC, roster: each}
		if _, err := r.page(data); err != nil {
			continue
		}
		r.resolve()
		if r.matches == 0 && len(r.on)+len(r.heads) > 0 {
			t.Fatal("somebody is on a roster by a resource that was not searched for")
		}
		if sent, err := r.sent(); err == nil && sent[""] != nil {
			t.Fatal("somebody without an id")
		}
		for _, l := range r.on {
			if id, ok := r.local(l); ok && id == "" {
				t.Fatal("somebody without an id is on a roster")
			}
		}
	}
}
