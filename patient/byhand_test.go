package patient_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

var steward = patient.By{Issuer: "patchwork", Subject: "s1", Name: "Moira Ledger", Role: "data-quality", Organisation: "RXX"}

const because = "the address was checked by telephone"

// restricted is the S-flag.
var restricted = record.Coding{System: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", Code: "R"}

// proposed gives the one open proposal.
func (p *patchwork) proposed() patient.Proposal {
	p.t.Helper()
	page, _, total, err := p.Proposals(context.Background(), patient.ProposalOpen, 10, "")
	if err != nil || total != 1 || len(page) != 1 {
		p.t.Fatalf("%d proposals, %v", total, err)
	}
	return page[0]
}

// recheckAll lets every link be checked, behind the scenes, until the patient looks so.
func (p *patchwork) recheckAll(n record.NHSNumber, shaped string) {
	p.t.Helper()
	for range 2 {
		p.clock.add(13 * time.Hour)
		p.open(n)
		p.Rest()
	}
	want(p.t, p.open(n), shaped)
}

// sparse is too little to link by.
func sparse(p record.Person) record.Person {
	p.Addresses, p.Telecoms = nil, nil
	return unnumbered(p)
}

func TestConfirming(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		a, b := holds(rosamund(anna, "1")), holds(sparse(rosamund("", "2")))
		p, other := linking(t, db, a, b), linking(t, db, a, b)
		want(t, p.open(anna), "a LINKED 1; b UNVERIFIED")
		proposal := p.proposed()
		if _, err := p.Confirm(t.Context(), steward, proposal.ID, "short"); err == nil {
			t.Error("confirmed without a reason")
		}
		if _, err := p.Confirm(t.Context(), steward, proposal.ID, because); err != nil {
			t.Fatal(err)
		}
		const linked = "a LINKED 1; b LINKED 2(CONFIRMED)"
		want(t, other.open(anna), linked) // another server, at once
		if _, err := other.Refuse(t.Context(), steward, proposal.ID, because); !errors.Is(err, patient.ErrDecided) {
			t.Errorf("decided twice: %v", err)
		}
		p.recheckAll(anna, linked)
		b.set(func() { b.err = errors.New("down") })
		p.recheckAll(anna, linked)
		b.set(func() { b.err, b.people[0].Name.Family = nil, "Othername" })
		b.set(func() { b.people[0].Labels = []record.Coding{restricted} })
		p.recheckAll(anna, linked)
		if !p.open(anna).Restricted {
			t.Error("the record's own restriction is lost")
		}
		gone := b.people
		b.set(func() { b.people = nil })
		p.recheckAll(anna, "a LINKED 1; b ABSENT")
		b.set(func() { b.people = gone })
		p.recheckAll(anna, linked)
		b.set(func() {
			b.people = []record.Person{sparse(named(person("", "2", "1999-01-01"), "Rosamund", "Geminiford"))}
		})
		p.recheckAll(anna, "a LINKED 1; b CONFLICT")
		b.set(func() { b.people = []record.Person{rosamund(ben, "2")} })
		p.recheckAll(anna, "a LINKED 1; b ABSENT")
	})
}

func TestConfirmingWhatContradicts(t *testing.T) {
	t.Parallel()
	a, b := holds(rosamund(anna, "1")), holds(sparse(rosamund("", "2")))
	p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), a, b)
	p.open(anna)
	id := p.proposed().ID
	for want, people := range map[error][]record.Person{
		patient.ErrContradicts: {rosamund(ben, "2")},
		patient.ErrGone:        nil,
	} {
		b.set(func() { b.people = people })
		if _, err := p.Confirm(t.Context(), steward, id, because); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	b.set(func() {
		b.people = []record.Person{sparse(named(person("", "2", "1956-03-13"), "Rosamund", "Geminiford"))}
	})
	if _, err := p.Confirm(t.Context(), steward, id, because); !errors.Is(err, patient.ErrContradicts) {
		t.Error(err)
	}
	b.set(func() { b.err = errors.New("down") })
	if _, err := p.Confirm(t.Context(), steward, id, because); !errors.Is(err, patient.ErrSilent) {
		t.Error(err)
	}
	want(t, p.open(anna), "a LINKED 1; b UNVERIFIED")
}

func TestRefusing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		a, b := holds(rosamund(anna, "1")), holds(sparse(rosamund("", "2")))
		p := linking(t, db, a, b)
		p.open(anna)
		id := p.proposed().ID
		if _, err := p.Refuse(t.Context(), steward, id, because); err != nil {
			t.Fatal(err)
		}
		want(t, p.open(anna), "a LINKED 1; b ABSENT")
		b.set(func() { b.people = []record.Person{unnumbered(rosamund("", "2"))} }) // like enough to link
		p.recheckAll(anna, "a LINKED 1; b ABSENT")

		// Somebody may ask again, by hand.
		again, err := p.Propose(t.Context(), steward, p.open(anna).ID, patient.Local{Source: "b", LocalID: "2"}, because)
		if err != nil || again.ID != id || again.ProposedBy != steward.Name {
			t.Fatalf("%+v, %v", again, err)
		}
		want(t, p.open(anna), "a LINKED 1; b UNVERIFIED")
		p.recheckAll(anna, "a LINKED 1; b UNVERIFIED")
		if _, err := p.Confirm(t.Context(), steward, id, because); err != nil {
			t.Fatal(err)
		}
		want(t, p.open(anna), "a LINKED 1; b LINKED 2(CONFIRMED)")
	})
}

func TestUnlinking(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		a, b, c := holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2"))), holds(rosamund(anna, "3"))
		p, other := linking(t, db, a, b, c), linking(t, db, a, b, c)
		got := p.open(anna)
		want(t, got, "a LINKED 1; b LINKED 2(PROBABLE); c LINKED 3")
		if err := p.Unlink(t.Context(), steward, got.ID, "b", "9", because); !errors.Is(err, patient.ErrNoLink) {
			t.Error(err)
		}
		if err := p.Unlink(t.Context(), steward, got.ID, "b", "2", because); err != nil {
			t.Fatal(err)
		}
		want(t, other.open(anna), "a LINKED 1; b ABSENT; c LINKED 3")
		if err := p.Unlink(t.Context(), steward, got.ID, "c", "3", because); err != nil {
			t.Fatal(err)
		}
		const apart = "a LINKED 1; b ABSENT; c CONFLICT"
		want(t, other.open(anna), apart)
		p.recheckAll(anna, apart)
		events, err := p.History(t.Context(), got.ID)
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[string]int{}
		for _, e := range events {
			kinds[e.Kind]++
			if e.Kind == "UNLINKED" && (e.By != steward.Name || e.Reason != because) {
				t.Errorf("%+v", e)
			}
		}
		if kinds["UNLINKED"] != 2 || kinds["ENDED"] != 2 || kinds["LINKED"] != 3 {
			t.Errorf("%v", kinds)
		}
	})
}

func TestAcceptingABirthDate(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		a, b := holds(person(anna, "1", born)), holds(person(anna, "2", "1956-12-03"))
		p := linking(t, db, a, b)
		got := p.open(anna)
		want(t, got, "a LINKED 1; b CONFLICT")
		if err := p.AcceptBirthDate(t.Context(), steward, got.ID, "b", because); err != nil {
			t.Fatal(err)
		}
		after := p.open(anna)
		want(t, after, "a CONFLICT; b LINKED 2")
		if after.ID != got.ID || after.BirthDate != "1956-12-03" {
			t.Errorf("%+v", after)
		}
		b.set(func() { b.people = []record.Person{person(anna, "2", "1956")} })
		if err := p.AcceptBirthDate(t.Context(), steward, got.ID, "b", because); !errors.Is(err, patient.ErrNoBirthDate) {
			t.Error(err)
		}
	})
}
