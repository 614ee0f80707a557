package demo

import (
	"os"
	"path/filepath"
	"testing"
)

// A directory of bundles is served instead of invented people.
func TestARegionWithBundles(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../../shared/data/synthea/*_*.json.gz")
	if err != nil || len(names) == 0 {
		t.Skip("skipped: ../shared/data is absent")
	}
	dir := t.TempDir()
	for _, name := range names[:min(3, len(names))] {
		bundle, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), bundle, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := started(t, Options{Bundles: dir})
	if len(r.Patients) != 3 || len(r.Notes) == 0 {
		t.Fatalf("%d people, notes %v", len(r.Patients), r.Notes)
	}
	t.Log(r.Notes[0])
	adapted := r.Patients[len(r.Patients)-1]
	_, body := get(t, r.System("gp").URL+"/Patient?identifier="+nhsNumberSystem+"|"+adapted.NHSNumber)
	if b := bundleOf(t, body); b.Total != 1 || b.Entry[0].Resource["id"] != adapted.LocalIDs["gp"] {
		t.Errorf("%.300s", body)
	}
	got, err := column(t, connected(t, r.System("mental-health")), "SELECT nhs_no FROM patients WHERE pas_id = $1", adapted.LocalIDs["mental-health"])
	if err != nil || len(got) != 1 || got[0] != adapted.NHSNumber {
		t.Error(got, err)
	}
}
