package disclosure

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// An analyst who may run a view over any cohort wants to know one person's value. They run
// it over everybody, and over everybody but that person; what changed is theirs.

const (
	attackK     = 8
	attackRound = 5
)

// A place is what the analyst runs a view on: a run is refused by `allowed`, or gives a
// table that is protected as always.
type place struct {
	p       *Pseudonyms
	value   map[string]string // by person
	earlier []Release
	allowed func(cohort Release, earlier []Release, k int) error
}

func (w *place) run(people []string) ([]Cell, error) {
	cohort := w.p.Release(people)
	if err := w.allowed(cohort, w.earlier, attackK); err != nil {
		return nil, err
	}
	tally := NewTally([]string{"value"})
	for _, person := range people {
		tally.Add(person, []string{w.value[person]})
	}
	table, err := tally.Table(attackK, attackRound)
	if err == nil {
		w.earlier = append(w.earlier, cohort)
	}
	return table, err
}

// difference is the analyst's guess from two tables: the only value whose count is another.
func difference(with, without []Cell) (value string) {
	for _, a := range with {
		for _, b := range without {
			if a.Values[0] == b.Values[0] && !a.Totals[0] && !b.Totals[0] && (a.Count != b.Count || a.Suppressed != b.Suppressed) {
				if value != "" {
					return ""
				}
				value = a.Values[0]
			}
		}
	}
	return value
}

// attackOne brings the counts to where rounding turns, by a padding of people whose values
// the analyst knows, and takes the victim away. It returns what the analyst learns.
func attackOne(w *place, others []string, victim string) (learned string, refused bool) {
	for padding := 0; padding < attackRound; padding++ {
		for _, known := range []string{"yes", "no"} {
			var padded []string
			for i := range padding {
				person := fmt.Sprint("known ", known, i)
				w.value[person] = known
				padded = append(padded, person)
			}
			with, err := w.run(slices.Concat(others, padded, []string{victim}))
			if err != nil {
				refused = refused || errors.Is(err, ErrIsolates)
				continue
			}
			without, err := w.run(slices.Concat(others, padded))
			if err != nil {
				refused = refused || errors.Is(err, ErrIsolates)
				continue
			}
			if value := difference(with, without); value != "" {
				return value, refused
			}
		}
	}
	return "", refused
}

// TestDifferencing: of two cohorts that differ by one person, the second is refused, and
// nothing is learned.
func TestDifferencing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, others, victim := attacked(t, Differs)
		learned, refused := attackOne(w, others, victim)
		if learned != "" {
			t.Fatalf("the analyst learns that the person's value is %q", learned)
		}
		if !refused {
			t.Fatal("nothing was refused")
		}
	})
}

// TestDifferencingWithoutRefusal: rounding and suppression alone do not stop it: every
// victim's value is found. So the test above can fail.
func TestDifferencingWithoutRefusal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, others, victim := attacked(t, func(Release, []Release, int) error { return nil })
		if learned, _ := attackOne(w, others, victim); learned != w.value[victim] {
			t.Fatalf("the attack is no good: it finds %q", learned)
		}
	})
}

func attacked(t *rapid.T, allowed func(Release, []Release, int) error) (w *place, others []string, victim string) {
	w = &place{p: secretOf("view"), value: map[string]string{}, allowed: allowed}
	for value, people := range map[string]int{"yes": rapid.IntRange(20, 60).Draw(t, "yes"), "no": rapid.IntRange(20, 60).Draw(t, "no")} {
		for i := range people {
			person := fmt.Sprint(value, i)
			w.value[person] = value
			others = append(others, person)
		}
	}
	victim = "victim"
	w.value[victim] = rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "victim")
	return w, others, victim
}

// TestDifferencingOfOneRun: two tables of the same run are of the same people, so that
// only suppression stands between; and a cohort of one is never run.
func TestDifferencingOfOneRun(t *testing.T) {
	t.Parallel()
	w := &place{p: secretOf("view"), value: map[string]string{"victim": "yes"}, allowed: Differs}
	if _, err := w.run([]string{"victim"}); !errors.Is(err, ErrSmallCohort) {
		t.Errorf("a cohort of one: %v", err)
	}
	if len(w.earlier) != 0 {
		t.Error("a refused run is counted as released")
	}
}
