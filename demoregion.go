package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the demo's PAS keeps its rows in SQLite

	"github.com/patchworkcare/patchwork/demo"
)

// The demo's stanzas of its old PAS and its extracts are the connectors' own worked
// examples.
var (
	//go:embed sources/sqlview/testdata/demo-pas.yaml
	pasStanza string
	//go:embed sources/csvfile/testdata/demo-social-care.yaml
	extractStanza string
	//go:embed sources/rest/testdata/demo-homecare.yaml
	homeCareStanza string
	//go:embed sources/openehr/testdata/demo-openehr.yaml
	openEHRStanza string
)

// demoBrand is how the region has the viewer look.
const demoBrand = `viewer:
  name: Westmarch Care Record
  short_name: Patchwork
  colour: "#00586b"
  support: {text: "This is a demo: all people in it are made up"}
`

// demoConfig is the configuration of the demo region: what an integration engineer
// would have written. Only Patchwork's own accounts sign in.
func demoConfig(region *demo.Region, database string) (*Config, error) {
	return demoConfigWith(region, database, &demoSignIn{})
}

// demoConfigWith has the organisations' own sign-in too.
func demoConfigWith(region *demo.Region, database string, own *demoSignIn) (*Config, error) {
	optOuts, err := demoOptOuts(region, filepath.Dir(database))
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString(own.stanzas)
	b.WriteString(demoBrand)
	fmt.Fprintf(&b, "views: {secondary: {opt_outs: %q, opt_outs_age: 87600h}}\n", optOuts)
	fmt.Fprintf(&b, "state: sqlite:%s\nplain_http: true\nintrospection: true\nsession: {idle: 10h, absolute: 10h}\nsources:\n", database)
	for _, s := range region.Systems {
		fmt.Fprintf(&b, "  - id: %s\n    type: %s\n    name: %q\n    organisation: {ods: %s, name: %q}\n    care_setting: %s\n    timeout: 20s\n    connect:\n",
			s.ID, s.Kind, s.Name, s.Organisation, s.Name, s.CareSetting)
		connect, err := connectTo(s)
		if err != nil {
			return nil, err
		}
		for line := range strings.SplitSeq(strings.TrimRight(connect, "\n"), "\n") {
			b.WriteString("      " + line + "\n")
		}
	}
	return parseConfig("demo region", []byte(b.String()))
}

// optedOut is how many of the demo's people have opted out of other uses than care.
const optedOut = 2

// demoOptOuts writes the file of who has opted out: the last people of the region.
func demoOptOuts(region *demo.Region, dir string) (string, error) {
	var b strings.Builder
	for _, p := range region.Patients[max(0, len(region.Patients)-optedOut):] {
		if p.NHSNumber != "" {
			b.WriteString(p.NHSNumber + "\n")
		}
	}
	if b.Len() == 0 {
		b.WriteString("# none\n")
	}
	file := filepath.Join(dir, "opt-outs.txt")
	return file, os.WriteFile(file, []byte(b.String()), 0o600)
}

func connectTo(s *demo.System) (string, error) {
	switch s.Kind {
	case "fhirr4":
		stanza := fmt.Sprintf("url: %s\n", s.URL)
		if s.Long {
			stanza += "page_size: 1000\nmax_pages: 100\nmax_entries: 100000\n"
		}
		if s.CareSetting == "acute" {
			stanza += "rosters: {wards: true, clinics: service}\n"
		}
		return stanza, nil
	case "sqlview":
		return fmt.Sprintf("driver: postgres\ndsn: %q\n%s", s.URL, pasStanza), nil
	case "csvfile":
		return fmt.Sprintf("location: %q\n%s", s.URL, extractStanza), nil
	case "gpconnect":
		return fmt.Sprintf("url: %s\n%sfrom: \"200000000359\"\nto: \"918999198738\"\n", s.URL, trusting(s)) +
			"requester: {system: \"https://patchwork.example.nhs.uk\", organisation: YZ901, organisation_name: Westmarch, user_id: \"555021935107\", family: Record, given: Shared}\n", nil
	case "hl7v2":
		return fmt.Sprintf("listen: %s\nstore: %q\npatient_id: {authorities: [%s], type: MR}\ntrust_nhs_numbers: verified\nstale_after: 24h\ncomplete: [demographics, practice, allergies, problems, appointments, contacts, admissions, discharges, personalContacts, results, documents]\n",
			strings.TrimPrefix(s.URL, "mllp://"), filepath.Join(s.Dir, s.ID), s.Organisation), nil
	case "rest":
		return fmt.Sprintf("url: %s\n%sauth: {kind: header, header: X-Api-Key, key_file: %q}\n%s", s.URL, trusting(s), s.KeyFile, homeCareStanza), nil
	case "openehr":
		return fmt.Sprintf("url: %s\n%sauth: {kind: basic, username: patchwork, password_file: %q}\n%s", s.URL, trusting(s), s.KeyFile, openEHRStanza), nil
	case "pds":
		return fmt.Sprintf("url: %s\nper_second: 200\nauth: {kind: signed-jwt, client_id: patchwork-demo, key_id: demo-1, key: %q}\n", s.URL, s.Key), nil
	case "xds":
		return fmt.Sprintf("registry: %[1]s/xds/registry\nrepositories: {2.999.7.1: %[1]s/xds/repository}\npatient_authority: 2.16.840.1.113883.2.1.4.1\nlocal_ids: nhs-number\n"+
			"trust_nhs_numbers: verified\nsections_from: {cda: {types: [\"34133-9\"], sections: [allergies, medications, problems, vaccinations]}}\n", s.URL), nil
	}
	return "", fmt.Errorf("the demo has a system of an unknown kind %q", s.Kind)
}

// trusting is the line of a stanza that trusts the region's own authority; "" without TLS.
func trusting(s *demo.System) string {
	if s.CAFile == "" {
		return ""
	}
	return fmt.Sprintf("tls: {ca_file: %q}\n", s.CAFile)
}
