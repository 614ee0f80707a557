package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// allowAll lets GPs do everything; a test takes something away from it.
const allowAll = `policies:
  - {id: administrators, effect: allow, roles: [administrator], actions: [administer], resources: ['policy:administer']}
  - id: gps
    effect: allow
    roles: [gp]
    actions: [read, search, list]
    resources: ['patient:*', 'record:*']
    when: {label: [none, restricted, very-restricted, sensitive, safeguarding], objection: [none, overridable, absolute]}
  - {id: taken, effect: deny, roles: [gp], actions: [read, search, list], TAKEN}
`

// takenAway starts a region in which GPs are denied one resource.
func takenAway(t *testing.T, resource string) *region {
	t.Helper()
	return taken(t, "resources: ['"+resource+"']")
}

// taken starts a region in which GPs are denied what the keys of a policy say.
func taken(t *testing.T, keys string) *region {
	t.Helper()
	file := filepath.Join(t.TempDir(), "policies.yaml")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(allowAll, "TAKEN", keys)), 0o600); err != nil {
		t.Fatal(err)
	}
	return startRegion(t, demo.Options{Patients: 20}, func(c *Config) { c.Policies = file })
}

// TestASearchShowsAndGoesByWhatMayBeSeen: a hidden field is neither in a hit nor a way to
// find somebody, and the system is not even asked.
func TestASearchShowsAndGoesByWhatMayBeSeen(t *testing.T) {
	t.Parallel()
	const search = `query($f: String!, $b: Date!, $p: String) { searchPatients(familyName: $f, birthDate: $b, postcode: $p) {
		hits { name { text family } postcode } outcomes { status code source { id } } } }`
	for name, c := range map[string]struct {
		taken         string
		byPostcode    bool
		found, showed bool
	}{
		"nothing hidden":               {"record:documents", false, true, true},
		"nothing hidden, by postcode":  {"record:documents", true, true, true},
		"addresses hidden":             {"record:demographics:addresses", false, true, false},
		"addresses hidden, by them":    {"record:demographics:addresses", true, false, false},
		"postcodes hidden":             {"record:demographics:postcode", false, true, false},
		"postcodes hidden, by them":    {"record:demographics:postcode", true, false, false},
		"names hidden":                 {"record:demographics:name", false, false, false},
		"birth dates hidden":           {"record:demographics:birthDate", false, false, false},
		"the whole of it hidden, so":   {"record:demographics", false, false, false},
		"names hidden, and a postcode": {"record:demographics:name", true, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := takenAway(t, c.taken)
			p := r.Patients[0]
			variables := map[string]any{"f": p.FamilyName, "b": p.BirthDate}
			if c.byPostcode {
				variables["p"] = postcodeOf(t, p.NHSNumber)
			}
			got := r.ask(t, auth.RoleGP, search, variables)
			hits, showed, withheld := got.list("data.searchPatients.hits"), false, 0
			for _, h := range hits {
				showed = showed || h.text("postcode") != ""
			}
			for _, o := range got.list("data.searchPatients.outcomes") {
				if o.text("status") == "WITHHELD" && o.text("code") == "policy" {
					withheld++
				}
			}
			if (len(hits) > 0) != c.found || showed != c.showed || (withheld > 0) == c.found {
				t.Errorf("%d hits, a postcode shown: %v, %d systems withheld: %v", len(hits), showed, withheld, got)
			}
		})
	}
}

// postcodeOf reads where the person lives from a region without any of this.
func postcodeOf(t *testing.T, number string) string {
	t.Helper()
	r := takenAway(t, "record:documents")
	for _, e := range r.record(t, auth.RoleGP, number).list("demographics.entries") {
		for _, a := range e.list("addresses") {
			if code := a.text("postcode"); code != "" {
				return code
			}
		}
	}
	t.Fatal("nobody knows the postcode")
	return ""
}

// TestALinkShowsWhatMayBeSeen of the system's own number of the person.
func TestALinkShowsWhatMayBeSeen(t *testing.T) {
	t.Parallel()
	const links = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { registrations { links { status localId evidence } } } }`
	for taken, shown := range map[string]bool{"record:documents": true, "record:demographics:localId": false} {
		r := takenAway(t, taken)
		got := r.ask(t, auth.RoleGP, links, map[string]any{"n": r.Patients[0].NHSNumber})
		found := 0
		for _, registration := range got.list("data.patientByNHSNumber.registrations") {
			for _, l := range registration.list("links") {
				found++
				if (l.text("localId") != "") != shown || l.text("status") == "" {
					t.Errorf("without %s: %v", taken, l)
				}
			}
		}
		if found == 0 {
			t.Errorf("without %s there are no links: %v", taken, got)
		}
	}
}

// TestASearchLocatesNobodyRestricted: one system marks the person (S-flag), and the copies
// in the others, which do not, must not locate them either.
func TestASearchLocatesNobodyRestricted(t *testing.T) {
	t.Parallel()
	const search = `query($f: String!, $b: Date!) { searchPatients(familyName: $f, birthDate: $b) { hits { name { family } postcode sources { id } } } }`
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	for scenario, located := range map[string]bool{"everything": true, "restricted": false} {
		p := r.Scenario(scenario)
		hits := r.ask(t, auth.RoleGP, search, map[string]any{"f": p.FamilyName, "b": p.BirthDate}).list("data.searchPatients.hits")
		shown := 0
		for _, h := range hits {
			if h.text("postcode") != "" {
				shown++
			}
		}
		if len(hits) == 0 || (shown > 0) != located {
			t.Errorf("%s: %d hits, %d with a postcode: %v", scenario, len(hits), shown, hits)
		}
	}
}

// TestAllConcealedIsEmpty: a system all of whose entries are concealed has nothing, as far
// as anybody can tell.
func TestAllConcealedIsEmpty(t *testing.T) {
	t.Parallel()
	const alerts = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { alerts { total outcomes { source { id } status count } } } }`
	r := taken(t, "mode: conceal, resources: ['record:alerts'], when: {label: [restricted]}")
	p := r.Scenario("restricted")
	looked := false
	for _, o := range r.ask(t, auth.RoleGP, alerts, map[string]any{"n": p.NHSNumber}).list("data.patientByNHSNumber.alerts.outcomes") {
		if o.text("source.id") != "hospital" {
			continue
		}
		if looked = true; o.text("status") != "EMPTY" {
			t.Errorf("the hospital says %v", o)
		}
	}
	if !looked {
		t.Error("the hospital says nothing")
	}
}
