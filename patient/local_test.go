package patient_test

import (
	"errors"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// adopt gives the patient of a record.
func (p *patchwork) adopt(source, local string) *patient.Patient {
	p.t.Helper()
	ids, err := p.Adopt(p.t.Context(), []patient.Local{{Source: source, LocalID: local, Birth: born}, {Source: "z", LocalID: local}, {Source: source}})
	if err != nil || len(ids) != 3 || ids[0] == "" || ids[1] != "" || ids[2] != "" {
		p.t.Fatalf("%v, %v", ids, err)
	}
	return p.get(ids[0])
}

func (p *patchwork) get(id string) *patient.Patient {
	p.t.Helper()
	got, err := p.Get(p.t.Context(), id)
	if err != nil {
		p.t.Fatal(err)
	}
	if got, err = p.Refresh(p.t.Context(), got, 10*time.Second); err != nil {
		p.t.Fatal(err)
	}
	return got
}

func TestKnownOnlyLocally(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		a, b, c := holds(), holds(unnumbered(rosamund("", "2"))), holds(unnumbered(rosamund("", "3")))
		p := linking(t, db, a, b, c)
		got := p.adopt("b", "2")
		want(t, got, "a ABSENT; b LINKED 2(OWN); c LINKED 3(PROBABLE)")
		if got.NHSNumber != "" || got.BirthDate != born {
			t.Errorf("%+v", got)
		}
		if again := p.adopt("b", "2"); again.ID != got.ID {
			t.Error("adopted twice")
		}
		if by := p.adopt("c", "3"); by.ID != got.ID {
			t.Error("the record is linked with somebody")
		}
		held, err := p.LinkedTo(t.Context(), []patient.Local{{Source: "b", LocalID: "2"}, {Source: "a", LocalID: "2"}})
		if err != nil || len(held) != 1 || held[patient.Local{Source: "b", LocalID: "2"}] != got.ID {
			t.Errorf("%v, %v", held, err)
		}
		if err := p.Unlink(t.Context(), steward, got.ID, "b", "2", because); !errors.Is(err, patient.ErrOwn) {
			t.Error(err)
		}
		if n := rows(t, db, `SELECT COUNT(*) FROM patient_number`); n != 0 {
			t.Errorf("%d numbers", n)
		}
	})
}

func TestALocalPersonTurnsOutToHaveANumber(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		t.Run("found by name elsewhere", func(t *testing.T) {
			p := linking(t, db, holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2"))))
			ids, err := p.Adopt(t.Context(), []patient.Local{{Source: "b", LocalID: "2", Birth: born}})
			if err != nil {
				t.Fatal(err)
			}
			got := p.get(ids[0])
			want(t, got, "a LINKED 1; b LINKED 2(PROBABLE)")
			if got.NHSNumber != anna || len(got.FormerIDs) != 1 || got.FormerIDs[0] != ids[0] {
				t.Errorf("%+v", got)
			}
		})
		t.Run("looked up by the number", func(t *testing.T) {
			p := linking(t, emptied(t, db), holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2"))))
			ids, err := p.Adopt(t.Context(), []patient.Local{{Source: "b", LocalID: "2", Birth: born}})
			if err != nil {
				t.Fatal(err)
			}
			got := p.open(anna)
			want(t, got, "a LINKED 1; b LINKED 2(PROBABLE)")
			if p.get(ids[0]).ID != got.ID {
				t.Error("its id does not lead on")
			}
		})
		t.Run("its own system gets it", func(t *testing.T) {
			b := holds(unnumbered(rosamund("", "2")))
			p := linking(t, emptied(t, db), holds(), b)
			id := p.adopt("b", "2").ID
			b.set(func() { b.people = []record.Person{rosamund(anna, "2")} })
			for range 2 { // it is checked behind the scenes, then asked by the number
				p.clock.add(13 * time.Hour)
				p.get(id)
				p.Rest()
			}
			got := p.get(id)
			want(t, got, "a ABSENT; b LINKED 2")
			if got.NHSNumber != anna || len(got.FormerIDs) != 1 || got.FormerIDs[0] != id {
				t.Errorf("%+v", got)
			}
		})
		t.Run("it may be somebody's", func(t *testing.T) {
			p := linking(t, emptied(t, db), holds(rosamund(anna, "1")), holds(sparse(rosamund("", "2"))))
			got := p.adopt("b", "2")
			want(t, got, "a UNVERIFIED; b LINKED 2(OWN)")
			want(t, p.open(anna), "a LINKED 1; b UNVERIFIED")
			if _, err := p.Confirm(t.Context(), steward, p.proposed().ID, because); err != nil {
				t.Fatal(err)
			}
			if after := p.get(got.ID); after.NHSNumber != anna {
				t.Errorf("%+v", after)
			}
			want(t, p.open(anna), "a LINKED 1; b LINKED 2(CONFIRMED)")
		})
	})
}
