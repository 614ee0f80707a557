package lists_test

import (
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestNews: new is whom others added since one last looked.
func TestNews(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		if err := h.Seen(h.ctx, bob); err != nil {
			t.Fatal(err)
		}
		l := h.make(ann, "Round", "p1")
		h.share(ann, l.ID, h.person(bob), lists.Edit, time.Time{})
		h.news(bob, l.ID, "p1")
		h.news(ann, l.ID)
		old := h.get(bob, l.ID).Version
		h.put(ann, l.ID, "p2")
		h.put(bob, l.ID, "p3")
		h.news(bob, l.ID, "p1", "p2")
		h.news(ann, l.ID, "p3")
		// What came after what they saw stays new.
		if got, err := h.Saw(h.ctx, bob, l.ID, old); err != nil || got.News != 1 || got.Version != old+2 {
			t.Errorf("%+v %v", got, err)
		}
		h.news(bob, l.ID, "p2")
		if _, err := h.Saw(h.ctx, bob, l.ID, 0); err != nil {
			t.Fatal(err)
		}
		h.news(bob, l.ID)
		h.news(ann, l.ID, "p3")
		if got, err := h.Saw(h.ctx, bob, l.ID, old); err != nil || got.News != 0 {
			t.Errorf("what was seen is new again: %+v %v", got, err)
		}
		if _, err := h.Remove(h.ctx, ann, l.ID, []string{"p2"}); err != nil {
			t.Fatal(err)
		}
		h.put(ann, l.ID, "p2")
		if _, err := h.Move(h.ctx, ann, l.ID, "p1", "p2"); err != nil {
			t.Fatal(err)
		}
		h.news(bob, l.ID, "p2")
	})
}

func (h *house) news(c lists.Caller, id string, want ...string) {
	h.t.Helper()
	page, _, err := h.other.Items(h.ctx, c, id, 0, "")
	if err != nil {
		h.t.Fatal(err)
	}
	var got []string
	for _, i := range page {
		if i.New {
			got = append(got, i.Patient)
		}
		if i.By == "" || i.Added.IsZero() {
			h.t.Errorf("%+v", i)
		}
	}
	if l := h.get(c, id); l.News != len(want) || len(got) != len(want) {
		h.t.Errorf("%d new, %v, not %v", l.News, got, want)
		return
	}
	for i := range want {
		if got[i] != want[i] {
			h.t.Errorf("%v, not %v", got, want)
		}
	}
}

// TestEdits: one that was made of what is not any more is refused, and people who come and
// go do not stand against it.
func TestEdits(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		l := h.make(ann, "Round")
		title, description := "Evening round", "Before the night team comes"
		columns := []lists.Column{{Section: "allergies", Show: "COUNT"}, {Section: "observations", Show: "LATEST", Code: "http://snomed.info/sct|1104051000000101", Title: "NEWS2"}}
		h.put(ann, l.ID, "p1")
		got, err := h.Edit(h.ctx, ann, l.ID, l.Version, lists.Changes{Title: &title})
		if err != nil || got.Title != title || got.Version != l.Version+2 {
			t.Fatalf("%+v %v", got, err)
		}
		for _, version := range []int64{l.Version, l.Version + 1, got.Version + 1, 0, -1} {
			if _, err := h.Edit(h.ctx, ann, l.ID, version, lists.Changes{Description: &description}); err != lists.ErrChanged {
				t.Errorf("version %d: %v", version, err)
			}
		}
		again, err := h.Edit(h.ctx, ann, l.ID, got.Version, lists.Changes{Title: &title})
		if err != nil || again.Version != got.Version {
			t.Errorf("nothing changed and there is a version: %+v %v", again, err)
		}
		got, err = h.other.Edit(h.ctx, ann, l.ID, got.Version, lists.Changes{Description: &description, Columns: &columns})
		if err != nil || got.Title != title || got.Description != description || len(got.Columns) != 2 || got.Columns[1] != columns[1] {
			t.Errorf("%+v %v", got, err)
		}
		past, err := h.History(h.ctx, ann, l.ID, 2, 0)
		if err != nil || len(past) != 2 || past[0].Version != got.Version || past[0].What != "Changed: description, columns" || past[0].By != "Nurse ann" || past[1].What != "Changed: title" {
			t.Errorf("%+v %v", past, err)
		}
	})
}

// TestMoved: two patients who have turned out to be one are one on every list.
func TestMoved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		one, both, away := h.make(ann, "One", "a", "from", "b"), h.make(ann, "Both", "into", "from", "b"), h.make(bob, "Away", "from")
		if _, err := h.Archive(h.ctx, bob, away.ID, true); err != nil {
			t.Fatal(err)
		}
		neither := h.make(ann, "Neither", "a")
		changes := h.watch(h.Store, ann)
		before := int64(len(h.events(0)))
		reading := auth.WithSession(h.ctx, &auth.Session{Issuer: "local", Subject: "reader", Name: "Reader"})
		for range 2 { // the second time there is nothing to do
			if err := h.Moved(reading, "from", "into"); err != nil {
				t.Fatal(err)
			}
		}
		events := h.events(before)
		if len(events) != 6 {
			t.Errorf("%d events for 3 lists", len(events))
		}
		for _, e := range events {
			if e.Actor != (audit.Actor{}) {
				t.Errorf("the ledger says that a reader did it: %+v", e)
			}
		}
		hears(t, changes, both.ID)
		for id, want := range map[string][]string{one.ID: {"a", "into", "b"}, both.ID: {"into", "b"}, neither.ID: {"a"}} {
			got := h.order(ann, id)
			if len(got) != len(want) {
				t.Fatalf("%v, not %v", got, want)
			}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("%v, not %v", got, want)
				}
			}
		}
		if got := h.order(bob, away.ID); len(got) != 1 || got[0] != "into" {
			t.Errorf("%v", got)
		}
		if got := h.get(ann, one.ID); got.Version != one.Version+1 || got.ChangedBy != "" {
			t.Errorf("%+v", got)
		}
		if got := h.get(ann, neither.ID); got.Version != neither.Version {
			t.Errorf("%+v", got)
		}
		if n := h.count(`SELECT COUNT(*) FROM list l WHERE l.version <> (SELECT COUNT(*) FROM list_change h WHERE h.list = l.id)`); n != 0 {
			t.Errorf("%d lists without a row for each version", n)
		}
	})
}
