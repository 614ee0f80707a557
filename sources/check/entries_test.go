package check_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
)

// shelf is a connector for entries that the shipped connectors would have put right:
// somebody else's may not.
type shelf struct {
	entries  []record.Entry
	rosters  []sources.Roster
	on       []record.Person
	section  record.Section
	letters  int
	openFail bool
}

func (s *shelf) Validate() []sources.Problem { return nil }

func (s *shelf) Open(context.Context, sources.Env) (sources.Source, error) {
	if s.openFail {
		return nil, errors.New("no such file " + patientID)
	}
	return s, nil
}
func (s *shelf) Offers() []record.Section { return []record.Section{s.section} }
func (s *shelf) Close() error             { return nil }
func (s *shelf) Fetch(_ context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	for _, k := range keys {
		answer(k, sources.Result{Entries: s.entries})
	}
}
func (s *shelf) Rosters(context.Context) ([]sources.Roster, error) { return s.rosters, nil }
func (s *shelf) Roster(context.Context, sources.RosterKind, string) ([]record.Person, error) {
	return s.on, nil
}

// dying is a shelf that can look its person up.
type dying struct {
	shelf
	person record.Person
}

func (d *dying) Open(context.Context, sources.Env) (sources.Source, error) { return d, nil }
func (d *dying) Find(_ context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	for i, q := range queries {
		if q.LocalID == patientID || q.NHSNumber == number {
			found[i] = []record.Person{d.person}
		}
	}
	return found, nil
}

func TestStatusOfMedicines(t *testing.T) {
	t.Parallel()
	for status, found := range map[string]bool{"active": false, "stopped": false, "laufend": true} {
		m := &record.Medication{Base: record.Base{Subject: patientID, Code: record.Text("Commode"), Date: "2020-01-01", Author: &record.Actor{Name: wrote}}, Status: status}
		m.Provenance.LocalID = allergyID
		r := checked(t, &shelf{section: record.Medications, entries: []record.Entry{m}}, settings, check.Options{People: []string{patientID}, Wait: patience})
		if slices.Contains(r.Found(check.Fail), "status-unknown") != found {
			t.Errorf("%s: found %v", status, r.Found(check.Fail))
		}
	}
}

func TestDefectsOfEntries(t *testing.T) {
	t.Parallel()
	alert := func(change func(*record.Alert)) *record.Alert {
		a := &record.Alert{Base: record.Base{Subject: patientID, Code: record.Text("Dog in the house"), Date: "2020-01-01", Author: &record.Actor{Name: wrote}}, Status: "active"}
		a.Provenance.LocalID = allergyID
		change(a)
		return a
	}
	for name, c := range map[string]struct {
		entries    []record.Entry
		fail, warn []string
	}{
		"none":             {entries: []record.Entry{alert(func(*record.Alert) {})}},
		"one id twice":     {[]record.Entry{alert(func(*record.Alert) {}), alert(func(a *record.Alert) { a.Note = "another" })}, []string{"duplicate-id"}, nil},
		"no id":            {[]record.Entry{alert(func(a *record.Alert) { a.Provenance.LocalID = "" })}, []string{"id-missing"}, nil},
		"id with spaces":   {[]record.Entry{alert(func(a *record.Alert) { a.Provenance.LocalID += " " })}, nil, []string{"local-id-spaced"}},
		"in error":         {[]record.Entry{alert(func(a *record.Alert) { a.Status = "entered-in-error" })}, []string{"status-error"}, nil},
		"none as an entry": {[]record.Entry{alert(func(a *record.Alert) { a.Code.Text = "No known alerts" })}, []string{"none-as-entry"}, nil},
		"NKDA by its code": {[]record.Entry{alert(func(a *record.Alert) {
			a.Code.Codings = []record.Coding{{System: "http://snomed.info/sct", Code: "716186003", Display: "No known allergy"}}
		})},
			[]string{"none-as-entry"}, nil},
		"known, and not none": {entries: []record.Entry{alert(func(a *record.Alert) { a.Code.Text = "Nobody known to visit; no stairs" })}},
		"local codes": {[]record.Entry{alert(func(a *record.Alert) {
			a.Code.Codings = []record.Coding{{System: "https://hospital.example/codes", Code: "DOG", Display: "Dog"}}
		})}, nil, []string{"code-system-local"}},
		"nobody has any":  {nil, nil, []string{"nobody-recorded"}},
		"of another":      {[]record.Entry{alert(func(a *record.Alert) { a.Subject = "another-canary" })}, []string{"wrong-subject"}, nil},
		"without whom":    {[]record.Entry{alert(func(a *record.Alert) { a.Subject = "" })}, []string{"wrong-subject"}, nil},
		"of another type": {[]record.Entry{&record.Problem{Base: record.Base{Subject: patientID}}}, []string{"not-understood"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := checked(t, &shelf{section: record.Alerts, entries: c.entries}, settings, check.Options{People: []string{patientID}, Wait: patience})
			if fail, warn := r.Found(check.Fail), r.Found(check.Warn); !slices.Equal(fail, c.fail) || !slices.Equal(warn, c.warn) {
				t.Errorf("failed %v, not %v; warned %v, not %v", fail, c.fail, warn, c.warn)
			}
		})
	}
}

// Few without a date are a warning, many a failure.
func TestSharesDecide(t *testing.T) {
	t.Parallel()
	for undated, fails := range map[int]bool{0: false, 1: false, 2: false, 3: true, 20: true} {
		s := &shelf{section: record.Documents}
		for i := range 20 {
			d := &record.Document{Base: record.Base{Subject: patientID, Code: record.Text("Letter"), Author: &record.Actor{Name: wrote}}, Size: i + 1}
			d.Provenance.LocalID = string(rune('a' + i))
			if i >= undated {
				d.Date = "2020-01-01"
			}
			s.entries = append(s.entries, d)
		}
		r := checked(t, s, settings, check.Options{People: []string{patientID}, Wait: patience})
		if r.Failed() != fails || (undated > 0) != (len(r.Found(check.Warn))+len(r.Found(check.Fail)) == 1) {
			t.Errorf("%d of 20: failed %v, warned %v", undated, r.Found(check.Fail), r.Found(check.Warn))
		}
	}
}

// Sample people come from who is where, as many as asked for.
func TestSampleFromRosters(t *testing.T) {
	t.Parallel()
	s := &shelf{section: record.Alerts, rosters: []sources.Roster{{Kind: sources.Ward, ID: "w1", Name: "Canary ward"}}}
	for _, id := range []string{"canary-1", "canary-2", "canary-3"} {
		p := record.Person{Base: record.Base{Subject: id}}
		p.Provenance.LocalID = id
		s.on = append(s.on, p)
	}
	for most, want := range map[int]int{0: 3, 2: 2} {
		if r := checked(t, s, settings, check.Options{Most: most, Wait: patience}); r.People != want {
			t.Errorf("%d people, not %d", r.People, want)
		}
	}
}

// A source that cannot be opened says so and nothing of why, which may quote anything.
func TestCannotOpen(t *testing.T) {
	t.Parallel()
	r := checked(t, &shelf{openFail: true}, settings, check.Options{})
	if got := r.Found(check.Fail); !slices.Equal(got, []string{"cannot-open"}) {
		t.Errorf("found %v", got)
	}
}

// fed is a source that is sent messages, some of which could not be used.
type fed struct{ shelf }

func (f *fed) DeadLetters(_ context.Context, _ sources.Env, each func(sources.DeadLetter) error) error {
	for range f.letters {
		if err := each(sources.DeadLetter{Sender: "canary", Control: "canary-77"}); err != nil {
			return err
		}
	}
	return nil
}

func (f *fed) Replay(context.Context, sources.Env, []int64, func(sources.DeadLetter, string, string) error) error {
	return nil
}

// A feed is not opened, for its port and store are the server's; its dead letters are
// counted.
func TestFeed(t *testing.T) {
	t.Parallel()
	for letters, want := range map[int][]string{0: nil, 3: {"dead-letters"}} {
		r := checked(t, &fed{shelf{openFail: true, letters: letters}}, settings, check.Options{})
		if got := r.Found(check.Fail); !slices.Equal(got, want) {
			t.Errorf("found %v", got)
		}
	}
}
