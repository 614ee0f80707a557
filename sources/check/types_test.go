package check_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/fhirr5"
)

// lists makes the server say which types it has.
func lists(kinds ...string) func(http.ResponseWriter, *http.Request) bool {
	var resources []any
	for _, kind := range kinds {
		resources = append(resources, object{"type": kind, "profile": "x"})
	}
	return capable(object{"resourceType": "CapabilityStatement", "rest": []any{
		object{"mode": "client", "resource": []any{object{"type": "CarePlan"}}}, object{"resource": resources, "mode": "server"}}})
}

func capable(statement object) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/metadata" {
			reply(w, statement)
			return true
		}
		return false
	}
}

// answers is what a server answers to one path.
func answers(code int, paths ...string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if !slices.Contains(paths, r.URL.Path) {
			return false
		}
		w.WriteHeader(code)
		return true
	}
}

// where is each place of a finding, as "section: place".
func where(r *check.Report, code string) (all []string) {
	for _, c := range r.Checks {
		for _, f := range c.Findings {
			for _, w := range f.Where {
				if f.Code == code {
					all = append(all, w.Section+": "+strings.Join(w.At, "; "))
				}
			}
		}
	}
	return all
}

func verdict(r *check.Report, name string) check.Verdict {
	for _, c := range r.Checks {
		if c.Name == name {
			return c.Verdict
		}
	}
	return ""
}

// on are the sections besides those of the small server.
func on(more map[string]fhirr4.Section) map[string]fhirr4.Section {
	all := off()
	for name, s := range more {
		all[name] = s
	}
	return all
}

// TestTypesWithoutPeople: what the server says of itself is held against the stanza before
// anybody is looked at, and is never a failure.
func TestTypesWithoutPeople(t *testing.T) {
	t.Parallel()
	mine := []string{"Patient", "AllergyIntolerance", "MedicationRequest", "MedicationStatement", "Condition", "Observation"}
	end := map[string]fhirr4.Section{"endOfLife": {}}
	for name, c := range map[string]struct {
		sections          map[string]fhirr4.Section
		answer            func(http.ResponseWriter, *http.Request) bool
		unlisted, leftOut []string
	}{
		"all are listed":          {nil, lists(mine...), nil, nil},
		"one type is not":         {nil, lists(mine[:5]...), []string{"observations: Observation"}, nil},
		"some of a section":       {end, lists(append(mine, "Flag")...), []string{"endOfLife: Consent, CarePlan"}, nil},
		"chosen":                  {map[string]fhirr4.Section{"endOfLife": {Resources: []string{"Flag"}}}, lists(append(mine, "Flag")...), nil, nil},
		"one is left out":         {map[string]fhirr4.Section{"endOfLife": {Resources: []string{"Flag"}}}, lists(append(mine, "Flag", "CarePlan")...), nil, []string{"endOfLife: CarePlan"}},
		"none of them":            {end, lists(mine...), []string{"endOfLife: Flag, Consent, CarePlan"}, nil},
		"it lists nothing":        {end, lists(), nil, nil},
		"no rest":                 {end, capable(object{"resourceType": "CapabilityStatement"}), nil, nil},
		"rest is no list":         {end, capable(object{"resourceType": "CapabilityStatement", "rest": object{"resource": "x"}}), nil, nil},
		"odd types":               {end, capable(object{"resourceType": "CapabilityStatement", "rest": []any{nil, "x", object{"mode": "server", "resource": []any{1, object{"type": 2}}}}}), nil, nil},
		"it has no metadata":      {end, answers(404, "/metadata"), nil, nil},
		"it answers none":         {end, answers(501, "/metadata"), nil, nil},
		"it keeps them from us":   {end, answers(403, "/metadata"), nil, nil},
		"a parameter is refused":  {end, answers(400, "/metadata"), nil, nil},
		"some other types, by us": {nil, lists(append(mine, "Flag", "CarePlan", "Practitioner")...), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := clean()
			s.instead = c.answer
			r := checked(t, &fhirr4.Config{URL: s.start(t), Sections: on(c.sections)}, settings, check.Options{Wait: patience})
			if r.Failed() || !slices.Equal(where(r, "type-unlisted"), c.unlisted) || !slices.Equal(where(r, "type-left-out"), c.leftOut) {
				t.Errorf("failed %v; unlisted %v, left out %v", r.Found(check.Fail), where(r, "type-unlisted"), where(r, "type-left-out"))
			}
			if v := verdict(r, "sections"); v != check.Skip && len(c.unlisted)+len(c.leftOut) == 0 || v != check.Warn && len(c.unlisted)+len(c.leftOut) > 0 {
				t.Errorf("sections: %s", v)
			}
		})
	}
}

// TestMissingTypesAreToldOnce: what reading has shown to be missing is not told of the
// CapabilityStatement too; what it does not list and answers with nothing is.
func TestMissingTypesAreToldOnce(t *testing.T) {
	t.Parallel()
	s := clean()
	listed, refused := lists("Patient", "AllergyIntolerance", "MedicationRequest", "MedicationStatement", "Observation"), answers(404, "/CarePlan")
	s.instead = func(w http.ResponseWriter, r *http.Request) bool { return listed(w, r) || refused(w, r) }
	r := checked(t, &fhirr4.Config{URL: s.start(t), Sections: on(map[string]fhirr4.Section{"carePlans": {}})}, settings, check.Options{People: []string{patientID}, Wait: patience})
	if got := where(r, "type-unlisted"); !slices.Equal(got, []string{"problems: Condition"}) {
		t.Errorf("unlisted %v", got)
	}
	if got := r.Found(check.Fail); !slices.Equal(got, []string{"type-missing"}) {
		t.Errorf("failed %v", got)
	}
}

// TestTypesOfAnotherVersion: they are looked for by the name that the version has.
func TestTypesOfAnotherVersion(t *testing.T) {
	t.Parallel()
	c := &fhirr5.Config{}
	c.Sections = on(map[string]fhirr4.Section{"medications": {Resources: []string{"MedicationRequest", "MedicationStatement", "DeviceUseStatement"}}})
	s := clean()
	s.instead = lists("Patient", "AllergyIntolerance", "MedicationRequest", "MedicationStatement", "Condition", "Observation", "DeviceUsage")
	c.URL = s.start(t)
	if got := where(checked(t, c, settings, check.Options{Wait: patience}), "type-unlisted"); got != nil {
		t.Errorf("unlisted %v", got)
	}
}

// TestWrongPathIsFound: that a server without metadata is no failure hides no wrong address.
func TestWrongPathIsFound(t *testing.T) {
	t.Parallel()
	s := clean()
	s.instead = func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusNotFound); return true }
	if r := probe(t, s.start(t), settings, patience); !slices.Contains(r.Found(check.Fail), "search-failed") {
		t.Errorf("failed %v", r.Found(check.Fail))
	}
}

// TestRefusedTypeIsNamed: the finding says which type it is, with its own mend.
func TestRefusedTypeIsNamed(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{404: "type-missing", 405: "type-missing", 410: "type-missing", 501: "type-missing", 403: "auth-forbidden", 400: "section-failed"} {
		s := clean()
		s.instead = answers(code, "/CarePlan", "/Consent")
		r := checked(t, &fhirr4.Config{URL: s.start(t), Sections: on(map[string]fhirr4.Section{"endOfLife": {}})}, settings,
			check.Options{People: []string{patientID}, Wait: patience})
		place := "endOfLife: person 1: Consent, CarePlan http-" + strconv.Itoa(code)
		if got := r.Found(check.Fail); !slices.Equal(got, []string{want}) || !slices.Equal(where(r, want), []string{place}) {
			t.Errorf("%d: failed %v at %v", code, got, where(r, want))
		}
	}
}

// TestGroupedNumbers: that a server keeps NHS numbers in groups is told by a sample person's
// record, and what to set.
func TestGroupedNumbers(t *testing.T) {
	t.Parallel()
	for format, want := range map[string][]string{"": {"search-spaced"}, "plain": {"search-spaced"}, "spaced": nil} {
		s := clean()
		s.set(patientID, "identifier", []any{object{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": record.NHSNumber(number).Format()}})
		r := checked(t, &fhirr4.Config{URL: s.start(t), Sections: off(), NHSNumberFormat: format}, settings, check.Options{People: []string{patientID}, Wait: patience})
		if got := r.Found(check.Fail); !slices.Equal(got, want) {
			t.Errorf("%q: failed %v, want %v", format, got, want)
		}
	}
	// One that writes them so and finds them all the same has nothing to mend.
	s := &register{find: func(q record.PersonQuery) ([]record.Person, error) {
		people, err := known(q)
		for i := range people {
			people[i].Identifiers = []record.Identifier{{System: record.NHSNumberSystem, Value: record.NHSNumber(number).Format()}}
		}
		return people, err
	}, result: sources.Result{}}
	if got := checked(t, s, settings, check.Options{People: []string{patientID}, Wait: patience}).Found(check.Fail); got != nil {
		t.Errorf("found all the same: %v", got)
	}
}
