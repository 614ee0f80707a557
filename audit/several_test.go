package audit_test

import (
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// Several servers write into one ledger without pause: none of them fails, and all that was
// acknowledged is there.
func TestSeveralServersWriteAtOnce(t *testing.T) {
	t.Parallel()
	dsn := dbtest.Postgres(t)
	const servers, writers = 3, 8
	var done [servers]atomic.Int64
	var slowest [servers]atomic.Int64
	var group sync.WaitGroup
	var ledgers [servers]*audit.Ledger
	for i := range servers {
		db := dbtest.Open(t, dsn)
		l, err := audit.Open(t.Context(), db.Write, time.Now, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		ledgers[i] = l
		if err := l.Record(t.Context(), audit.Event{Action: audit.ActionRead, Target: "the first of each"}); err != nil {
			t.Fatal(err)
		}
	}
	end := time.Now().Add(2 * time.Second)
	for i, l := range ledgers {
		for w := range writers {
			group.Go(func() {
				for n := 0; time.Now().Before(end); n++ {
					begun := time.Now()
					if err := l.Record(t.Context(), audit.Event{Action: audit.ActionRead, Target: fmt.Sprint(i, w, n)}); err != nil {
						t.Errorf("server %d: %v", i, err)
						return
					}
					done[i].Add(1)
					for took := time.Since(begun).Nanoseconds(); ; {
						if old := slowest[i].Load(); took <= old || slowest[i].CompareAndSwap(old, took) {
							break
						}
					}
				}
			})
		}
	}
	group.Wait()
	var all int64
	for i := range servers {
		t.Logf("server %d: %d events, the slowest in %v", i, done[i].Load(), time.Duration(slowest[i].Load()).Round(time.Millisecond))
		all += done[i].Load() + 1 // and the first
	}
	// How many each writes is left to the machine, which may not give each its processor.
	if last, err := audit.LastSeq(t.Context(), dbtest.Open(t, dsn).Read); err != nil || last != all {
		t.Errorf("%d events were acknowledged and %d are there: %v", all, last, err)
	}
}
