package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// All keys that there are not are told at once, with their line, path and the nearest there is.
func TestUnknownKeysAreAllTold(t *testing.T) {
	t.Parallel()
	_, err := parseConfig("bad.yaml", []byte(`lisen: 127.0.0.1:8080
answers: {wiat: 1s, zzz: 2}
sources:
  - id: pas
    type: sqlview
    care_seting: acute
    organisation: {osd: RXX}
    connect:
      drivr: postgres
      dsn_fil: x
      sections:
        allergies: {qurey: "SELECT 1 AS subject WHERE 1 IN (:ids)", colums: {subject: x}}
      people: {by_local: x}
  - id: fhir
    type: fhirr4
    connect: {ulr: "http://127.0.0.1:1", auth: {knid: none}, sections: {alerts: {of: true}}}
  - id: five
    type: fhirr5
    connect: {url: "http://127.0.0.1:1", auht: {kind: none}}
logins:
  - {id: one, type: ldap, nmae: One, connect: {adress: x}}
`))
	var config *ConfigError
	if !errors.As(err, &config) {
		t.Fatal(err)
	}
	for _, want := range []string{
		`bad.yaml:1: there is no key lisen here; did you mean "listen"?`,
		`bad.yaml:2: there is no key wiat here (answers.wiat); did you mean "wait"?`,
		"bad.yaml:2: there is no key zzz here (answers.zzz); there are ",
		`bad.yaml:6: there is no key care_seting here (sources[0].care_seting); did you mean "care_setting"?`,
		`bad.yaml:7: there is no key osd here (sources[0].organisation.osd); did you mean "ods"?`,
		`bad.yaml:9: source pas: there is no key drivr here (connect.drivr); did you mean "driver"?`,
		`bad.yaml:10: source pas: there is no key dsn_fil here (connect.dsn_fil); did you mean "dsn_file"?`,
		`bad.yaml:12: source pas: there is no key qurey here (connect.sections.allergies.qurey); did you mean "query"?`,
		`bad.yaml:12: source pas: there is no key colums here (connect.sections.allergies.colums); did you mean "columns"?`,
		`bad.yaml:13: source pas: there is no key by_local here (connect.people.by_local); did you mean "by_local_`,
		`bad.yaml:16: source fhir: there is no key ulr here (connect.ulr); did you mean "url"?`,
		`bad.yaml:16: source fhir: there is no key knid here (connect.auth.knid); did you mean "kind"?`,
		`bad.yaml:16: source fhir: there is no key of here (connect.sections.alerts.of); did you mean "off"?`,
		`bad.yaml:19: source five: there is no key auht here (connect.auht); did you mean "auth"?`,
		`bad.yaml:21: there is no key nmae here (logins[0].nmae); did you mean "name"?`,
		"bad.yaml:21: login one: there is no key adress here (connect.adress)",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("it does not say %q in\n%v", want, err)
		}
	}
}

// A merge key is followed; what is merged is looked at too.
func TestMergedKeysAreLookedAt(t *testing.T) {
	t.Parallel()
	const text = "sources:\n  - &one {id: one, type: fhirr4, connect: {url: 'http://127.0.0.1:1'}}\n  - {<<: *one, id: two, connect: {url: 'http://127.0.0.1:1'}}\n  - {<<: {tiemout: 3s}, id: three, type: fhirr4, connect: {url: 'http://127.0.0.1:1'}}\n"
	_, err := parseConfig("m.yaml", []byte(text))
	if err == nil || !strings.Contains(err.Error(), `did you mean "timeout"?`) || strings.Count(err.Error(), "\n") > 0 {
		t.Errorf("%v", err)
	}
}

// A care setting that there is not is refused with those there are, wherever it stands.
func TestUnknownCareSettings(t *testing.T) {
	t.Parallel()
	_, err := parseConfig("c.yaml", []byte(`public_url: http://127.0.0.1:8080
sources:
  - {id: a, type: fhirr4, care_setting: acut, connect: {url: "http://127.0.0.1:1"}}
  - {id: b, type: fhirr4, care_setting: moon-base, connect: {url: "http://127.0.0.1:1"}}
  - {id: c, type: fhirr4, care_setting: mental-health, connect: {url: "http://127.0.0.1:1"}}
  - id: d
    type: csvfile
    connect: {location: /x, people: {file: p.csv, columns: {subject: care_setting}}}
logins:
  - {id: one, type: ldap, organisations: [{ods: RXX, name: X, care_setting: Acute}]}
`))
	if err == nil {
		t.Fatal("it is well")
	}
	for _, want := range []string{`c.yaml:3: there is no care_setting "acut"; did you mean "acute"? There are acute, `, "c.yaml:4: there is no care_setting \"moon-base\"; there are acute, ", `c.yaml:10: there is no care_setting "Acute"; did you mean "acute"?`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("it does not say %q in\n%v", want, err)
		}
	}
	if n := strings.Count(err.Error(), "there is no care_setting"); n != 3 {
		t.Errorf("%d are refused:\n%v", n, err)
	}
}

// Values that are still the sample's are warned of; nothing else is.
func TestSampleValuesAreWarnedOf(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "c.yaml")
	check := func(text string) string {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := command("config", "check", file)
		if code != 0 {
			t.Fatalf("exit %d: %s", code, errs)
		}
		return out
	}
	for kind := range samples() {
		stanza, _ := stanzaOf(kind)
		out := check("sources:\n" + stanza)
		for _, want := range []string{"c.yaml:2: source my-system: id is still the sample's: my-system", "organisation.ods is still the sample's: XXX"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: it does not say %q in\n%s", kind, want, out)
			}
		}
		if n := strings.Count(out, "connect."); n == 0 && kind != "nrl" { // its address is everybody's
			t.Errorf("%s: nothing of connect:\n%s", kind, out)
		}
	}
	out := check("sources:\n  - {id: gp, type: fhirr4, name: GP, organisation: {ods: A81001, name: Surgery}, care_setting: acute, connect: {url: 'https://fhir.example.nhs.uk/R4', auth: {kind: none}}}\n" +
		"  - {id: gp2, type: fhirr4, name: GP, organisation: {ods: A81001, name: Surgery}, care_setting: acute, connect: {url: 'https://fhir.surgery.nhs.uk/R4', auth: {kind: none}}}\n")
	if strings.Count(out, "warning:") != 1 || !strings.Contains(out, "c.yaml:2: source gp: connect.url is still the sample's: https://fhir.example.nhs.uk/R4") {
		t.Errorf("%s", out)
	}
}

// What a stanza accepts is one of the findings about quality, for a reason, until a day.
func TestAcceptedIsChecked(t *testing.T) {
	t.Parallel()
	stanza := func(accepted string) error {
		_, err := parseConfig("a.yaml", []byte("sources:\n  - id: gp\n    type: fhirr4\n    connect: {url: 'http://127.0.0.1:1'}\n    accepted:\n      - "+accepted+"\n"))
		return err
	}
	if err := stanza("{finding: author-missing, sections: [medications], reason: Agreed, until: 2027-03-31}"); err != nil {
		t.Error(err)
	}
	for accepted, want := range map[string]string{
		"{finding: wrong-subject, reason: Agreed, until: 2027-03-31}":                            "a.yaml:6: source gp: accepted: wrong-subject cannot be accepted",
		"{finding: none-as-entry, reason: Agreed, until: 2027-03-31}":                            "cannot be accepted",
		"{finding: author-mising, reason: Agreed, until: 2027-03-31}":                            `did you mean "author-missing"?`,
		"{finding: author-missing, until: 2027-03-31}":                                           "reason is missing",
		"{finding: author-missing, reason: Agreed}":                                              "until is the last day",
		"{finding: author-missing, reason: Agreed, until: 31/03/2027}":                           "until is the last day",
		"{finding: author-missing, reason: Agreed, until: 2027-03-31, sections: [medications2]}": `there is no section "medications2"`,
		"{finding: author-missing, reason: Agreed, untill: 2027-03-31}":                          `did you mean "until"?`,
	} {
		if err := stanza(accepted); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: it does not say %q: %v", accepted, want, err)
		}
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "abc", 3}, {"driver", "driver", 0}, {"drivr", "driver", 1}, {"wiat", "wait", 1}, {"kitten", "sitting", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: %d", c.a, c.b, got)
		}
	}
}
