package check_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
)

// register is a connector whose answers and search can be made to go wrong.
type register struct {
	result sources.Result
	find   func(record.PersonQuery) ([]record.Person, error)
	roster error
}

func (r *register) Validate() []sources.Problem                               { return nil }
func (r *register) Open(context.Context, sources.Env) (sources.Source, error) { return r, nil }
func (r *register) Offers() []record.Section                                  { return []record.Section{record.Alerts} }
func (r *register) Close() error                                              { return nil }
func (r *register) Fetch(_ context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	for _, k := range keys {
		answer(k, r.result)
	}
}

func (r *register) Find(_ context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	for i, q := range queries {
		var err error
		if found[i], err = r.find(q); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (r *register) Rosters(context.Context) ([]sources.Roster, error) { return nil, r.roster }
func (r *register) Roster(context.Context, sources.RosterKind, string) ([]record.Person, error) {
	return nil, nil
}

// one is the sample person as the register finds them.
func one() record.Person {
	p := record.Person{Base: record.Base{Subject: patientID}, NHSNumber: number}
	p.Provenance.LocalID = patientID
	return p
}

func known(q record.PersonQuery) ([]record.Person, error) {
	if q.LocalID == patientID || q.NHSNumber == number {
		return []record.Person{one()}, nil
	}
	return nil, nil
}

func TestDefectsOfAnswers(t *testing.T) {
	t.Parallel()
	fault := func(k sources.Kind, code string) *sources.Error {
		return &sources.Error{Kind: k, Code: code, Reason: "It did not go well"}
	}
	failing := func(e *sources.Error) *register { return &register{find: known, result: sources.Result{Err: e}} }
	missing := func(s record.Status, code string) *register {
		return &register{find: known, result: sources.Result{Gaps: []sources.Gap{{Status: s, Code: code, Reason: "Some"}}}}
	}
	finding := func(f func(record.PersonQuery) ([]record.Person, error)) *register { return &register{find: f} }
	nobody := "nobody-recorded"
	for name, c := range map[string]struct {
		register   *register
		fail, warn []string
	}{
		"none":                 {&register{find: known}, nil, []string{nobody}},
		"a section fails":      {failing(fault(sources.Unavailable, "http-404")), []string{"section-failed"}, nil},
		"a section is silent":  {failing(fault(sources.Timeout, "timeout")), []string{"section-silent"}, nil},
		"consent is refused":   {failing(fault(sources.Refused, "consent")), []string{"auth-other"}, nil},
		"a limit":              {missing(record.Partial, "size-cap"), []string{"cut-off"}, []string{nobody}},
		"a part is missing":    {missing(record.Partial, "part-missing"), []string{"incomplete"}, []string{nobody}},
		"it warns":             {missing(record.Partial, "data-in-transit"), nil, []string{"source-warning", nobody}},
		"it holds back":        {missing(record.Withheld, "confidential-items"), nil, []string{"held-back", nobody}},
		"search fails":         {finding(func(record.PersonQuery) ([]record.Person, error) { return nil, errors.New(family) }), []string{"search-failed"}, []string{nobody}},
		"search finds anybody": {finding(func(record.PersonQuery) ([]record.Person, error) { return []record.Person{one()}, nil }), []string{"search-anybody"}, []string{nobody}},
		"one id, two people": {finding(func(q record.PersonQuery) ([]record.Person, error) {
			people, err := known(q)
			return append(people, people...), err
		}), []string{"search-several"}, []string{nobody}},
		"not by number": {finding(func(q record.PersonQuery) ([]record.Person, error) {
			return known(record.PersonQuery{LocalID: q.LocalID})
		}), []string{"search-other"}, []string{nobody}},
		"another is found": {finding(func(q record.PersonQuery) ([]record.Person, error) {
			people, err := known(record.PersonQuery{LocalID: q.LocalID})
			for i := range people {
				people[i].Subject = "another-canary"
			}
			return people, err
		}), []string{"wrong-subject"}, []string{nobody}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := checked(t, c.register, settings, check.Options{People: []string{patientID}, Wait: patience})
			if fail, warn := r.Found(check.Fail), sorted(r.Found(check.Warn)); !slices.Equal(fail, c.fail) || !slices.Equal(warn, sorted(c.warn)) {
				t.Errorf("failed %v, not %v; warned %v, not %v", fail, c.fail, warn, c.warn)
			}
		})
	}
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

// A section that could not be read names the connector's code: what the mending begins with.
func TestAFailedSectionNamesItsCode(t *testing.T) {
	t.Parallel()
	r := &register{find: known, result: sources.Result{Err: &sources.Error{Kind: sources.Unavailable, Code: "http-404"}}}
	for _, c := range checked(t, r, settings, check.Options{People: []string{patientID}, Wait: patience}).Checks {
		for _, f := range c.Findings {
			if f.Code == "section-failed" && len(f.Where) == 1 && slices.Equal(f.Where[0].At, []string{"person 1: http-404"}) {
				return
			}
		}
	}
	t.Error("no finding names the code")
}

// What was not seen is not well.
func TestUnseenIsSkipped(t *testing.T) {
	t.Parallel()
	for code, r := range map[string]*register{"http-401": {find: known, result: sources.Result{Err: &sources.Error{Kind: sources.Refused, Code: "http-401"}}}, "nothing": {find: known}} {
		for _, c := range checked(t, r, settings, check.Options{People: []string{patientID}, Wait: patience}).Checks {
			if seen := code == "nothing"; (c.Name == "codes" || c.Name == "dates" || c.Name == "subject ids" && !seen) && c.Verdict != check.Skip || c.Name == "subject ids" && seen && c.Verdict != check.Pass {
				t.Errorf("%s: %+v", code, c)
			}
		}
	}
}

// Rosters that cannot be read are no "nobody".
func TestRostersFail(t *testing.T) {
	t.Parallel()
	r := checked(t, &register{find: known, roster: errors.New(family)}, settings, check.Options{Wait: patience})
	if got := r.Found(check.Fail); !slices.Equal(got, []string{"roster-failed"}) {
		t.Errorf("found %v", got)
	}
}

// Nobody is read twice.
func TestPeopleAreReadOnce(t *testing.T) {
	t.Parallel()
	r := checked(t, &register{find: known}, settings, check.Options{People: []string{patientID, "canary-2", patientID}, Wait: patience})
	if r.People != 2 {
		t.Errorf("%d people", r.People)
	}
}

// A system that is there and says nothing.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	s, quick := clean(), settings
	s.instead, quick.Timeout = late(time.Minute), 50*time.Millisecond
	if got := probe(t, s.start(t), quick, patience).Found(check.Fail); !slices.Equal(got, []string{"no-answer"}) {
		t.Errorf("found %v", got)
	}
}
