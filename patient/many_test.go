package patient_test

import (
	"context"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		a, b := holds(person(former, "1", born), person(ben, "3", born)), holds(person(anna, "2", born))
		p := build(t, db, a, b)
		old, current, other := p.open(former), p.open(anna), p.open(ben)
		many := func(ids ...string) []*patient.Patient {
			t.Helper()
			got, err := p.Many(context.Background(), ids)
			if err != nil || len(got) != len(ids) {
				t.Fatal(got, err)
			}
			return got
		}
		got := many(other.ID, "nobody", old.ID, "\x00", "", other.ID, current.ID)
		for i, id := range []string{other.ID, "", old.ID, "", "", other.ID, current.ID} {
			if id == "" && got[i] != nil || id != "" && (got[i] == nil || got[i].ID != id) {
				t.Errorf("%d: %v, not %q", i, got[i], id)
			}
		}
		want(t, got[0], "a LINKED 3; b ABSENT")
		if len(many()) != 0 {
			t.Error("somebody of nobody")
		}
		b.set(func() { b.people = []record.Person{person(anna, "2", born, former)} })
		p.clock.add(13 * time.Hour)
		for p.open(anna).FormerNHSNumbers == nil { // it settles in the background
		}
		got = many(old.ID, current.ID)
		if got[0] == nil || got[0] != got[1] || got[0].ID != current.ID {
			t.Errorf("two that turned out to be one: %v", got)
		}
	})
}
