package views_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/views"
)

// faulty is a graph that gives no JSON for pages until it is mended: a fault of ours.
func (h *house) faulty() (mend *atomic.Bool) {
	mend = &atomic.Bool{}
	h.region.answer = func() string {
		if mend.Load() {
			return ""
		}
		return "{"
	}
	return mend
}

// tried waits until a run was tried so often in a row and rests, and gives how long it does.
func (h *house) tried(run string, times int64) time.Duration {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		var attempts, lease int64
		var worker string
		if err := h.db.Read.QueryRowContext(ctx, `SELECT attempts, lease, worker FROM view_run WHERE id = ?`, run).Scan(&attempts, &lease, &worker); err != nil {
			h.t.Fatalf("waiting for %d tries: %v", times, err)
		}
		if attempts == times && worker == "" {
			return time.UnixMicro(lease).Sub(h.now())
		}
	}
}

// A fault of ours is tried again, with longer rests each time, and not for ever.
func TestARunIsGivenUp(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 200)
		h.faulty()
		defer h.work(h.Store)()
		r, err := h.Start(ann, h.save(ann, body(nil)).ID, 0, "l")
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []time.Duration{10 * time.Second, 20 * time.Second, 40 * time.Second, 80 * time.Second} {
			if rest := h.tried(r.ID, int64(i+1)); rest != want {
				t.Errorf("after %d tries it rests for %s, want %s", i+1, rest, want)
			}
			h.add(want + time.Second)
			h.Nudge()
		}
		if r = h.ended(ann, r.ID); r.State != views.Failed || !strings.Contains(r.Problem, "5 times") || !strings.Contains(r.Problem, r.ID) {
			t.Errorf("%+v", r)
		}
		h.nothingKept(r.ID)
	})
}

// A page that is kept begins the counting anew.
func TestProgressBeginsTheCountingAnew(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 120)
		whole := map[string]int{}
		h.region.answer = func() string {
			h.region.mu.Lock()
			defer h.region.mu.Unlock()
			at := h.region.asked[len(h.region.asked)-1]
			if whole[at]++; whole[at] <= 4 { // each page fails four times
				return "{"
			}
			whole[at] = 5
			return ""
		}
		defer h.work(h.Store)()
		r, err := h.Start(ann, h.save(ann, body(nil)).ID, 0, "l")
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			for i := range int64(4) {
				h.tried(r.ID, i+1)
				h.add(2 * time.Minute)
				h.Nudge()
			}
		}
		if r = h.ended(ann, r.ID); r.State != views.Done || r.People != 120 {
			t.Errorf("%+v", r)
		}
	})
}

// What a server left in the middle because it stopped is no fault.
func TestAStoppedServerIsNoFault(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 120)
		middle := make(chan struct{})
		var once atomic.Bool
		h.region.before = func(string) {
			if once.CompareAndSwap(false, true) {
				close(middle)
				<-h.stopping
			}
		}
		stop := h.work(h.Store)
		r, err := h.Start(ann, h.save(ann, body(nil)).ID, 0, "l")
		if err != nil {
			t.Fatal(err)
		}
		arrived(t, middle)
		stop()
		var attempts int64
		if err := db.Read.QueryRowContext(t.Context(), `SELECT attempts FROM view_run WHERE id = ?`, r.ID).Scan(&attempts); err != nil || attempts != 0 {
			t.Errorf("%d tries are counted: %v", attempts, err)
		}
		h.add(time.Minute)
		defer h.work(h.server())()
		if r = h.ended(ann, r.ID); r.State != views.Done {
			t.Errorf("%+v", r)
		}
	})
}

// A panic is a fault of its run, and not the end of the server.
func TestAPanicIsAFault(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 1)
	h.region.answer = func() string { panic("on purpose") }
	defer h.work(h.Store)()
	r, err := h.Start(ann, h.save(ann, body(nil)).ID, 0, "l")
	if err != nil {
		t.Fatal(err)
	}
	h.tried(r.ID, 1)
}
