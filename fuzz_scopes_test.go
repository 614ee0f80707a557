package main

import (
	"math/rand/v2"
	"slices"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// scoping is what scopes leave, as docs/policy.md words it, by hand for each: without the
// server's own reading of scopes.
type scoping struct {
	scopes, classes []string
	// some says which entries of a class are left, by the fields that may be seen; a class
	// that is not here is whole.
	some map[string]func(e record.Entry, may func(field string) bool) bool
	// lacks are fields of a class that no type of the scopes has.
	lacks map[string][]string
	// timid: not for twins, whose other entries may be of any kind.
	timid bool
}

var (
	people = []string{"patient:read", "patient:search", "patient:list", "record:demographics", "record:practice"}
	opens  = []string{"patient:read"}
)

func scopings() []scoping {
	return []scoping{
		{scopes: []string{"patient/*.rs"}, classes: append([]string{"patient:search", "patient:list", "patient:read"}, recordClasses()...)},
		{scopes: []string{"user/*.*"}, classes: append([]string{"patient:search", "patient:list", "patient:read"}, recordClasses()...)},
		{scopes: []string{"user/Patient.read", "user/AllergyIntolerance.read"}, classes: append([]string{"record:allergies"}, people...)},
		{scopes: []string{"patient/Patient.rs", "patient/Observation.rs", "patient/DiagnosticReport.r", "openid"}, classes: append([]string{"record:observations", "record:results"}, people...)},
		{scopes: []string{"user/Patient.r", "user/Condition.s"}, classes: append([]string{"record:demographics", "record:practice", "record:problems"}, opens...)},
		{scopes: []string{"patient/Patient.rs", "patient/Condition.rs?onset-date=ge2020", "patient/Flag.c", "patient/Consent.rs?category:not=a"}, classes: people},
		{scopes: []string{"user/Practitioner.rs", "user/Flag.cud", "launch/patient"}, classes: []string{}},
		{scopes: []string{}, classes: []string{}},
		{scopes: []string{"patchwork/graph", "user/Flag.r"}},
		{
			scopes: []string{"user/Observation.rs"}, classes: append([]string{"record:observations", "record:results"}, opens...), timid: true,
			some: map[string]func(record.Entry, func(string) bool) bool{"record:results": func(e record.Entry, may func(string) bool) bool {
				return may("measurements") && len(e.(*record.Result).Measurements) > 0
			}},
			lacks: map[string][]string{"record:results": {"conclusion"}},
		},
		{
			scopes: []string{"user/Patient.rs", "user/MedicationRequest.rs"}, classes: append([]string{"record:medications"}, people...), timid: true,
			some: map[string]func(record.Entry, func(string) bool) bool{"record:medications": func(e record.Entry, may func(string) bool) bool {
				return may("kind") && e.(*record.Medication).Kind != record.Dispense
			}},
		},
		{
			scopes: []string{"user/Patient.rs", "user/Procedure.rs?status=unknown,done"}, classes: append([]string{"record:procedures"}, people...), timid: true,
			some: map[string]func(record.Entry, func(string) bool) bool{"record:procedures": func(_ record.Entry, may func(string) bool) bool {
				return may("status") // no canary is a word of FHIR's value set
			}},
		},
	}
}

// byCode are scopes that leave what has the code of something in the world.
func (r *fuzzRegion) byCode(rng *rand.Rand) scoping {
	types := []struct{ resource, class string }{
		{"Condition", "record:problems"}, {"AllergyIntolerance", "record:allergies"}, {"Immunization", "record:vaccinations"},
		{"Encounter", "record:contacts"}, {"DocumentReference", "record:documents"}, {"Flag", "record:alerts"},
	}
	of := types[rng.IntN(len(types))]
	var all []record.Coding
	for _, p := range r.world.People {
		for _, rec := range p.Records {
			for section, a := range rec.Sections {
				for _, e := range a.Entries {
					if "record:"+section.Name() == of.class {
						all = append(all, e.Value.Common().Code.Codings...)
					}
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b record.Coding) int { return compare(a.Code, b.Code) }) // sections stand in a map
	var codes []record.Coding
	query := "code=nothing"
	for range min(len(all), 3) {
		k := all[rng.IntN(len(all))]
		codes = append(codes, k)
		query += "," + k.System + "|" + k.Code
	}
	has := func(e record.Entry, may func(string) bool) bool {
		return may("code") && slices.ContainsFunc(e.Common().Code.Codings, func(k record.Coding) bool {
			return slices.ContainsFunc(codes, func(c record.Coding) bool { return c.System == k.System && c.Code == k.Code })
		})
	}
	s := scoping{
		scopes:  []string{"user/Patient.rs", "user/" + of.resource + ".rs?" + query, "user/" + of.resource + ".r?date=2020"},
		classes: append([]string{of.class}, people...), some: map[string]func(record.Entry, func(string) bool) bool{of.class: has},
	}
	if of.resource == "Encounter" { // what the other sections have, nothing is said of
		for _, class := range []string{"record:admissions", "record:discharges"} {
			s.classes, s.some[class] = append(s.classes, class), has
		}
	}
	return s
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// narrowBy gives the caller scopes. Those of a patient's context name nothing unless the
// session is pinned to one.
func (c *fuzzCaller) narrowBy(rng *rand.Rand, s scoping, ids []string) {
	c.session.Scopes, c.naive.Scopes, c.scoping = s.scopes, s.classes, s
	if !slices.ContainsFunc(s.scopes, func(scope string) bool { return len(scope) > 8 && scope[:8] == "patient/" }) {
		return
	}
	if rng.IntN(6) == 0 {
		c.naive.Scopes = []string{}
		return
	}
	c.session.Launch = &auth.Launch{Patient: ids[rng.IntN(len(ids))]}
}

// partly reports whether the scopes leave only some entries of a class.
func (j *fuzzJudge) partly(class string) bool { return j.caller.scoping.some[class] != nil }

// inside reports whether an entry is among those that the scopes leave: by what may be seen
// of it.
func (j *fuzzJudge) inside(class string, e record.Entry, may func(field string) bool) bool {
	some := j.caller.scoping.some[class]
	return some == nil || some(e, may)
}
