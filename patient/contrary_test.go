package patient_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// about gives the proposal of a record to a person.
func (p *patchwork) about(id, source, local string) patient.Proposal {
	p.t.Helper()
	for _, state := range []patient.ProposalState{patient.ProposalOpen, patient.ProposalConfirmed, patient.ProposalRefused, patient.ProposalWithdrawn} {
		page, _, _, err := p.Proposals(p.t.Context(), state, 20, "")
		if err != nil {
			p.t.Fatal(err)
		}
		for _, d := range page {
			if d.Patient == id && d.Source == source && d.LocalID == local {
				return d
			}
		}
	}
	p.t.Fatal("not proposed")
	return patient.Proposal{}
}

// refuse says that a record is not a person's.
func (p *patchwork) refuse(id, source, local string) {
	p.t.Helper()
	if _, err := p.Refuse(p.t.Context(), steward, p.about(id, source, local).ID, because); err != nil {
		p.t.Fatal(err)
	}
}

// What was refused of somebody stays refused of whom they turn out to be, whatever was
// proposed there (hazard H-01).
func TestARefusalOutlivesAMerge(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		t.Run("of the one that is no more", func(t *testing.T) {
			b := holds(sparse(rosamund("", "2")))
			p := linking(t, db, holds(rosamund(former, "1")), b, holds(rosamund(anna, "3")))
			old, current := p.open(former), p.open(anna)
			p.refuse(old.ID, "b", "2")
			p.about(current.ID, "b", "2") // it is proposed to both
			if err := p.Superseded(t.Context(), former, anna); err != nil {
				t.Fatal(err)
			}
			b.set(func() { b.people = []record.Person{unnumbered(rosamund("", "2"))} }) // like enough to link
			p.recheckAll(anna, "a LINKED 1(TRACED); b ABSENT; c LINKED 3")
		})
		t.Run("of the one that remains", func(t *testing.T) {
			p := linking(t, emptied(t, db), holds(rosamund(former, "1")), holds(rosamund(anna, "2")))
			p.open(former)
			id := p.open(anna).ID
			b := p.systems[0]
			held := b.people
			b.set(func() { b.people = []record.Person{unnumbered(rosamund("", "1"))} }) // as it was once
			if _, err := p.Propose(t.Context(), steward, id, patient.Local{Source: "a", LocalID: "1"}, because); err != nil {
				t.Fatal(err)
			}
			p.refuse(id, "a", "1")
			b.set(func() { b.people = held })
			if err := p.Superseded(t.Context(), former, anna); err != nil {
				t.Fatal(err)
			}
			got, err := p.Get(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			want(t, got, "a UNANSWERED; b LINKED 2") // until it is asked by the superseded number too
			want(t, p.open(anna), "a CONFLICT; b LINKED 2")
		})
		t.Run("of somebody known only locally", func(t *testing.T) {
			a, b := holds(unnumbered(rosamund("", "1"))), holds(sparse(rosamund("", "2")))
			p := linking(t, emptied(t, db), a, b)
			first, second := p.adopt("b", "2").ID, p.adopt("a", "1").ID
			p.refuse(first, "a", "1")
			b.set(func() { b.people = []record.Person{unnumbered(rosamund("", "2"))} })
			for range 2 {
				p.clock.add(13 * time.Hour)
				p.get(first)
				p.get(second)
				p.Rest()
			}
			if p.get(first).ID == p.get(second).ID {
				t.Error("made one, against what was decided")
			}
		})
	})
}

// A record that was confirmed of one person is not linked with another by itself, also while
// nobody holds it.
func TestWhatWasConfirmedIsNotAnothers(t *testing.T) {
	t.Parallel()
	a, b, c := holds(rosamund(anna, "1")), holds(sparse(rosamund("", "2"))), holds(rosamund(ben, "3"))
	a.byName, c.byName = cannotByName{}, cannotByName{}
	p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), a, b, c)
	p.open(anna)
	if _, err := p.Confirm(t.Context(), steward, p.proposed().ID, because); err != nil {
		t.Fatal(err)
	}
	b.set(func() { b.people = nil })
	p.recheckAll(anna, "a LINKED 1; b ABSENT; c ABSENT")
	b.set(func() { b.people = []record.Person{unnumbered(rosamund("", "2"))} })
	want(t, p.open(ben), "a ABSENT; b UNVERIFIED; c LINKED 3")
	p.recheckAll(anna, "a LINKED 1; b LINKED 2(CONFIRMED); c ABSENT")
}

// A decision is no system's word that there is nobody: it is asked again.
func TestADecisionIsNotAbsence(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		t.Run("refused once more", func(t *testing.T) {
			p := linking(t, db, holds(rosamund(anna, "1")), holds(rosamund(anna, "2")))
			id := p.open(anna).ID
			if err := p.Unlink(t.Context(), steward, id, "b", "2", because); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Propose(t.Context(), steward, id, patient.Local{Source: "b", LocalID: "2"}, because); err != nil {
				t.Fatal(err)
			}
			p.refuse(id, "b", "2")
			b, hang := p.systems[1], make(chan struct{})
			b.set(func() { b.hang = hang })
			want(t, p.find(-1, anna)[0].Patient, "a LINKED 1; b PENDING")
			close(hang)
			p.Rest()
			want(t, p.open(anna), "a LINKED 1; b CONFLICT")
		})
		t.Run("somebody else's number", func(t *testing.T) {
			b := holds(unnumbered(rosamund("", "2")))
			p := linking(t, emptied(t, db), holds(rosamund(anna, "1")), b)
			id := p.open(anna).ID
			b.set(func() { b.people = append(b.people, sparse(rosamund("", "4"))) })
			if _, err := p.Propose(t.Context(), steward, id, patient.Local{Source: "b", LocalID: "4"}, because); err != nil {
				t.Fatal(err)
			}
			b.set(func() { b.people[0] = rosamund(ben, "2") })
			p.open(ben)
			got, err := p.Get(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			want(t, got, "a LINKED 1; b UNANSWERED")
			want(t, p.open(anna), "a LINKED 1; b UNVERIFIED")
		})
	})
}

// Whose number it is that a local record gets, all systems say together; it leads nobody to
// another person (hazard H-01).
func TestALocalRecordGetsAnothersNumber(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		bens := func(local string) record.Person {
			return named(person(ben, local, "1971-08-30"), "Benedict", "Otherford")
		}
		p := linking(t, db, holds(bens("1")), holds(unnumbered(rosamund("", "2"))), holds(bens("3")))
		id := p.adopt("b", "2").ID
		b := p.systems[1]
		b.set(func() { b.people = []record.Person{rosamund(ben, "2")} })
		for range 2 {
			p.clock.add(13 * time.Hour)
			p.get(id)
			p.Rest()
		}
		want(t, p.open(ben), "a LINKED 1; b CONFLICT; c LINKED 3")
		got := p.get(id)
		want(t, got, "a ABSENT; b LINKED 2(OWN); c ABSENT")
		if got.NHSNumber != "" || got.BirthDate != born {
			t.Error("led to another person")
		}
		// What the others say is not as it was once.
		for _, s := range []*system{p.systems[0], p.systems[2]} {
			s.set(func() { s.err = errors.New("down") })
		}
		p.clock.add(13 * time.Hour)
		want(t, p.get(id), "a UNANSWERED; b LINKED 2(OWN); c UNANSWERED")
	})
}

// A number that two systems give to two people is neither's because one of them is silent.
func TestSilenceDoesNotSettleWhoseANumberIs(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		a, b := holds(rosamund(anna, "1")), holds(named(person(anna, "2", "1971-08-30"), "Benedict", "Otherford"))
		p := linking(t, db, a, b)
		want(t, p.open(anna), "a CONFLICT; b CONFLICT")
		for _, silent := range [][]*system{{a}, {a, b}, {b}, {a}} {
			for _, s := range []*system{a, b} {
				s.set(func() { s.err = nil })
			}
			for _, s := range silent {
				s.set(func() { s.err = errors.New("down") })
			}
			p.clock.add(11 * time.Minute)
			want(t, p.open(anna), "a CONFLICT; b CONFLICT")
		}
		a.set(func() { a.err, a.people = nil, nil }) // it was put right there
		p.clock.add(11 * time.Minute)
		want(t, p.open(anna), "a ABSENT; b LINKED 2")
	})
}

// A system that could not be searched, because those who know the person did not say who it
// is, has not found nobody; and whoever can say it is asked for it in turn.
func TestNobodySaysWhoItIs(t *testing.T) {
	t.Parallel()
	a, b, c := holds(rosamund(anna, "1")), holds(rosamund(anna, "2")), holds()
	p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), a, b, c)
	want(t, p.open(anna), "a LINKED 1; b LINKED 2; c ABSENT")
	c.set(func() { c.people = []record.Person{unnumbered(rosamund("", "3"))} })
	p.clock.add(11 * time.Hour) // the links rest
	p.open(anna)
	p.Rest()
	forget := func() {
		if _, err := p.db.Write.DB.Exec(`UPDATE patient_registration SET traced = 0, checked = 0 WHERE source = 'c'`); err != nil {
			t.Fatal(err)
		}
	}
	forget()
	for _, s := range []*system{a, b} {
		s.set(func() { s.err = errors.New("down") })
	}
	want(t, p.open(anna), "a LINKED 1; b LINKED 2; c UNANSWERED")
	b.set(func() { b.err = nil })
	want(t, p.open(anna), "a LINKED 1; b LINKED 2; c LINKED 3(PROBABLE)")
}

// tooMany is a system's word that it found more people than it may give.
type tooMany struct{}

func (tooMany) Error() string { return "no" }
func (tooMany) Failure() (code, reason string) {
	return "too-many-matches", "Too many people match"
}

// That somebody has too many namesakes is not that nobody is there, nor does it say anything
// of others who were searched for at once.
func TestTooManyNamesakes(t *testing.T) {
	t.Parallel()
	rare := named(person(ben, "9", "1971-08-30"), "Benedict", "Otherford")
	hers := unnumbered(rare)
	hers.Subject = "2"
	b := holds(hers)
	b.crowd = "Geminiford"
	p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), holds(rosamund(anna, "1"), rare), b)
	found := p.find(10*time.Second, anna, ben)
	want(t, found[0].Patient, "a LINKED 1; b UNSEARCHABLE")
	want(t, found[1].Patient, "a LINKED 9; b LINKED 2(PROBABLE)")
	p.clock.add(11 * time.Minute) // it is asked by the number again, and rests otherwise
	want(t, p.open(anna), "a LINKED 1; b UNSEARCHABLE")
	b.set(func() { b.crowd = "" })
	p.clock.add(13 * time.Hour)
	want(t, p.open(anna), "a LINKED 1; b ABSENT")
}

// What was proposed of a record is asked by its local id alone, in every settling.
func TestProposalsAreFoundByAnIndex(t *testing.T) {
	t.Parallel()
	db := dbtest.Open(t, dbtest.SQLite(t))
	plan, err := db.Read.DB.Query(`EXPLAIN QUERY PLAN SELECT id FROM patient_proposal WHERE local_id IN ('1', '2')`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = plan.Close() }()
	for plan.Next() {
		var id, parent, unused int
		var detail string
		if err := plan.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(detail, "SCAN") {
			t.Error(detail)
		}
	}
	if err := plan.Err(); err != nil {
		t.Fatal(err)
	}
}

// A record that is no more is not the person's because the one that remains is not to be
// found.
func TestARecordThatIsNoMoreIsUnlinked(t *testing.T) {
	t.Parallel()
	b := holds(unnumbered(rosamund("", "2")))
	p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), holds(rosamund(anna, "1")), b)
	id := p.open(anna).ID
	b.set(func() { b.people = nil })
	if err := p.Merged(t.Context(), "b", "2", "3", p.clock.now()); err != nil {
		t.Fatal(err)
	}
	got, err := p.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	want(t, got, "a LINKED 1; b UNANSWERED")
}
