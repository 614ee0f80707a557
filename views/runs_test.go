package views_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/views"
)

// rowsOf are all rows of a run.
func (h *house) rowsOf(r *views.Run) [][]any {
	h.t.Helper()
	rows, err := h.Page(ann, r, 0, 100_000)
	if err != nil {
		h.t.Fatal(err)
	}
	return rows
}

// A server that loses a run in the middle, because it stopped, leaves it to another, which goes
// on after the last page that was kept: no row twice, none missing.
func TestAnotherServerGoesOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 320)
		v := h.save(ann, body(nil))
		middle := make(chan struct{})
		var once atomic.Bool
		var stop func()
		h.region.before = func(page string) {
			if strings.HasPrefix(page, "150 ") && once.CompareAndSwap(false, true) {
				close(middle)
			}
		}
		stop = h.work(h.server())
		r, err := h.Start(ann, v.ID, 0, "l")
		if err != nil {
			t.Fatal(err)
		}
		arrived(t, middle)
		stop()
		if got, _ := h.Run(ann, r.ID); got.State.Ended() && got.State != views.Done {
			t.Fatalf("%+v", got)
		}
		h.add(time.Minute) // its lease is over
		defer h.work(h.server())()
		r = h.ended(ann, r.ID)
		if r.State != views.Done || r.People != 320 || r.Rows != 640 {
			t.Fatalf("%+v", r)
		}
		var people []string
		for _, row := range h.rowsOf(r) {
			people = append(people, row[0].(string))
		}
		slices.Sort(people)
		if n := len(slices.Compact(people)); len(people) != 640 || n != 320 {
			t.Errorf("%d rows of %d people", len(people), n)
		}
	})
}

// Two servers never work on the same run.
func TestTwoServersShareTheirRuns(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 60)
		v := h.save(ann, body(nil))
		for range 3 {
			defer h.work(h.server())()
		}
		var ids []string
		for range 12 {
			r, err := h.Start(ann, v.ID, 0, "l")
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, r.ID)
		}
		for _, id := range ids {
			if r := h.ended(ann, id); r.State != views.Done || r.Rows != 120 {
				t.Errorf("%+v", r)
			}
		}
		h.region.mu.Lock()
		defer h.region.mu.Unlock()
		if n := len(h.region.asked); n != 24 {
			t.Errorf("%d pages were asked for, want 24", n)
		}
	})
}

func TestARunIsCancelled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 500)
		v := h.save(ann, body(nil))
		middle, cancelled := make(chan struct{}), make(chan struct{})
		h.region.before = func(page string) {
			if strings.HasPrefix(page, "100 ") {
				close(middle)
				<-cancelled
			}
		}
		defer h.work(h.Store)()
		r, err := h.Start(ann, v.ID, 0, "l")
		if err != nil {
			t.Fatal(err)
		}
		arrived(t, middle)
		if _, err := h.Cancel(ben, r.ID); err == nil {
			t.Error("somebody else cancelled it")
		}
		got, err := h.Cancel(ann, r.ID)
		close(cancelled)
		if err != nil || got.State != views.Cancelled {
			t.Fatalf("%+v %v", got, err)
		}
		if _, err := h.Page(ann, got, 0, 10); err == nil {
			t.Error("a cancelled run has rows")
		}
		h.nothingKept(r.ID)
	})
}

func (h *house) nothingKept(run string) {
	h.t.Helper()
	var n int
	if err := h.db.Read.QueryRowContext(context.Background(), `SELECT COUNT(*) FROM view_rows WHERE run = ?`, run).Scan(&n); err != nil || n != 0 {
		h.t.Errorf("%d pages are still kept: %v", n, err)
	}
}

// What a run is told that ends it is told its user, and its rows are gone.
func TestARunFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(h *house)
		want   string
	}{
		"no list": {func(h *house) { h.region.answer = func() string { return `{"list":null}` } }, "no such list"},
		"a silent one": {func(h *house) {
			h.region.answer = func() string {
				return `{"list":{"people":{"outcome":{"source":{"id":"x"},"status":"UNAVAILABLE"},"people":[]}}}`
			}
		}, "did not answer"},
		"switched off": {func(h *house) { h.Welcome = func(context.Context, *auth.Session) error { return errOff } }, "switched off"},
		"too many":     {func(h *house) { h.Limits.People = 100 }, "more than 100 people"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 200)
			c.change(h)
			defer h.work(h.Store)()
			v := h.save(ann, body(nil))
			r, err := h.Start(ann, v.ID, 0, "l")
			if err != nil {
				t.Fatal(err)
			}
			if r = h.ended(ann, r.ID); r.State != views.Failed || !strings.Contains(r.Problem, c.want) {
				t.Errorf("%+v", r)
			}
			h.nothingKept(r.ID)
		})
	}
}

// A source that has not answered is asked for again, a few times; what is still missing then is
// told in the rows, and never as "none" (hazard H-02).
func TestWhatIsMissingIsTold(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 1)
	asked := 0
	h.region.answer = func() string {
		status := "PENDING"
		if asked++; asked > 2 {
			status = "ANSWERED"
		}
		return `{"list":{"people":{"hidden":0,"unidentified":0,"people":[
			{"patient":{"_id":"p1","id":"p1","allergies":{"entries":null},"_coverage_allergies":{"verdict":"UNAVAILABLE","outcomes":[{"source":{"id":"gp"},"status":"` + status + `"},{"source":{"id":"lab"},"status":"UNAVAILABLE"}],"withheldFields":["criticality","note"]}}},
			{"patient":{"_id":"p2","id":"p2","allergies":null,"_coverage_allergies":null}}]}}}`
	}
	defer h.work(h.Store)()
	r, err := h.Start(ann, h.save(ann, body(nil)).ID, 0, "l")
	if err != nil {
		t.Fatal(err)
	}
	if r = h.ended(ann, r.ID); r.State != views.Done || r.Waiting != 0 || asked != 3 {
		t.Fatalf("asked %d times: %+v", asked, r)
	}
	for i, want := range [][]any{
		{"p1", nil, "gp=ANSWERED lab=UNAVAILABLE withheld=criticality", false, "UNAVAILABLE"},
		{"p2", nil, "", false, nil},
	} {
		if got := h.rowsOf(r)[i]; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

// Rows are kept for their time and not longer, and never as they can be read.
func TestRowsAreGoneAfterTheirTime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 3)
		stop := h.work(h.Store)
		r, err := h.Start(ann, h.save(ann, body(nil)).ID, 0, "list-of-ann")
		if err != nil {
			t.Fatal(err)
		}
		r = h.ended(ann, r.ID)
		stop()
		var kept string
		if err := db.Read.QueryRowContext(t.Context(), `SELECT body FROM view_rows WHERE run = ?`, r.ID).Scan(&kept); err != nil || strings.Contains(kept, "high") {
			t.Errorf("kept as %q: %v", kept, err)
		}
		h.add(25 * time.Hour)
		if r, err = h.Run(ann, r.ID); err != nil || r.State != views.Expired {
			t.Fatalf("%+v %v", r, err)
		}
		if _, err := h.Page(ann, r, 0, 1); err == nil {
			t.Error("rows after their time")
		}
		h.Sweep(t.Context())
		h.nothingKept(r.ID)
	})
}
