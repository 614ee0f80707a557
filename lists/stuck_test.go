package lists_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestAStuckServerHoldsUpListsOnly: another server that stops in the middle of a change makes
// changes of that list wait, and neither the ledger, without which nobody sees anything
// (hazard H-05), nor reading.
func TestAStuckServerHoldsUpListsOnly(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.Postgres(t)))
	l := h.make(ann, "Round", "p1")
	stuck, err := h.db.Read.DB.Begin()
	if err != nil {
		t.Fatal(err)
	}
	var pid int
	if err := stuck.QueryRow(`SELECT pg_backend_pid() FROM list WHERE id = $1 FOR UPDATE`, l.ID).Scan(&pid); err != nil {
		t.Fatal(err)
	}
	var adding sync.WaitGroup
	waiting := make(chan struct{}, 20)
	for i := range cap(waiting) {
		adding.Go(func() {
			waiting <- struct{}{}
			if _, err := h.add(l.ID, fmt.Sprint("q", i)); err != nil {
				t.Error(err)
			}
		})
	}
	for range cap(waiting) {
		<-waiting
	}
	for begun := time.Now(); h.count(`SELECT COUNT(*) FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))`, pid) == 0; {
		if time.Since(begun) > within {
			t.Fatal("nobody waits")
		}
	}
	for range 5 {
		if err := h.ledger.Record(h.ctx, audit.Event{Action: audit.ActionRead}); err != nil {
			t.Fatal("the ledger waits:", err)
		}
	}
	if got := h.order(ann, l.ID); len(got) != 1 {
		t.Errorf("%v", got)
	}
	if err := stuck.Rollback(); err != nil {
		t.Fatal(err)
	}
	adding.Wait()
	if got := h.order(ann, l.ID); len(got) != 1+cap(waiting) {
		t.Errorf("%v", got)
	}
}
