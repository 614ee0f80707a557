package main

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
)

const stagedConfig = `clinical_safety: [{login: local, user: ada}]
sources:
  - {id: gp, type: fhirr4, stage: clinical-safety, connect: {url: http://127.0.0.1:1}}
`

func TestStagesAreConfigured(t *testing.T) {
	t.Parallel()
	if _, err := parseConfig("p.yaml", []byte(stagedConfig)); err != nil {
		t.Fatal(err)
	}
	for change, want := range map[[2]string]string{
		{"stage: clinical-safety", "stage: alive"}: "p.yaml:3: source gp: stage is shadow, clinical-safety or live",
		{"login: local", "login: nobody"}:          "p.yaml:1: clinical_safety 1: login must be the id of a login, or local",
		{", user: ada", ""}:                        "p.yaml:1: clinical_safety 1: user is missing",
	} {
		if _, err := parseConfig("p.yaml", []byte(strings.Replace(stagedConfig, change[0], change[1], 1))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", change, err)
		}
	}
}

// TestWhoTests: a user of the list on our own pages, and nobody who is only called alike.
func TestWhoTests(t *testing.T) {
	t.Parallel()
	c := &Config{ClinicalSafety: []TesterConfig{{Login: "local", User: "ada"}, {Login: "hospital", User: "S-1"}, {Login: "hospital", User: ""}}}
	tester := c.tester()
	for _, s := range []auth.Session{
		{Issuer: "local", Login: "local", Subject: "ada"}, {Issuer: "local", Subject: "ada"}, {Issuer: "local", Login: "local", Subject: "ada", App: viewerID},
		{Issuer: "https://idp", Login: "hospital", Subject: "S-1"}, {Issuer: "ldap", Login: "hospital", Subject: "x", Username: "S-1"},
	} {
		if !tester(&s) {
			t.Errorf("does not test: %+v", s)
		}
	}
	for _, s := range []auth.Session{
		{}, {Issuer: "local", Login: "local", Subject: "bob"}, {Issuer: "https://idp", Login: "hospital", Subject: "ada"}, {Issuer: "https://idp", Subject: "S-1"},
		{Issuer: "local", Login: "local", Subject: "ada", App: "growth-chart"}, {Issuer: "https://idp", Login: "hospital"},
	} {
		if tester(&s) {
			t.Errorf("tests: %+v", s)
		}
	}
}
