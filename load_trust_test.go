package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// TestTrustOfNumbers: what a stanza says of its system's NHS numbers reaches the patient
// index, for every type that has the setting: links are judged anew when it changes.
func TestTrustOfNumbers(t *testing.T) {
	t.Parallel()
	line := regexp.MustCompile(`(?m)^( *)(?:# ?)?trust_nhs_numbers: \w+.*$`)
	kinds := 0
	for kind := range samples() {
		var out, errs bytes.Buffer
		if code := run([]string{"source", "init", kind}, &out, &errs); code != 0 {
			t.Fatalf("%s: %d %s", kind, code, errs.String())
		}
		if !line.MatchString(out.String()) {
			continue
		}
		kinds++
		for said, want := range map[string]string{"verified": "verified", "unverified": "", "&t verified": "verified"} {
			c, err := parseConfig(kind, []byte("sources:\n"+line.ReplaceAllString(out.String(), "${1}trust_nhs_numbers: "+said)))
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			if got := c.Sources[0].trust; got != want {
				t.Errorf("%s: %s is %q, want %q", kind, said, got, want)
			}
		}
	}
	if kinds < 9 {
		t.Errorf("only %d types have the setting in their samples", kinds)
	}
}

// TestTrustChangedAndRestarted: whoever was refused, or linked, by a number that is trusted
// otherwise after the stanza changed is judged anew when the server has started again.
func TestTrustChangedAndRestarted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "people.csv"), []byte("id,nhs,family,born\n1,9990000018,Ashworth,1956-03-12\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	started := func(trust string) patient.State {
		config, err := parseConfig("patchwork.yaml", []byte("state: sqlite:"+filepath.Join(dir, "patchwork.db")+`
plain_http: true
public_url: http://127.0.0.1:8080
sources:
  - id: clinic
    type: csvfile
    name: Clinic
    organisation: {ods: RXX, name: Clinic}
    care_setting: acute
    connect:
      location: `+dir+`
      extract_time: mtime
      trust_nhs_numbers: `+trust+`
      people: {file: people.csv, columns: {subject: id, nhs_number: nhs, family_name: family, birth_date: born}}
      sections: {demographics: {file: people.csv, columns: {subject: id, nhs_number: nhs, family_name: family, birth_date: born}}}
`))
		if err != nil {
			t.Fatal(err)
		}
		s, err := open(t.Context(), config, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := s.close(); err != nil {
				t.Error(err)
			}
		}()
		found, err := s.index.ByNHSNumbers(t.Context(), []record.NHSNumber{"9990000018"}, 10*time.Second)
		if err != nil || found[0].Err != nil {
			t.Fatal(err, found[0].Err)
		}
		return found[0].Patient.Registrations[0].State
	}
	for i, step := range []struct {
		trust string
		want  patient.State
	}{{"unverified", patient.Unverified}, {"verified", patient.Linked}, {"unverified", patient.Unverified}} {
		if got := started(step.trust); got != step.want {
			t.Errorf("start %d, %s: %s, want %s", i+1, step.trust, got, step.want)
		}
	}
}
