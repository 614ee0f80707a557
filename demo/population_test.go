package demo

import (
	"bytes"
	"maps"
	"math/bits"
	"reflect"
	"strings"
	"testing"
	"time"
)

func contentOf(t *testing.T, o Options) *content {
	t.Helper()
	o.Now = func() time.Time { return theDay }
	c, err := o.withDefaults().content()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	a, b, other := contentOf(t, Options{Patients: 60}), contentOf(t, Options{Patients: 60}), contentOf(t, Options{Patients: 60, Seed: 2})
	for name, stores := range map[string][2]*fhirStore{"gp": {a.gp, b.gp}, "hospital": {a.hospital, b.hospital}} {
		if len(stores[0].byReference) != len(stores[1].byReference) {
			t.Fatalf("%s: %d and %d resources", name, len(stores[0].byReference), len(stores[1].byReference))
		}
		for reference, r := range stores[0].byReference {
			if again := stores[1].byReference[reference]; again == nil || !bytes.Equal(r.body, again.body) {
				t.Fatalf("%s: %s differs", name, reference)
			}
		}
	}
	if !reflect.DeepEqual(a.pas, b.pas) || !reflect.DeepEqual(a.council, b.council) || !reflect.DeepEqual(a.patients, b.patients) ||
		!reflect.DeepEqual(a.rosters, b.rosters) {
		t.Error("rows differ")
	}
	scenarioCount := len(allScenarios())
	if !reflect.DeepEqual(a.patients[:scenarioCount], other.patients[:scenarioCount]) || reflect.DeepEqual(a.patients[scenarioCount:], other.patients[scenarioCount:]) {
		t.Error("another seed must change everybody but the scenario people")
	}
}

func TestNHSNumbersAreSyntheticValidAndUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range contentOf(t, Options{Patients: 120}).patients {
		sum := 0
		for i, digit := range p.NHSNumber {
			sum += int(digit-'0') * (10 - i)
		}
		if len(p.NHSNumber) != 10 || p.NHSNumber[0] != '9' || sum%11 != 0 || seen[p.NHSNumber] {
			t.Errorf("%s", p.NHSNumber)
		}
		seen[p.NHSNumber] = true
	}
	if _, ok := nhsNumber(987654406); !ok {
		t.Error("987 654 406 has a check digit")
	}
}

func TestWhereThePopulationIsKnown(t *testing.T) {
	t.Parallel()
	c := contentOf(t, Options{})
	in, everywhere := map[string]int{}, 0
	for _, p := range c.patients {
		for _, s := range p.Systems {
			in[s]++
		}
		if len(p.Systems) == 4 {
			everywhere++
		}
	}
	t.Log(in, "everywhere", everywhere, "resources", len(c.gp.byReference), len(c.hospital.byReference))
	for system, least := range map[string]int{"gp": 180, "hospital": 100, "mental-health": 38, "social-care": 40} {
		if in[system] < least {
			t.Errorf("%s knows %d", system, in[system])
		}
	}
	if len(c.patients) != 200 || everywhere < 40 {
		t.Errorf("%d people, %d everywhere", len(c.patients), everywhere)
	}
}

// Every reference to something leads somewhere in its own system, and every
// clinical resource says when and by whom.
func TestTheRecordsHoldTogether(t *testing.T) {
	t.Parallel()
	c := contentOf(t, Options{Patients: 80})
	for name, store := range map[string]*fhirStore{"gp": c.gp, "hospital": c.hospital} {
		for reference, r := range store.byReference {
			if len(r.patients) > 0 && r.kind != "Patient" && r.kind != "RelatedPerson" && r.date == "" {
				t.Errorf("%s: %s has no date", name, reference)
			}
			for _, to := range references(r.content) {
				if store.byReference[to] == nil {
					t.Errorf("%s: %s refers to %s", name, reference, to)
				}
			}
		}
	}
}

func references(v any) []string {
	var all []string
	switch v := v.(type) {
	case object:
		if reference, ok := v["reference"].(string); ok && reference[0] != '#' { // what is inside the resource itself
			all = append(all, reference)
		}
		for _, child := range v {
			all = append(all, references(child)...)
		}
	case list:
		for _, child := range v {
			all = append(all, references(child)...)
		}
	}
	return all
}

// The rows have no column the README does not know, and people are who they
// say in every subject table.
func TestRowsFitTheirTables(t *testing.T) {
	t.Parallel()
	c := contentOf(t, Options{Patients: 80})
	for _, table := range pasTables() {
		if len(c.pas[table.name]) == 0 {
			t.Errorf("%s is empty", table.name)
		}
		for _, r := range c.pas[table.name] {
			for column := range r {
				if !strings.Contains(" "+strings.Join(table.names(), " ")+" ", " "+column+" ") {
					t.Fatalf("%s has no %s", table.name, column)
				}
			}
		}
	}
	for file, columns := range csvColumns() {
		if len(c.council[file]) == 0 {
			t.Errorf("%s is empty", file)
		}
		for _, r := range c.council[file] {
			for column := range r {
				if !strings.Contains(" "+columns+" ", " "+column+" ") {
					t.Fatalf("%s has no %s", file, column)
				}
			}
		}
	}
}

func TestScenarioStatements(t *testing.T) {
	t.Parallel()
	all := map[string]*person{}
	for _, p := range scenarios(&numbers{used: map[string]bool{}}, theDay.Truncate(24*time.Hour)) {
		all[p.scenario] = p
		if bits.OnesCount8(uint8(p.in)) != len(maps.Clone(p.states)) {
			t.Errorf("%s: states and systems differ", p.scenario)
		}
	}
	superseded := all["superseded"]
	if superseded.states[inGP].oldNHS != superseded.states[inHospital].nhs || superseded.states[inGP].nhs == superseded.states[inHospital].nhs {
		t.Error("superseded")
	}
	if all["birth-date-conflict"].states[inMentalHealth].born.Equal(all["birth-date-conflict"].states[inGP].born) {
		t.Error("birth-date-conflict")
	}
	if all["unverified"].states[inHospital].status != "02" || all["moved"].states[inGP].practice == all["moved"].states[inHospital].practice {
		t.Error("unverified or moved")
	}
	a, b := all["twin-a"].truth, all["twin-b"].truth
	if !a.born.Equal(b.born) || a.family != b.family || a.address != b.address || a.nhs == b.nhs {
		t.Error("twins")
	}
}

func TestSNOMEDCodesHaveTheirCheckDigit(t *testing.T) {
	t.Parallel()
	for name, ill := range illnesses() {
		if !verhoeff(ill.code.code) {
			t.Errorf("%s: %s", name, ill.code.code)
		}
	}
	for name, drug := range drugs() {
		if !verhoeff(drug.code.code) {
			t.Errorf("%s: %s", name, drug.code.code)
		}
	}
}

// verhoeff checks a SNOMED CT identifier by the dihedral group of order ten.
func verhoeff(id string) bool {
	turn := []int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	times := func(a, b int) int {
		switch {
		case a < 5 && b < 5:
			return (a + b) % 5
		case a < 5:
			return (a+b)%5 + 5
		case b < 5:
			return (a-b)%5 + 5
		}
		return (a - b + 5) % 5
	}
	sum := 0
	for i := range len(id) {
		digit := int(id[len(id)-1-i] - '0')
		for range i % 8 {
			digit = turn[digit]
		}
		sum = times(sum, digit)
	}
	return sum == 0
}

// Allergy by allergy, the scenarios the completeness contract is tested with.
func TestScenarioAllergies(t *testing.T) {
	t.Parallel()
	c := contentOf(t, Options{Patients: 15})
	has := func(p Patient, store *fhirStore, system, text string) int {
		n := 0
		for _, r := range store.byPatient["AllergyIntolerance"][p.LocalIDs[system]] {
			n += bytes.Count(r.body, []byte(text))
		}
		return n
	}
	const none, allergic = `"code":"716186003"`, `"code":"91936005"`
	for _, p := range c.patients {
		gpNone, gpAllergic := has(p, c.gp, "gp", none), has(p, c.gp, "gp", allergic)
		hospitalAny, hospitalAllergic := len(c.hospital.byPatient["AllergyIntolerance"][p.LocalIDs["hospital"]]), has(p, c.hospital, "hospital", allergic)
		ok := true
		switch p.Scenario {
		case "everything":
			ok = gpAllergic == 1 && hospitalAllergic == 1 && gpNone == 0
		case "none-known":
			ok = gpNone == 1 && hospitalAny == 0
		case "conflict":
			ok = gpNone == 1 && hospitalAllergic == 1
		case "nothing-recorded":
			for kind, byPatient := range c.gp.byPatient {
				ok = ok && (kind == "Patient" || len(byPatient[p.LocalIDs["gp"]]) == 0)
			}
			for kind, byPatient := range c.hospital.byPatient {
				ok = ok && (kind == "Patient" || len(byPatient[p.LocalIDs["hospital"]]) == 0)
			}
		case "restricted":
			ok = strings.Contains(string(c.hospital.byPatient["Condition"][p.LocalIDs["hospital"]][0].body), `"code":"R"`)
		}
		if !ok {
			t.Errorf("%s: GP none %d, allergic %d; hospital any %d, allergic %d", p.Scenario, gpNone, gpAllergic, hospitalAny, hospitalAllergic)
		}
	}
}
