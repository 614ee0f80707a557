package patient_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// named gives a person a name and an address by which they can be traced.
func named(p record.Person, given, family string) record.Person {
	p.Name = record.HumanName{Given: []string{given}, Family: family}
	p.Gender = "female"
	p.Addresses = []record.Address{{Lines: []string{"14 Lantern Row", "Harrowmere"}, Postcode: "WM1 4ST"}}
	p.Telecoms = []record.Telecom{{System: "phone", Value: "01632 960901"}}
	return p
}

// rosamund is Anna's name: rare enough to be told from others.
func rosamund(n record.NHSNumber, local string) record.Person {
	return named(person(n, local, born), "Rosamund", "Geminiford")
}

func rosalind(n record.NHSNumber, local string) record.Person {
	return named(person(n, local, born), "Rosalind", "Geminiford")
}

// unnumbered is a record without an NHS number.
func unnumbered(p record.Person) record.Person {
	p.NHSNumber, p.NHSNumberStatus = "", record.NumberUnknown
	return p
}

// linking builds an index that traces by name.
func linking(t testing.TB, db *migrations.DB, systems ...*system) *patchwork {
	t.Helper()
	p := &patchwork{t: t, db: db, systems: systems, clock: newClock(), linking: patient.Linking{Model: match.Default()}}
	p.reopen()
	return p
}

// emptied takes out what the index keeps: a fresh database takes longer.
func emptied(t testing.TB, db *migrations.DB) *migrations.DB {
	t.Helper()
	for _, table := range []string{"patient_decision", "patient_proposal", "patient_link", "patient_registration", "patient_number", "patient"} {
		if _, err := db.Write.DB.Exec(`DELETE FROM ` + table); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// cannotByName is a system's word that it cannot be searched by name.
type cannotByName struct{}

func (cannotByName) Error() string { return "no" }
func (cannotByName) Failure() (code, reason string) {
	return "search-not-offered", "It cannot be searched"
}

func TestTracing(t *testing.T) {
	t.Parallel()
	moved := unnumbered(rosamund("", "2"))
	moved.Addresses, moved.Telecoms = nil, nil
	brother := unnumbered(named(person("", "2", born), "Barnaby", "Geminiford"))
	brother.Gender = "male"
	elder := unnumbered(named(person("", "2", "1930-03-12"), "Rosamund", "Geminiford"))
	cannot, down := holds(unnumbered(rosamund("", "2"))), holds(unnumbered(rosamund("", "2")))
	cannot.byName, down.byName = cannotByName{}, errors.New("down")
	unsure := holds(rosamund(anna, "1"))
	unsure.byName = errors.New("down")
	cases := []struct {
		name     string
		systems  []*system
		want     string
		proposed int
	}{
		{"a record without a number", []*system{holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2")))}, "a LINKED 1; b LINKED 2(PROBABLE)", 0},
		{"the same number, unverified", []*system{holds(rosamund(anna, "1")), holds(unverified(rosamund(anna, "2")))}, "a LINKED 1; b LINKED 2(PROBABLE)", 0},
		{"another number, unverified", []*system{holds(rosamund(anna, "1")), holds(unverified(rosamund(ben, "2")))}, "a LINKED 1; b UNVERIFIED", 1},
		{"somebody of the same name is known there", []*system{holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2")), rosamund(ben, "3"))}, "a LINKED 1; b UNVERIFIED", 1},
		{"another number, verified", []*system{holds(rosamund(anna, "1")), holds(rosamund(ben, "2"))}, "a LINKED 1; b ABSENT", 0},
		{"too little agrees", []*system{holds(rosamund(anna, "1")), holds(moved)}, "a LINKED 1; b UNVERIFIED", 1},
		{"twins", []*system{holds(rosamund(anna, "1")), holds(unnumbered(named(person("", "2", born), "Beatrice", "Geminiford")))}, "a LINKED 1; b UNVERIFIED", 1},
		{"twins, a brother", []*system{holds(rosamund(anna, "1")), holds(brother)}, "a LINKED 1; b ABSENT", 0},
		{"twins who are named alike", []*system{holds(rosamund(anna, "1")), holds(unnumbered(rosalind("", "2")))}, "a LINKED 1; b UNVERIFIED", 1},
		{"somebody of the same name is known to who says so", []*system{holds(rosamund(anna, "1"), rosamund(ben, "9")), holds(unnumbered(rosamund("", "2")))}, "a LINKED 1; b UNVERIFIED", 1},
		{"mother and daughter", []*system{holds(rosamund(anna, "1")), holds(elder)}, "a LINKED 1; b ABSENT", 0},
		{"two records", []*system{holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2")), unnumbered(rosamund("", "3")))}, "a LINKED 1; b UNVERIFIED", 2},
		{"cannot be searched by name", []*system{holds(rosamund(anna, "1")), cannot}, "a LINKED 1; b ABSENT", 0},
		{"the search failed", []*system{holds(rosamund(anna, "1")), down}, "a LINKED 1; b UNANSWERED", 0},
		{"it cannot be found out who else is called so", []*system{unsure, holds(unnumbered(rosamund("", "2")))}, "a LINKED 1; b UNANSWERED", 0},
	}
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				p := linking(t, emptied(t, db), c.systems...)
				want(t, p.open(anna), c.want)
				want(t, p.open(anna), c.want)
				page, _, total, err := p.Proposals(context.Background(), patient.ProposalOpen, 10, "")
				if err != nil || total != c.proposed || len(page) != c.proposed {
					t.Errorf("%d proposals, %v", total, err)
				}
				p.clock.add(11 * time.Minute)
				want(t, p.open(anna), c.want)
			})
		}
	})
}

func TestWhoIsLinkedEverywhereIsNotTraced(t *testing.T) {
	t.Parallel()
	a, b := holds(rosamund(anna, "1")), holds(rosamund(anna, "2"))
	p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), a, b)
	want(t, p.open(anna), "a LINKED 1; b LINKED 2")
	if a.count() != 1 || b.count() != 1 {
		t.Errorf("%d and %d calls", a.count(), b.count())
	}
}

func TestTracingIsOneCallForAllAndRests(t *testing.T) {
	t.Parallel()
	a, b := holds(), holds()
	numbers := synthetic(40)
	for i, n := range numbers {
		a.people = append(a.people, named(person(n, string(n), born), "Rosamund", "Geminiford"+string(rune('a'+i%26))+string(rune('a'+i/26))))
	}
	p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), a, b)
	p.find(10*time.Second, numbers...)
	if b.named != 1 || b.count() != 2 || a.count() != 2 {
		t.Errorf("%d calls by name of %d, %d", b.named, b.count(), a.count())
	}
	p.clock.add(11 * time.Minute)
	p.find(10*time.Second, numbers...)
	if b.named != 1 || b.count() != 3 || a.count() != 2 {
		t.Errorf("after 11 minutes %d calls by name of %d, %d", b.named, b.count(), a.count())
	}
	p.clock.add(12 * time.Hour)
	p.find(10*time.Second, numbers...)
	p.find(10*time.Second, numbers...)
	if b.set(func() {}); b.named != 2 {
		t.Errorf("after half a day %d calls by name", b.named)
	}
}

func TestATraceIsPendingWhileItRuns(t *testing.T) {
	t.Parallel()
	a, b, c := holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2"))), holds()
	c.hang = make(chan struct{})
	p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), a, b, c)
	var got *patient.Patient
	for got == nil || got.Registrations[1].State == patient.Pending {
		got = p.find(time.Millisecond, anna)[0].Patient
		if got != nil && got.Registrations[1].State == patient.Absent {
			t.Fatal("absent before it was searched")
		}
	}
	want(t, got, "a LINKED 1; b LINKED 2(PROBABLE); c PENDING")
	close(c.hang)
	want(t, p.open(anna), "a LINKED 1; b LINKED 2(PROBABLE); c ABSENT")
}

// Who it is has not been said yet: what has not been searched is not absent.
func TestATraceWaitsForWhoItIs(t *testing.T) {
	t.Parallel()
	a, b, c := holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2"))), holds(unverified(rosamund(anna, "3")))
	a.hang = make(chan struct{})
	p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), a, b, c)
	for b.count() == 0 || c.count() == 0 {
		p.find(time.Millisecond, anna)
	}
	for range 20 {
		if f := p.find(time.Millisecond, anna)[0]; f.Patient != nil {
			want(t, f.Patient, "a PENDING; b PENDING; c PENDING")
		}
	}
	close(a.hang)
	want(t, p.open(anna), "a LINKED 1; b LINKED 2(PROBABLE); c LINKED 3(PROBABLE)")
}

func TestEvidenceIsInWords(t *testing.T) {
	t.Parallel()
	p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2"))))
	got := p.open(anna).Registrations[1].Links[0].Evidence
	if !strings.Contains(got, "family name (exact)") || strings.Contains(got, "Geminiford") || strings.Contains(got, "1956") {
		t.Errorf("%q", got)
	}
}

func TestOneRecordForTwoPeopleIsNobodys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		for _, together := range []bool{true, false} {
			// Two people of one name, each known to a system that does not know the other.
			a, b, c := holds(rosamund(anna, "1")), holds(rosamund(ben, "2")), holds(unnumbered(rosamund("", "3")))
			a.byName, b.byName = cannotByName{}, cannotByName{} // nor can anybody say who else is called so
			p := linking(t, emptied(t, db), a, b, c)
			if together {
				p.find(10*time.Second, anna, ben)
			} else {
				want(t, p.open(anna), "a LINKED 1; b ABSENT; c LINKED 3(PROBABLE)")
			}
			want(t, p.open(ben), "a ABSENT; b LINKED 2; c UNVERIFIED")
			want(t, p.open(anna), "a LINKED 1; b ABSENT; c UNVERIFIED")
			if _, _, total, _ := p.Proposals(context.Background(), patient.ProposalOpen, 1, ""); total != 2 {
				t.Errorf("%d proposals", total)
			}
			p.clock.add(13 * time.Hour)
			want(t, p.open(anna), "a LINKED 1; b ABSENT; c UNVERIFIED")
			want(t, p.open(ben), "a ABSENT; b LINKED 2; c UNVERIFIED")
			_ = p.Close()
		}
	})
}

func TestAProbableLinkIsRechecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		a, b := holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2")))
		p := linking(t, db, a, b)
		first := p.open(anna)
		settle := func(shaped string) {
			t.Helper()
			p.clock.add(13 * time.Hour)
			p.open(anna)
			for shape(p.open(anna)) != shaped { // it is checked behind the scenes
				if t.Context().Err() != nil {
					t.Fatal(shape(p.open(anna)))
				}
			}
		}
		b.set(func() { b.byName = errors.New("down"); b.people[0].Name.Family = "Renamed" })
		settle("a LINKED 1; b UNVERIFIED")
		b.set(func() { b.byName = nil; b.people[0].Name.Family = "Geminiford" })
		settle("a LINKED 1; b LINKED 2(PROBABLE)")
		b.set(func() { b.people = []record.Person{rosamund(anna, "2")} })
		settle("a LINKED 1; b LINKED 2")
		b.set(func() { b.people = []record.Person{rosamund(ben, "2")} })
		if got := p.open(ben); got.ID == first.ID {
			t.Error("somebody else's number, the same person")
		}
		settle("a LINKED 1; b ABSENT")
	})
}

func TestOffAndAsk(t *testing.T) {
	t.Parallel()
	for scored, shaped := range map[string]string{"link": "b LINKED 2(PROBABLE)", "ask": "b UNVERIFIED", "off": "b ABSENT"} {
		p := linking(t, dbtest.Open(t, dbtest.SQLite(t)), holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2"))))
		_ = p.Close()
		p.linking.Scored = scored
		p.reopen()
		want(t, p.open(anna), "a LINKED 1; "+shaped)
	}
}

func TestNoNameIsStored(t *testing.T) {
	t.Parallel()
	db := dbtest.Open(t, dbtest.SQLite(t))
	p := linking(t, db, holds(rosamund(anna, "1")), holds(unnumbered(rosamund("", "2")), unnumbered(rosamund("", "3"))))
	p.open(anna)
	rows, err := db.Read.DB.Query(`SELECT agreements || rules || reason || proposed_by || source FROM patient_proposal UNION ALL SELECT evidence FROM patient_link`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	if len(all) != 3 || slices.ContainsFunc(all, func(s string) bool {
		return strings.Contains(s, "Geminiford") || strings.Contains(s, "Rosamund") || strings.Contains(s, "WM1")
	}) {
		t.Errorf("%v", all)
	}
}
