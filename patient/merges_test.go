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

func TestASystemMergesRecords(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		t.Run("the link moves", func(t *testing.T) {
			b := holds(unnumbered(rosamund("", "2")))
			p := linking(t, db, holds(rosamund(anna, "1")), b)
			want(t, p.open(anna), "a LINKED 1; b LINKED 2(PROBABLE)")
			b.set(func() { b.people = []record.Person{unnumbered(rosamund("", "3"))} })
			for range 2 {
				if err := p.Merged(t.Context(), "b", "2", "3", p.clock.now()); err != nil {
					t.Fatal(err)
				}
				want(t, p.find(-1, anna)[0].Patient, "a LINKED 1; b LINKED 3(PROBABLE)")
				p.Rest()
			}
			want(t, p.open(anna), "a LINKED 1; b LINKED 3(PROBABLE)")
		})
		t.Run("another birth date", func(t *testing.T) {
			b := holds(unnumbered(rosamund("", "2")))
			p := linking(t, emptied(t, db), holds(rosamund(anna, "1")), b)
			p.open(anna)
			b.set(func() {
				b.people = []record.Person{unnumbered(named(person("", "3", "1999-01-01"), "Rosamund", "Geminiford"))}
			})
			if err := p.Merged(t.Context(), "b", "2", "3", p.clock.now()); err != nil {
				t.Fatal(err)
			}
			want(t, p.open(anna), "a LINKED 1; b UNVERIFIED")
			if p.proposed().LocalID != "3" {
				t.Error("not proposed")
			}
		})
		t.Run("two people with numbers", func(t *testing.T) {
			b := holds(rosamund(anna, "2"), rosamund(ben, "3"))
			p := linking(t, emptied(t, db), b)
			first, second := p.open(anna), p.open(ben)
			if err := p.Merged(t.Context(), "a", "2", "3", p.clock.now()); err != nil {
				t.Fatal(err)
			}
			if p.get(first.ID).ID == p.get(second.ID).ID {
				t.Error("twins were made one")
			}
			want(t, p.find(-1, ben)[0].Patient, "a LINKED 3")
		})
		t.Run("it cannot be asked", func(t *testing.T) {
			b := holds(unnumbered(rosamund("", "2")))
			p := linking(t, emptied(t, db), holds(rosamund(anna, "1")), b)
			p.open(anna)
			b.set(func() { b.err = errors.New("down") })
			if err := p.Merged(t.Context(), "b", "2", "3", p.clock.now()); !errors.Is(err, patient.ErrSilent) {
				t.Error(err)
			}
			want(t, p.open(anna), "a LINKED 1; b LINKED 2(PROBABLE)")
		})
		t.Run("two who are known only locally", func(t *testing.T) {
			b := holds(sparse(rosamund("", "2")), sparse(rosamund("", "3")))
			p := linking(t, emptied(t, db), b)
			first, second := p.adopt("a", "2"), p.adopt("a", "3")
			b.set(func() { b.people = b.people[1:] })
			if err := p.Merged(t.Context(), "a", "2", "3", p.clock.now()); err != nil {
				t.Fatal(err)
			}
			if p.get(first.ID).ID != p.get(second.ID).ID {
				t.Error("two people")
			}
		})
	})
}

func TestANumberIsSuperseded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		t.Run("both are known", func(t *testing.T) {
			p := linking(t, db, holds(person(former, "1", born)), holds(person(anna, "2", born)))
			old, current := p.open(former), p.open(anna)
			for range 2 {
				if err := p.Superseded(t.Context(), former, anna); err != nil {
					t.Fatal(err)
				}
			}
			p.clock.add(11 * time.Minute)
			got := p.open(anna)
			want(t, got, "a LINKED 1(TRACED); b LINKED 2")
			if got.ID != current.ID || p.get(old.ID).ID != current.ID {
				t.Error("two people")
			}
		})
		t.Run("with another birth date", func(t *testing.T) {
			p := linking(t, emptied(t, db), holds(person(former, "1", "1999-01-01")), holds(person(anna, "2", born)))
			old, current := p.open(former), p.open(anna)
			if err := p.Superseded(t.Context(), former, anna); err != nil {
				t.Fatal(err)
			}
			if p.get(old.ID).ID == p.get(current.ID).ID || p.proposed().Patient != current.ID {
				t.Error("mixed up")
			}
		})
		t.Run("one is known", func(t *testing.T) {
			p := linking(t, emptied(t, db), holds(person(former, "1", born)))
			old := p.open(former)
			if err := p.Superseded(t.Context(), former, anna); err != nil {
				t.Fatal(err)
			}
			if got := p.open(anna); got.ID != old.ID || got.NHSNumber != anna {
				t.Errorf("%+v", got)
			}
			if err := p.Superseded(t.Context(), "9999999999", ben); err != nil {
				t.Error(err)
			}
		})
	})
}
