package sourcetest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Rostered is a roster of the normal data and the local ids of who is on it, in the
// system's order; none for an empty one.
type Rostered struct {
	Roster sources.Roster
	Want   []string
}

// RosterAnswer is what a source says of a golden case: the rosters it offers, and who
// is on the one with the id r1.
type RosterAnswer struct {
	Rosters []sources.Roster
	People  []record.Person
	Err     error
}

// readsRosters reads all rosters of the case, one that is not there, and both with the
// system misbehaving: nobody there and not answered must not look alike.
func readsRosters(t *testing.T, c *Case) {
	s := c.system(t, c.start(t, Normal), patience)
	if !s.CanRoster() {
		if len(c.Rosters) > 0 {
			t.Fatal("the case has Rosters, and the source offers none")
		}
		t.Skip("not applicable: the source offers no rosters")
	}
	if len(c.Rosters) == 0 || c.NoRoster == "" {
		t.Fatal("the source offers rosters, and the case has no Rosters or no NoRoster")
	}
	all, err := s.Rosters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range c.Rosters {
		if !slices.Contains(all, want.Roster) {
			t.Errorf("%v is not offered; there are %v", want.Roster, all)
		}
		people, err := s.Roster(t.Context(), want.Roster.Kind, want.Roster.ID)
		if err != nil {
			t.Fatalf("%v: %v", want.Roster, err)
		}
		checkRoster(t, want, people)
		none, err := s.Roster(t.Context(), want.Roster.Kind, c.NoRoster)
		if !errors.Is(err, sources.ErrNoSuchRoster) || none != nil {
			t.Errorf("a %s that is not there: %d people, %v", want.Roster.Kind, len(none), err)
		} else {
			c.sound(t, sources.AsError(err))
		}
	}
	for _, f := range faults {
		if f.behaviour != WrongPatient { // that one is each connector's own: golden cases show it
			t.Run(string(f.behaviour), func(t *testing.T) { c.rostersFail(t, f.behaviour, f.kinds) })
		}
	}
}

func (c *Case) rostersFail(t *testing.T, b Behaviour, kinds []sources.Kind) {
	t.Helper()
	deadline := patience
	if b == Slow {
		deadline = shortDeadline
	}
	w := c.start(t, Normal)
	s := c.system(t, w, deadline)
	behave(t, w, b)
	check := func(what string, count int, err error) {
		if err == nil || count > 0 {
			t.Errorf("%s: %d and %v", what, count, err)
			return
		}
		e := sources.AsError(err)
		if !slices.Contains(kinds, e.Kind) {
			t.Errorf("%s: %s (%v), want %v", what, e.Kind, e, kinds)
		}
		c.sound(t, e)
	}
	all, err := s.Rosters(t.Context())
	check("the rosters", len(all), err)
	for _, r := range c.Rosters {
		people, err := s.Roster(t.Context(), r.Roster.Kind, r.Roster.ID)
		check(r.Roster.Name, len(people), err)
	}
}

func checkRoster(t *testing.T, want Rostered, people []record.Person) {
	t.Helper()
	var got []string
	for _, p := range people {
		got = append(got, p.Subject)
		if p.Subject != p.Provenance.LocalID {
			t.Errorf("%v: a person's Subject and Provenance.LocalID differ", want.Roster)
		}
		if _, err := record.ParseDate(string(p.BirthDate)); err != nil || p.Name.IsZero() {
			t.Errorf("%v: a person without a name or birth date: %v", want.Roster, err)
		}
	}
	if !slices.Equal(got, want.Want) {
		t.Errorf("%v lists %q, want %q", want.Roster, got, want.Want)
	}
}

// goldenRosters reads the files <kind>-<what>.txt of RosterDir, as goldenCases does.
func goldenRosters(t *testing.T, c *Case) {
	files, err := filepath.Glob(filepath.Join(c.RosterDir, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("not applicable: no cases in " + c.RosterDir)
	}
	if c.GoldenRoster == nil {
		t.Fatal("there are cases, and the case has no GoldenRoster")
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			word, _, _ := strings.Cut(name, "-")
			kind := sources.RosterKind(strings.ToUpper(word))
			if !kind.Known() {
				t.Fatalf("the file's name must begin with ward, clinic or caseload, not %q", word)
			}
			compare(t, file, func(input []byte) string { return renderRosters(c.GoldenRoster(t, kind, input)) })
		})
	}
}

// compare holds a file's second half against what answer makes of its first.
func compare(t *testing.T, file string, answer func(input []byte) string) {
	t.Helper()
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	input, want, _ := bytes.Cut(whole, []byte(separator))
	got := answer(input)
	if *update {
		updated := append(append(bytes.TrimSuffix(input, []byte("\n")), separator...), got...)
		if err := os.WriteFile(file, updated, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(want) != got {
		t.Errorf("it answers\n%s\nwant\n%s\n(-update writes what it answers)", got, want)
	}
}

func renderRosters(a RosterAnswer) string {
	var b strings.Builder
	b.WriteString("{")
	w := writer{&b, 1}
	first := true
	w.list(&first, "rosters", reflect.ValueOf(a.Rosters))
	w.list(&first, "people", reflect.ValueOf(a.People))
	if e := sources.AsError(a.Err); e != nil {
		w.field(&first, "error", reflect.ValueOf(fmt.Sprintf("%s: %v", e.Kind, e)))
	}
	if !first {
		b.WriteString("\n")
	}
	b.WriteString("}\n")
	return b.String()
}
