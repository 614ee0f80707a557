package patient_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// TestWhateverSystemsSay: systems state random people under few numbers, birth dates
// and local ids, change their minds, fail; the index is asked in any order. Never does
// a patient get a record of another birth date, a placeholder or an unverified number,
// and never do two patients hold one local id. Hazard H-01.
func TestWhateverSystemsSay(t *testing.T) {
	t.Parallel()
	numbers := append(synthetic(4), "9999999999", "0000000000", "9000000001")
	births := []record.Date{"1956-03-12", "1956-12-03", "1999-01-01", "1956", ""}
	rapid.Check(t, func(rt *rapid.T) {
		db := dbtest.Open(t, dbtest.SQLite(t))
		p := build(t, db, &system{}, &system{}, &system{})
		defer func() { _ = p.Close(); _ = db.Close() }()
		said := map[string]bool{} // every (system, local id, birth date) that was ever stated verified
		for range rapid.IntRange(1, 6).Draw(rt, "rounds") {
			for i, s := range p.systems {
				people := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) record.Person {
					n := rapid.SampledFrom(numbers).Draw(rt, "number")
					who := person(n, fmt.Sprint(rapid.IntRange(0, 5).Draw(rt, "local")), rapid.SampledFrom(births).Draw(rt, "born"),
						rapid.SliceOfN(rapid.SampledFrom(numbers), 0, 2).Draw(rt, "formers")...)
					if rapid.IntRange(0, 3).Draw(rt, "verified") == 0 {
						who = unverified(who)
					}
					if rapid.Bool().Draw(rt, "found by another") {
						who = foundBy(rapid.SampledFrom(numbers).Draw(rt, "by"), who)
					}
					return who
				}), 0, 4).Draw(rt, "people")
				fails := rapid.IntRange(0, 4).Draw(rt, "fails") == 0
				s.set(func() {
					s.people, s.err = people, nil
					if fails {
						s.err = fmt.Errorf("down")
					}
				})
				for _, who := range people {
					if who.NHSNumberStatus == record.NumberVerified {
						said[fmt.Sprint(i, who.Subject, who.BirthDate)] = true
					}
				}
			}
			asked := rapid.SliceOfN(rapid.SampledFrom(numbers), 1, 5).Draw(rt, "asked")
			for i, f := range p.find(10*time.Second, asked...) {
				if f.Patient == nil {
					continue
				}
				if _, err := record.ParseNHSNumber(string(asked[i])); err != nil {
					rt.Fatalf("%s became a patient", asked[i])
				}
				check(rt, f.Patient, asked[i], said)
			}
			p.clock.add(time.Duration(rapid.SampledFrom([]int{0, 11, 13 * 60}).Draw(rt, "minutes")) * time.Minute)
		}
		_ = p.Close()
		if n := rows(t, db, `SELECT COUNT(*) FROM (SELECT source, local_id FROM patient_link WHERE ended IS NULL GROUP BY source, local_id HAVING COUNT(*) > 1) AS x`); n != 0 {
			rt.Fatalf("%d local ids are held twice", n)
		}
		if n := rows(t, db, `SELECT COUNT(*) FROM patient_link l JOIN patient p ON p.id = l.patient_id WHERE l.ended IS NULL AND (p.merged_into IS NOT NULL OR p.birth_date = '')`); n != 0 {
			rt.Fatalf("%d links of no one", n)
		}
		if n := rows(t, db, `SELECT COUNT(*) FROM patient_registration r WHERE (r.state = 'LINKED') <>
			EXISTS (SELECT 1 FROM patient_link l WHERE l.patient_id = r.patient_id AND l.source = r.source AND l.ended IS NULL)`); n != 0 {
			rt.Fatalf("%d registrations do not fit their links", n)
		}
		if n := rows(t, db, `SELECT COUNT(*) FROM patient p WHERE merged_into IS NULL AND
			(SELECT COUNT(*) FROM patient_number n WHERE n.patient_id = p.id AND n.is_current) <> 1`); n != 0 {
			rt.Fatalf("%d patients without one current number", n)
		}
	})
}

func check(rt *rapid.T, p *patient.Patient, asked record.NHSNumber, said map[string]bool) {
	if asked != p.NHSNumber && !slices.Contains(p.FormerNHSNumbers, asked) {
		rt.Fatalf("asked for one, got another")
	}
	if slices.Contains(p.FormerNHSNumbers, p.NHSNumber) {
		rt.Fatalf("a number is current and superseded")
	}
	for _, n := range append(slices.Clone(p.FormerNHSNumbers), p.NHSNumber) {
		if _, err := record.ParseNHSNumber(string(n)); err != nil {
			rt.Fatalf("a placeholder belongs to a patient")
		}
	}
	for i, r := range p.Registrations {
		if (r.State == patient.Linked) != (len(r.Links) > 0) {
			rt.Fatalf("%s with %d links", r.State, len(r.Links))
		}
		for _, l := range r.Links {
			if !said[fmt.Sprint(i, l.LocalID, p.BirthDate)] {
				rt.Fatalf("linked without anybody saying so, verified, with this birth date")
			}
		}
	}
}
