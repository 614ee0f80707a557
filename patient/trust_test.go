package patient_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// trusting restarts the index after the configuration has changed: the last system's
// numbers are trusted as trust says.
func (p *patchwork) trusting(trust string) {
	p.t.Helper()
	last := p.systems[len(p.systems)-1]
	last.set(func() {
		for i := range last.people {
			last.people[i].NHSNumberStatus = record.NumberUnverified
			if trust == "verified" {
				last.people[i].NHSNumberStatus = record.NumberVerified
			}
		}
	})
	_ = p.Index.Close()
	configured := make([]patient.System, len(p.systems))
	for i, s := range p.systems {
		configured[i] = patient.System{ID: string(rune('a' + i)), Deadline: 20 * time.Second, Finder: s}
	}
	configured[len(configured)-1].Trust = trust
	p.Index = patient.NewIndex(p.db.Write, p.db.Read, configured, p.clock.now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	p.Linking = p.linking
	index := p.Index
	p.t.Cleanup(func() { _ = index.Close() })
}

// asks is how often a system was asked since the last time.
func (s *system) asks() (n int) {
	s.set(func() { n, s.calls = s.calls, 0 })
	return n
}

// TestTrustChanged: whoever was linked, or not, by numbers that are trusted otherwise now is
// judged anew at the next opening, not when the link has grown old.
func TestTrustChanged(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		sure, doubtful := holds(person(anna, "1", born)), holds(person(anna, "2", born))
		p := build(t, db, sure, doubtful)
		p.trusting("")
		want(t, p.open(anna), "a LINKED 1; b UNVERIFIED")
		sure.asks()

		p.trusting("verified")
		want(t, p.open(anna), "a LINKED 1; b LINKED 2")
		if sure.asks() != 0 || doubtful.asks() == 0 {
			t.Error("not only the system whose trust changed was asked")
		}
		want(t, p.open(anna), "a LINKED 1; b LINKED 2")
		p.trusting("verified")
		want(t, p.open(anna), "a LINKED 1; b LINKED 2")
		if n := doubtful.asks(); n != 0 {
			t.Errorf("asked %d times although nothing changed", n)
		}

		p.trusting("")
		want(t, p.open(anna), "a LINKED 1; b UNVERIFIED")
		if n := rows(t, db, `SELECT COUNT(*) FROM patient_link WHERE source = 'b' AND ended IS NOT NULL`); n != 1 {
			t.Errorf("%d ended links in the history", n)
		}
	})
}

// TestTrustChangedAndSilent: a system that does not answer then loses no link and makes none;
// when it answers it is judged.
func TestTrustChangedAndSilent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		sure, doubtful := holds(person(anna, "1", born)), holds(person(anna, "2", born))
		p := build(t, db, sure, doubtful)
		p.trusting("verified")
		want(t, p.open(anna), "a LINKED 1; b LINKED 2")
		doubtful.set(func() { doubtful.err = errors.New("down") })
		p.trusting("")
		for range 2 {
			want(t, p.open(anna), "a LINKED 1; b LINKED 2")
		}
		doubtful.set(func() { doubtful.err = nil })
		want(t, p.open(anna), "a LINKED 1; b UNVERIFIED")

		doubtful.set(func() { doubtful.err = errors.New("down") })
		p.trusting("verified")
		want(t, p.open(anna), "a LINKED 1; b UNANSWERED")
		doubtful.set(func() { doubtful.err = nil })
		want(t, p.open(anna), "a LINKED 1; b LINKED 2")
	})
}

// TestTrustChangedByHand: what people decided outlives the change, both ways.
func TestTrustChangedByHand(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		sure, doubtful := holds(person(anna, "1", born)), holds(person(anna, "2", born))
		p := build(t, db, sure, doubtful)
		p.trusting("verified")
		got := p.open(anna)
		if err := p.Unlink(context.Background(), patient.By{Name: "Ada"}, got.ID, "b", "2", "it is somebody else's record"); err != nil {
			t.Fatal(err)
		}
		for _, trust := range []string{"", "verified"} {
			p.trusting(trust)
			if links := p.open(anna).Links; len(links) != 1 || links[0].Source != "a" {
				t.Errorf("%q: linked again: %v", trust, links)
			}
		}
	})
}

// TestTrustOfOwnRecord: somebody who is known only from a record is found to have a number
// when the number begins to be trusted, and stays who they are when nothing changed.
func TestTrustOfOwnRecord(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		sure, doubtful := holds(person(anna, "1", born)), holds(person(anna, "2", born))
		p := build(t, db, sure, doubtful)
		p.trusting("")
		ids, err := p.Adopt(context.Background(), []patient.Local{{Source: "b", LocalID: "2", Birth: born}})
		if err != nil {
			t.Fatal(err)
		}
		doubtful.asks()
		refresh := func() *patient.Patient {
			own, err := p.Get(context.Background(), ids[0])
			if err == nil {
				own, err = p.Refresh(context.Background(), own, 10*time.Second)
			}
			if err != nil {
				t.Fatal(err)
			}
			return own
		}
		if refresh(); doubtful.asks() != 0 {
			t.Error("a record that was just read is asked for again")
		}
		p.trusting("verified")
		if got := refresh(); got.NHSNumber != anna {
			t.Errorf("number %q", got.NHSNumber)
		}
	})
}
