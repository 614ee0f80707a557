package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// Everything wrong with a source's maps is said at once, each with its line.
func TestMapsReportEverything(t *testing.T) {
	t.Parallel()
	bad := filepath.Join(t.TempDir(), "bad.csv")
	if err := os.WriteFile(bad, []byte("H33..,195967001\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := parseConfig("bad.yaml", fmt.Appendf(nil, `sources:
  - id: gp
    type: fhirr4
    maps:
      - {file: %q, from: a, to: b}
      - {file: %q, from: a, to: b}
      - {file: x.csv, from: a}
      - {file: x.csv, from: a, to: a}
    connect: {url: 'http://127.0.0.1:1'}
`, bad, bad+"x"))
	var config *ConfigError
	if !errors.As(err, &config) {
		t.Fatal(err)
	}
	for _, want := range []string{"bad.yaml:5: source gp: maps: file: its first line must name", "bad.yaml:6: source gp: maps: file: open", "bad.yaml:7: source gp: maps: from and to", "bad.yaml:8: source gp: maps: from and to"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("it does not say %q in\n%v", want, err)
		}
	}
}

// What the region's own map says that a code stands for stands behind the source's own, so
// that a diagnosis in ICD-10 is one row with the practice's in SNOMED CT.
func TestAMapOfTheRegion(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "map.csv")
	if err := os.WriteFile(file, []byte("code,target\nF009,26929004\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const icd10, snomed = "http://hl7.org/fhir/sid/icd-10", "http://snomed.info/sct"
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) {
		for i := range c.Sources {
			if c.Sources[i].ID == "mental-health" {
				m, err := mapFrom(MapConfig{File: file, From: icd10, To: snomed})
				if err != nil {
					t.Fatal(err)
				}
				c.Sources[i].maps = append(c.Sources[i].maps, m)
			}
		}
	})
	p := r.record(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
	var codings []string
	for _, e := range statedBy(p["problems"].(map[string]any), "mental-health") {
		for _, k := range e.list("code.codings") {
			codings = append(codings, k.text("system")+"|"+k.text("code"))
		}
	}
	if want := []string{icd10 + "|F009", snomed + "|26929004"}; !slices.Equal(codings, want) {
		t.Errorf("%v, want %v", codings, want)
	}
}
