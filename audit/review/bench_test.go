package review_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// BenchmarkFollow: how fast the follower catches up with openings by 50 users, one in
// a hundred flagged.
func BenchmarkFollow(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			r := open(b, dbtest.Open(b, dsn(b)))
			const events = 5000
			n := 0
			for b.Loop() {
				b.StopTimer()
				for range events / 500 {
					group := make([]audit.Event, 500)
					for i := range group {
						group[i] = did(audit.ActionRead, "u"+strconv.Itoa(n%50), "p"+strconv.Itoa(n*7%3000), time.Duration(n)*100*time.Millisecond)
						if n%100 == 0 {
							group[i].Flags = []string{"same-surname"}
						}
						n++
					}
					r.record(b, group...)
				}
				b.StartTimer()
				r.catchUp(b)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "µs/event")
		})
	}
}

// BenchmarkFlags: one opening, against a register of 10,000.
func BenchmarkFlags(b *testing.B) {
	r := open(b, dbtest.Open(b, dbtest.SQLite(b)))
	staff := review.NewStaff(r.db.Write, r.db.Read, r.ledger, time.Now)
	ctx := context.Background()
	me := audit.Actor{Issuer: issuer, Subject: "me", Name: "Dr A. Example"}
	if err := staff.Register(ctx, officer("o"), review.StaffEntry{Issuer: issuer, Subject: "me", Surname: "Example", Address: review.Address{Line: "1 High Street", Postcode: "ZZ1 1ZZ"}}); err != nil {
		b.Fatal(err)
	}
	for n := range 10_000 {
		if _, err := r.db.Write.DB.Exec(`INSERT INTO review_staff SELECT issuer, subject || $1, patient || $1, surname, address, relatives FROM review_staff WHERE subject = 'me'`,
			strconv.Itoa(n)); err != nil {
			b.Fatal(err)
		}
	}
	surnames := []string{"Smith", "Jones"}
	addresses := []review.Address{{Line: "12 High Street", Postcode: "ZZ1 1ZZ"}, {Line: "1 Low Road", Postcode: "ZZ2 2ZZ"}}
	b.ReportAllocs()
	for b.Loop() {
		staff.Flags(ctx, me, "p", surnames, addresses)
	}
}
