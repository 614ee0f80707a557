package lists_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// within is how soon everybody must know. Beside other tests nobody can promise less.
const within = 5 * time.Second

// hears waits until a watcher is told of a list, and gives the version and how long it took.
func hears(t *testing.T, changes <-chan lists.Change, list string) (lists.Change, time.Duration) {
	t.Helper()
	begun := time.Now()
	for {
		select {
		case c, open := <-changes:
			if !open {
				t.Fatal("the watch ended")
			}
			if c.List == list {
				return c, time.Since(begun)
			}
		case <-time.After(within):
			t.Fatalf("nothing heard of %s", list)
		}
	}
}

func (h *house) watch(s *lists.Store, c lists.Caller) <-chan lists.Change {
	h.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	h.t.Cleanup(cancel)
	changes, err := s.Watch(ctx, c)
	if err != nil {
		h.t.Fatal(err)
	}
	return changes
}

// TestEverybodyConcernedIsTold: of one server's change, on both.
func TestEverybodyConcernedIsTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for _, c := range []lists.Caller{ann, bob, cleo} {
			if err := h.Seen(h.ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		l := h.make(ann, "Round", "p1")
		team := h.team(ann, "Team", cleo)
		person := h.person(bob)
		here, there := h.watch(h.Store, bob), h.watch(h.other, bob)
		stranger := h.watch(h.other, cleo)
		own := h.watch(h.Store, ann)
		var share lists.Share
		for _, step := range []struct {
			name string
			do   func() error
		}{
			{"shared", func() error { _, err := h.Share(h.ctx, ann, l.ID, person, lists.Edit, time.Time{}); return err }},
			{"a person comes", func() error { _, _, _, err := h.Add(h.ctx, ann, l.ID, items("p2")); return err }},
			{"a person is moved", func() error { _, err := h.Move(h.ctx, ann, l.ID, "p2", ""); return err }},
			{"put away", func() error { _, err := h.Archive(h.ctx, ann, l.ID, true); return err }},
			{"brought back", func() error { _, err := h.Archive(h.ctx, ann, l.ID, false); return err }},
			{"unshared", func() error {
				given, err := h.Shares(h.ctx, ann, l.ID)
				if err != nil {
					return err
				}
				share = given[0]
				_, err = h.Unshare(h.ctx, ann, l.ID, share.ID)
				return err
			}},
		} {
			if err := step.do(); err != nil {
				t.Fatal(step.name, err)
			}
			version := h.get(ann, l.ID).Version
			for name, changes := range map[string]<-chan lists.Change{"here": here, "there": there, "the owner": own} {
				c, took := hears(t, changes, l.ID)
				if c.Version != version {
					t.Errorf("%s, %s: version %d, not %d", step.name, name, c.Version, version)
				}
				t.Logf("%s, %s: after %v", step.name, name, took)
			}
		}
		if err := h.other.Leave(h.ctx, bob, l.ID); err == nil {
			t.Error("left what they do not have")
		}
		h.put(ann, l.ID, "p3")
		hears(t, own, l.ID)
		// A team's list comes to who joins, and goes from who is taken off.
		h.share(ann, l.ID, team, lists.Read, time.Time{})
		hears(t, stranger, l.ID)
		hears(t, own, l.ID)
		for _, ch := range []lists.TeamChanges{{Add: []string{person.ID}}, {Remove: []string{person.ID}}} {
			if _, err := h.EditTeam(h.ctx, ann, team.ID, ch); err != nil {
				t.Fatal(err)
			}
			hears(t, here, l.ID)
			hears(t, there, l.ID)
		}
		for len(stranger) > 0 {
			<-stranger
		}
		// What is no concern of theirs they do not hear.
		other := h.make(ann, "Another", "p1")
		h.share(ann, other.ID, person, lists.Read, time.Time{})
		hears(t, there, other.ID)
		h.put(ann, l.ID, "p4")
		if c, _ := hears(t, stranger, l.ID); c.List != l.ID {
			t.Error(c)
		}
		select {
		case c := <-stranger:
			t.Errorf("a stranger heard of %v", c)
		default:
		}
	})
}

// TestAnEndIsTold though nothing was changed.
func TestAnEndIsTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		if err := h.Seen(h.ctx, bob); err != nil {
			t.Fatal(err)
		}
		l := h.make(ann, "Round")
		h.share(ann, l.ID, h.person(bob), lists.Read, h.clock.now().Add(time.Hour))
		changes := h.watch(h.other, bob)
		h.clock.add(time.Hour)
		hears(t, changes, l.ID)
		if _, err := h.Get(h.ctx, bob, l.ID); err != lists.ErrNotFound {
			t.Error(err)
		}
	})
}

// TestASlowReader holds up nobody, and gets the latest of every list.
func TestASlowReader(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		changes := h.watch(h.Store, ann)
		const many = 80 // more than a channel holds
		for i := range many {
			h.make(ann, fmt.Sprint("List ", i))
		}
		latest := h.make(ann, "Latest")
		for i := range 20 {
			latest = h.put(ann, latest.ID, fmt.Sprint("p", i))
		}
		told := map[string]int64{}
		for len(told) < many+1 || told[latest.ID] != latest.Version {
			select {
			case c := <-changes:
				if c.Version < told[c.List] {
					t.Errorf("an older version came after %d: %d", told[c.List], c.Version)
				}
				told[c.List] = c.Version
			case <-time.After(within):
				t.Fatalf("%d lists, the latest at %d of %d", len(told), told[latest.ID], latest.Version)
			}
		}
	})
}

// TestAWatchEnds with its context and with the Store; nothing stays behind (TestMain).
func TestAWatchEnds(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	ctx, cancel := context.WithCancel(context.Background())
	gone, err := h.Watch(ctx, ann)
	if err != nil {
		t.Fatal(err)
	}
	stays, err := h.Watch(context.Background(), ann)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, open := <-gone; open {
		t.Error("it goes on after its context")
	}
	l := h.make(ann, "Round")
	hears(t, stays, l.ID)
	h.Close()
	if _, open := <-stays; open {
		t.Error("it goes on after the Store")
	}
	if _, err := h.Watch(context.Background(), ann); err != lists.ErrClosed {
		t.Error(err)
	}
	if _, err := h.Watch(context.Background(), lists.Caller{}); err != lists.ErrNobody {
		t.Error(err)
	}
	h.Close()
}

// TestWatchingGoesOn after the database was away.
func TestWatchingGoesOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		l := h.make(ann, "Round")
		changes := h.watch(h.Store, ann)
		if _, err := db.Write.DB.Exec(`ALTER TABLE list_left RENAME TO away`); err != nil {
			t.Fatal(err)
		}
		title := "Other"
		if _, err := h.Edit(h.ctx, ann, l.ID, 1, lists.Changes{Title: &title}); err == nil {
			t.Error("changed without its tables")
		}
		if _, err := db.Write.DB.Exec(`ALTER TABLE away RENAME TO list_left`); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Edit(h.ctx, ann, l.ID, 1, lists.Changes{Title: &title}); err != nil {
			t.Fatal(err)
		}
		hears(t, changes, l.ID)
	})
}
