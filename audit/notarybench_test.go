package audit_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// BenchmarkNotary: what the notary costs those who record. p50-µs and p99-µs are of one
// Record; cpu-µs/event is the whole process's processor time.
func BenchmarkNotary(b *testing.B) {
	for _, dialect := range []struct {
		name  string
		fresh func(testing.TB) string
	}{{"sqlite", dbtest.SQLite}, {"postgres", dbtest.Postgres}} {
		for _, writers := range []int{1, 16, 64} {
			for _, notary := range []bool{false, true} {
				b.Run(fmt.Sprintf("%s/%d/notary=%t", dialect.name, writers, notary), func(b *testing.B) {
					l := open(b, dbtest.Open(b, dialect.fresh(b)))
					if notary {
						c := notaryIn(b.TempDir())
						c.Every = time.Second
						openNotary(b, l, c)
					}
					took := make([][]time.Duration, writers)
					before := cpu()
					b.ResetTimer()
					var group sync.WaitGroup
					for w := range writers {
						group.Go(func() {
							for range b.N / writers {
								begun := time.Now()
								if err := l.Record(context.Background(), sample("3f2a77c0d3b14c1a9d0c2b7e55f10a11")); err != nil {
									b.Error(err)
								}
								took[w] = append(took[w], time.Since(begun))
							}
						})
					}
					group.Wait()
					b.StopTimer()
					all := slices.Sorted(slices.Values(slices.Concat(took...)))
					if len(all) == 0 {
						return
					}
					b.ReportMetric(float64(all[len(all)/2].Nanoseconds())/1e3, "p50-µs")
					b.ReportMetric(float64(all[len(all)*99/100].Nanoseconds())/1e3, "p99-µs")
					b.ReportMetric(float64((cpu()-before).Nanoseconds())/1e3/float64(len(all)), "cpu-µs/event")
				})
			}
		}
	}
}

// TestARestartIsQuick: a start looks at the ends of ledger, hashes and witness only. The
// variable PATCHWORK_TEST_LEDGER_ROWS says how many events there are; goal: 2 s at a million.
func TestARestartIsQuick(t *testing.T) {
	rows := 20_000
	if s := os.Getenv("PATCHWORK_TEST_LEDGER_ROWS"); s != "" {
		rows, _ = strconv.Atoi(s)
	} else {
		t.Parallel()
	}
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx, c := context.Background(), notaryIn(t.TempDir())
		events := make([]audit.Event, 500)
		for i := range events {
			events[i] = sample("p" + strconv.Itoa(i))
		}
		l := open(t, db)
		for range rows / len(events) {
			if err := l.Record(ctx, events...); err != nil {
				t.Fatal(err)
			}
		}
		begun := time.Now()
		n := openNotary(t, l, c)
		seal(t, n)
		sealed := time.Since(begun)
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
		_ = l.Close()

		begun = time.Now()
		l = open(t, db)
		n = openNotary(t, l, c)
		ready := time.Since(begun)
		recordSome(t, l, 1)
		seal(t, n)
		first := time.Since(begun)
		begun = time.Now()
		r := whole(t, db, c)
		verified := time.Since(begun)
		info, err := os.Stat(filepath.Clean(c.Witness))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d events: sealed in %v (%.0f/s), ready again in %v, next event sealed after %v, verified in %v (%.0f/s), witness %.1f bytes/event",
			r.Events, sealed, float64(rows)/sealed.Seconds(), ready, first, verified, float64(r.Events)/verified.Seconds(), float64(info.Size())/float64(r.Events))
		if ready > 2*time.Second {
			t.Errorf("it took %v to be ready", ready)
		}
	})
}
