package audit_test

import (
	"context"
	"encoding/json"
	"syscall"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func print(e audit.Event) string {
	b, _ := json.Marshal(struct {
		audit.Event
		Seq                         int64
		Time                        time.Time
		Patient, Subject, RequestID string
	}{e, e.Seq, e.Time, e.Patient, e.Actor.Subject, e.RequestID})
	return string(b)
}

// BenchmarkRecord: many requests at once, each with one durable event. cpu-µs/event is
// the whole process's processor time.
func BenchmarkRecord(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			l := open(b, dbtest.Open(b, dsn(b)))
			e := sample("3f2a77c0d3b14c1a9d0c2b7e55f10a11")
			b.SetParallelism(64)
			b.ReportAllocs()
			before := cpu()
			b.ResetTimer()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					if err := l.Record(context.Background(), e); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64((cpu()-before).Nanoseconds())/1e3/float64(b.N), "cpu-µs/event")
		})
	}
}

// BenchmarkRecordAlone: one request after the other, each waiting for the disk.
func BenchmarkRecordAlone(b *testing.B) {
	l := open(b, dbtest.Open(b, dbtest.SQLite(b)))
	for b.Loop() {
		if err := l.Record(context.Background(), sample("p")); err != nil {
			b.Fatal(err)
		}
	}
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
