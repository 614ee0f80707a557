package demo

import "testing"

// The busy person has as many entries as asked for, and is only there if asked for.
func TestBusyPerson(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 250} {
		r, err := Start(t.Context(), Options{Patients: 20, Busy: n, Dir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := r.Close(t.Context()); err != nil {
				t.Log(err)
			}
		})
		if found := r.Scenario("busy").NHSNumber != ""; found != (n > 0) {
			t.Errorf("asked for %d entries: the person is there: %v", n, found)
		}
	}
	d := newDice(1, "busy", london(Options{}.withDefaults().Now()))
	p := &person{in: inGP | inHospital}
	p.truth.born = d.today.AddDate(-90, 0, 0)
	l := newLife(d, p)
	l.lifetime(250)
	h := l.h
	if got := len(h.observations) + len(h.contacts) + len(h.reports) + len(h.documents); got != 250 {
		t.Errorf("%d entries, want 250", got)
	}
	for _, o := range h.observations {
		if o.at.After(d.today) || o.at.Before(p.truth.born) {
			t.Errorf("an observation at %v", o.at)
		}
	}
}
