package sourcetest

import (
	"context"
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// findsPeople tries all lookups at once and each alone, and with the system down.
func findsPeople(t *testing.T, c *Case) {
	w := c.start(t, Normal)
	s := c.system(t, w, patience)
	if !s.CanFind() {
		t.Skip("not applicable: the source is no Finder")
	}
	if len(c.Lookups) == 0 {
		t.Fatal("the source is a Finder, and the case has no Lookups")
	}
	var queries []record.PersonQuery
	for i, l := range c.Lookups {
		queries = append(queries, l.Query)
		found, err := s.Find(t.Context(), queries[i:])
		if err != nil {
			t.Fatalf("lookup %d: %v", i, err)
		}
		checkFound(t, i, found[0], l.Want)
	}
	found, err := s.Find(t.Context(), queries)
	if err != nil {
		t.Fatalf("all lookups at once: %v", err)
	}
	for i, l := range c.Lookups {
		checkFound(t, i, found[i], l.Want)
	}
	for _, f := range faults {
		if f.behaviour == WrongPatient || f.behaviour == Slow {
			continue
		}
		t.Run(string(f.behaviour), func(t *testing.T) {
			w := c.start(t, Normal)
			s := c.system(t, w, patience)
			behave(t, w, f.behaviour)
			_, err := s.Find(t.Context(), queries)
			if err == nil {
				t.Fatal("no error: nobody found and not asked look alike")
			}
			e := sources.AsError(err)
			if !slices.Contains(f.kinds, e.Kind) {
				t.Errorf("%s (%v), want %v", e.Kind, e, f.kinds)
			}
			c.sound(t, e)
		})
	}
}

func checkFound(t *testing.T, lookup int, people []record.Person, want []string) {
	t.Helper()
	var got []string
	for _, p := range people {
		got = append(got, p.Provenance.LocalID)
		if p.Subject != p.Provenance.LocalID {
			t.Errorf("lookup %d: a person's Subject and Provenance.LocalID differ", lookup)
		}
		if _, err := record.ParseDate(string(p.BirthDate)); err != nil {
			t.Errorf("lookup %d: birth date: %v", lookup, err)
		}
	}
	slices.Sort(got)
	want = slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("lookup %d finds %q, want %q", lookup, got, want)
	}
}

func probes(t *testing.T, c *Case) {
	w := c.start(t, Normal)
	s := c.open(t, w, direct).closeAtEnd(t)
	prober, ok := s.Source.(sources.Prober)
	if !ok {
		t.Skip("not applicable: the source is no Prober")
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := prober.Probe(ctx); err != nil {
		t.Errorf("while all is well: %v", err)
	}
	behave(t, w, Down)
	if err := prober.Probe(ctx); err == nil {
		t.Error("no error while down")
	} else {
		c.sound(t, sources.AsError(err))
	}
}
