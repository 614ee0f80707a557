package relationship_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// BenchmarkStandings: the question of every request, in a region of 5,000 patients with
// three relationships each, some of other organisations, claims and objections.
func BenchmarkStandings(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			h, ctx := build(b, dbtest.Open(b, dsn(b))), context.Background()
			me := h.session("a.example", "RXX")
			var all []relationship.Relationship
			for i := range 5000 {
				p := fmt.Sprintf("3f2a77c0d3b14c1a9d0c2b7e55f1%04d", i)
				all = append(all,
					h.found(p, "RXX", relationship.Registration, "registration: hospital", 24*time.Hour),
					h.found(p, "RXX", relationship.Appointment, "appointment on 2026-11-20 in hospital", 24*time.Hour),
					h.found(p, "RYY", relationship.Referral, "referral", 24*time.Hour))
			}
			h.learn(all...)
			var patients []string
			for i := range 50 {
				p := all[3*i].Patient
				if patients = append(patients, p); i%10 == 0 {
					h.claim(me, p)
					h.smash(me, p)
					if _, err := h.Object(ctx, me, relationship.Objection{Patient: p, Section: "allergies"}); err != nil {
						b.Fatal(err)
					}
				}
			}
			if _, err := h.db.Write.DB.Exec(`ANALYZE`); err != nil {
				b.Fatal(err)
			}
			for _, n := range []int{1, 50} {
				b.Run(fmt.Sprint(n), func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						got, err := h.Standings(ctx, me, patients[:n])
						if err != nil || len(got[0].Relationships) != 3 {
							b.Fatal(got, err)
						}
					}
				})
			}
		})
	}
}
