package patient_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// inhabitant is one true person of a random region.
type inhabitant struct {
	number        record.NHSNumber
	given, family string
	birth         record.Date
	house         int
}

// TestNoLinkJoinsTwoPeople: random regions of few names, birth dates and houses, so that
// there are twins, namesakes and families; systems that know people by verified numbers,
// by unverified ones and by none, that lose addresses and fail. However people are looked
// up, adopted and checked again, every record that is linked is of the person it is linked
// with. Hazard H-01.
func TestNoLinkJoinsTwoPeople(t *testing.T) {
	t.Parallel()
	numbers := synthetic(8)
	linked := 0
	db := dbtest.Open(t, dbtest.SQLite(t))
	rapid.Check(t, func(rt *rapid.T) {
		p := linking(t, emptied(t, db), &system{}, &system{}, &system{})
		defer func() { _ = p.Close() }()
		region := drawRegion(rt, numbers)
		truth := map[string]record.NHSNumber{} // whose a local id is
		for i, s := range p.systems {
			var people []record.Person
			for k, who := range region {
				for n := range rapid.SampledFrom([]int{0, 1, 1, 1, 2}).Draw(rt, "records") {
					local := fmt.Sprint(i, "-", k, "-", n)
					truth[local] = who.number
					people = append(people, drawRecord(rt, who, local))
				}
			}
			s.people = people
		}
		for range rapid.IntRange(1, 4).Draw(rt, "rounds") {
			for _, s := range p.systems {
				s.set(func() {
					s.err, s.byName = nil, nil
					switch rapid.IntRange(0, 7).Draw(rt, "fails") {
					case 0:
						s.err = errors.New("down")
					case 1:
						s.byName = errors.New("down")
					case 2:
						s.byName = cannotByName{}
					}
				})
			}
			p.find(10*time.Second, rapid.SliceOfN(rapid.SampledFrom(numbers), 1, 8).Draw(rt, "asked")...)
			adoptSome(rt, p)
			p.Rest()
			linked += checkTruth(rt, p, truth)
			p.clock.add(time.Duration(rapid.SampledFrom([]int{0, 11, 13 * 60}).Draw(rt, "minutes")) * time.Minute)
		}
	})
	if linked == 0 {
		t.Error("nothing was ever linked without a number: the test tests nothing")
	}
}

func drawRegion(rt *rapid.T, numbers []record.NHSNumber) []inhabitant {
	region := make([]inhabitant, 0, len(numbers))
	taken := map[string]bool{}
	for _, n := range numbers {
		who := inhabitant{
			number: n, given: rapid.SampledFrom([]string{"Rosamund", "Rosalind", "Beatrice", "Araminta", "Philomena"}).Draw(rt, "given"),
			family: rapid.SampledFrom([]string{"Geminiford", "Everard-Hollis"}).Draw(rt, "family"),
			birth:  rapid.SampledFrom([]record.Date{"1956-03-12", "1956-12-03", "1986-03-12"}).Draw(rt, "birth"),
			house:  rapid.IntRange(1, 4).Draw(rt, "house"),
		}
		// Nobody can tell two people of one name and birth date in one house.
		if key := fmt.Sprint(who.given, who.family, who.birth, who.house); !taken[key] {
			taken[key] = true
			region = append(region, who)
		}
	}
	return region
}

func drawRecord(rt *rapid.T, who inhabitant, local string) record.Person {
	p := named(person(who.number, local, who.birth), who.given, who.family)
	p.Addresses = []record.Address{{Lines: []string{fmt.Sprint(who.house, " Lantern Row")}, Postcode: fmt.Sprint("WM", who.house, " ", who.house, "ST")}}
	p.Telecoms = []record.Telecom{{System: "phone", Value: fmt.Sprint("01632 96090", who.house)}}
	if rapid.IntRange(0, 3).Draw(rt, "no address") == 0 {
		p.Addresses, p.Telecoms = nil, nil
	}
	switch rapid.IntRange(0, 5).Draw(rt, "number") {
	case 0, 1:
		p = unnumbered(p)
	case 2:
		p = unverified(p)
	}
	return p
}

// adoptSome adopts records without a number, as a search does.
func adoptSome(rt *rapid.T, p *patchwork) {
	var locals []patient.Local
	for i, s := range p.systems {
		for k := range s.people {
			if who := &s.people[k]; who.NHSNumberStatus != record.NumberVerified && rapid.IntRange(0, 3).Draw(rt, "adopt") == 0 {
				locals = append(locals, patient.Local{Source: string(rune('a' + i)), LocalID: who.Subject, Birth: who.BirthDate})
			}
		}
	}
	ids, err := p.Adopt(context.Background(), locals)
	if err != nil {
		rt.Fatal(err)
	}
	for _, id := range ids {
		got, err := p.Get(context.Background(), id)
		if err == nil {
			_, err = p.Refresh(context.Background(), got, 10*time.Second)
		}
		if err != nil {
			rt.Fatal(err)
		}
	}
}

// checkTruth reads every link that holds and gives how many rest on a comparison.
func checkTruth(rt *rapid.T, p *patchwork, truth map[string]record.NHSNumber) (scored int) {
	rows, err := p.db.Read.DB.Query(`SELECT l.patient_id, l.local_id, l.status, COALESCE((SELECT n.nhs_number FROM patient_number n WHERE n.patient_id = l.patient_id AND n.is_current), ''),
		CASE WHEN q.merged_into IS NULL THEN '' ELSE 'merged' END FROM patient_link l JOIN patient q ON q.id = l.patient_id WHERE l.ended IS NULL`)
	if err != nil {
		rt.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	whose := map[string]record.NHSNumber{}
	for rows.Next() {
		var id, local, status, number, merged string
		if err := rows.Scan(&id, &local, &status, &number, &merged); err != nil {
			rt.Fatal(err)
		}
		if merged != "" {
			rt.Fatal("a link of a patient who is another by now")
		}
		if status == string(patient.LinkProbable) {
			scored++
		}
		if who := truth[local]; whose[id] == "" {
			whose[id] = who
		} else if whose[id] != who {
			rt.Fatalf("a patient has records of two people")
		}
		if number != "" && record.NHSNumber(number) != truth[local] {
			rt.Fatalf("%s (%s) is linked with somebody else", local, strings.ToLower(status))
		}
	}
	if err := rows.Err(); err != nil {
		rt.Fatal(err)
	}
	return scored
}
