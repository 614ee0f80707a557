package viewer_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/viewer"
)

func TestRecent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		h.open(ann, "p1", "p2", "p3", "p1")
		equal(t, "newest first, each once", h.recent(ann), []string{"p1", "p3", "p2"})
		equal(t, "another user's", h.recent(other), nil)
		if err := h.Forget(h.ctx, other); err != nil {
			t.Fatal(err)
		}
		if err := h.Forget(h.ctx, ann, "p3"); err != nil {
			t.Fatal(err)
		}
		equal(t, "without who was forgotten", h.recent(ann), []string{"p1", "p2"})
		if err := h.Forget(h.ctx, ann); err != nil {
			t.Fatal(err)
		}
		equal(t, "nobody", h.recent(ann), nil)
	})
}

// What is past its time is not told, also before it is swept away.
func TestRecentIsForgotten(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		h.open(ann, "old")
		h.add(29 * 24 * time.Hour)
		h.open(ann, "new")
		equal(t, "both", h.recent(ann), []string{"new", "old"})
		h.add(24 * time.Hour)
		equal(t, "the old one is forgotten", h.recent(ann), []string{"new"})
		if err := h.Sweep(h.ctx); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := db.Read.DB.QueryRow(`SELECT COUNT(*) FROM viewer_recent`).Scan(&n); err != nil || n != 1 {
			t.Errorf("%d rows after sweeping, %v", n, err)
		}
	})
}

func TestRecentIsBounded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		h.open(other, "theirs")
		for i := range viewer.MaxRecent + 5 {
			h.open(ann, fmt.Sprint("p", i))
		}
		var n int
		if err := db.Read.DB.QueryRow(`SELECT COUNT(*) FROM viewer_recent WHERE issuer = 'local'`).Scan(&n); err != nil || n != viewer.MaxRecent {
			t.Errorf("%d are kept, %v", n, err)
		}
		equal(t, "another user's stay", h.recent(other), []string{"theirs"})
		if got := h.recent(ann); got[0] != "p54" || got[len(got)-1] != "p5" {
			t.Errorf("from %s to %s", got[0], got[len(got)-1])
		}
	})
}

// Nobody keeps nothing, and a region may keep none at all.
func TestNothingIsKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for _, u := range []viewer.User{{}, {Issuer: "local"}, {Subject: "ann"}, {Issuer: "local", Subject: "a\x00b"}} {
			if err := h.Opened(h.ctx, u, "p1"); err != viewer.ErrNobody {
				t.Errorf("%q: %v", u, err)
			}
			if _, err := h.Look(h.ctx, u, "s", "p1", nil, nil); err != viewer.ErrNobody {
				t.Errorf("%q: %v", u, err)
			}
		}
		off := viewer.New(db.Write, db.Read, secret, viewer.Keeping{}, h.now)
		if err := off.Opened(h.ctx, ann, "p1"); err != nil {
			t.Error(err)
		}
		if got, err := off.Look(h.ctx, ann, "s", "p1", nil, []viewer.Part{part("a", true, "x")}); err != nil || got.Fresh != nil || !got.Since.IsZero() {
			t.Error(got, err)
		}
		var n int
		if err := db.Read.DB.QueryRow(`SELECT (SELECT COUNT(*) FROM viewer_recent) + (SELECT COUNT(*) FROM viewer_look)`).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows are kept, %v", n, err)
		}
	})
}
