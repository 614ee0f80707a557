package review_test

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestWhatBecomesAnItem(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		r := open(t, db)
		denied := did(audit.ActionBreakGlass, "a", "p", 0)
		denied.Decision = audit.Deny
		tried := flagged(did(audit.ActionRead, "e", "p", 11*time.Minute), "own-record")
		tried.Decision = audit.Deny
		r.record(t,
			did(audit.ActionRead, "a", "p", 0), // nothing
			denied,
			did(audit.ActionBreakGlass, "a", "p", time.Minute),
			did(audit.ActionBreakGlass, "a", "p", 2*time.Minute), // each by itself
			did(audit.ActionClaim, "a", "p", 3*time.Minute),
			flagged(did(audit.ActionRead, "a", "p", 4*time.Minute), "same-surname"),
			flagged(did(audit.ActionRead, "a", "p", 5*time.Minute), "same-surname", "unheard-of"), // the same
			flagged(did(audit.ActionRead, "a", "q", 6*time.Minute), "same-surname"),               // another patient
			flagged(did(audit.ActionRead, "b", "p", 7*time.Minute), "same-surname"),               // another user
			flagged(did(audit.ActionRead, "a", "p", 8*time.Minute), "same-surname", "same-address"),
			flagged(did(audit.ActionRead, "c", "p", 9*time.Minute), "family", "same-address", "colleague"),
			flagged(did(audit.ActionRead, "d", "", 10*time.Minute), "same-surname"), // about nobody
			tried,
			flagged(did(audit.ActionRead, "a", "p", 12*time.Hour-time.Second), "same-surname"), // the same day
			flagged(did(audit.ActionRead, "a", "p", 12*time.Hour), "same-surname"),             // the next
		)
		r.catchUp(t)
		r.catchUp(t) // nothing new
		expect(t, r.Queue,
			`break-glass by a on "p": seq 3, 1 events`,
			`break-glass by a on "p": seq 4, 1 events`,
			`self-claimed by a on "p": seq 5, 1 events`,
			`same-surname by a on "p": seq 6, 3 events`,
			`same-surname by a on "q": seq 8, 1 events`,
			`same-surname by b on "p": seq 9, 1 events`,
			`family by a on "p": seq 10, 1 events`,
			`colleague by c on "p": seq 11, 1 events`,
			`family by c on "p": seq 11, 1 events`,
			`own-record by e on "p": seq 13, 1 events`,
			`unusual-time by a on "": seq 14, 2 events`,
			`same-surname by a on "p": seq 15, 1 events`,
		)
	})
}

// TestAHostileNameDoesNotHoldTheFollower: what PostgreSQL does not take as text.
func TestAHostileNameDoesNotHoldTheFollower(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		r := open(t, db)
		e := flagged(did(audit.ActionRead, "x\x00'; --", "p\x00", 0), "own-record", "\x00")
		e.Actor.Issuer, e.Actor.Organisation, e.Actor.Name, e.Reason = "i\x00\xff", "O\x00", "N\x00\xff", "R\x00\xff"
		r.record(t, e)
		r.catchUp(t)
		items, _, err := r.Items(context.Background(), review.Filter{})
		if err != nil || len(items) != 1 || !items[0].In("O\uFFFD") {
			t.Fatal(items, err)
		}
	})
}

// story is a ledger with something of everything, and what the queue makes of it.
func story() (events []audit.Event) {
	for i := range 70 {
		after := time.Duration(i) * 30 * time.Second
		events = append(events, did(audit.ActionRead, "busy", "p"+strconv.Itoa(i), after))
		if i%30 == 0 {
			events = append(events, did(audit.ActionBreakGlass, "a", "g"+strconv.Itoa(i), after),
				flagged(did(audit.ActionRead, "b", "p", after), "same-surname"))
		}
	}
	return append(events, did(audit.ActionRead, "night", "p", 11*time.Hour), did(audit.ActionRead, "night", "q", 12*time.Hour))
}

// TestKilledBetweenAnyTwoSteps: the connection for changes dies after its n-th
// statement, for every n, and also before it if it stands alone (within a transaction
// that is the same); a new follower goes on. The queue is the same each time.
func TestKilledBetweenAnyTwoSteps(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		r := open(t, db)
		r.record(t, story()...)
		r.catchUp(t)
		want := all(t, r.Queue)
		if len(want) != 6 {
			t.Fatalf("the story makes %d items: %q", len(want), want)
		}
		deaths := 0
		for n := 1; ; n++ {
			died, alone := false, false
			for _, after := range []bool{true, false} {
				if !after && !alone {
					continue
				}
				empty(t, db)
				rung := &bell{}
				dying := &fault{db: db.Write, at: n, after: after}
				pool := sql.OpenDB(dying)
				pool.SetMaxOpenConns(1)
				first := review.New(bun.NewDB(pool, db.Write.Dialect()), db.Read, r.ledger, clock)
				first.Zone, first.Alert = r.Zone, rung.ring
				first.InRoundsOf(40)
				died = first.CatchUp(context.Background()) != nil || died
				_ = pool.Close()
				alone = dying.alone
				second := review.New(db.Write, db.Read, r.ledger, func() time.Time { return noon.Add(time.Minute) })
				second.Zone, second.Alert = r.Zone, rung.ring
				for range 2 { // overdue alerts come first, then what the first round left
					if err := second.CatchUp(context.Background()); err != nil {
						t.Fatal(err)
					}
				}
				if got := all(t, second); !slices.Equal(got, want) {
					t.Fatalf("killed at %d (after: %v): got %q, want %q", n, after, got, want)
				}
				if len(rung.rung) != 3 {
					t.Fatalf("killed at %d (after: %v): %d alerts", n, after, len(rung.rung))
				}
			}
			if !died {
				break
			}
			deaths++
		}
		if deaths < 20 {
			t.Errorf("it died only %d times", deaths)
		}
	})
}

func empty(t *testing.T, db *migrations.DB) {
	t.Helper()
	tx, err := db.Write.DB.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{`DELETE FROM review_scope`, `DELETE FROM review_step`, `DELETE FROM review_item`,
		`DELETE FROM review_opening`, `DELETE FROM review_hour`, `UPDATE review_mark SET value = 0`} {
		if _, err := tx.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// TestTwoFollowersMakeOneQueue: several servers on one database, while events come.
func TestTwoFollowersMakeOneQueue(t *testing.T) {
	t.Parallel()
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := fresh(t)
			rung := &bell{}
			rooms := []*room{open(t, dbtest.Open(t, dsn)), open(t, dbtest.Open(t, dsn))}
			var group sync.WaitGroup
			for _, r := range rooms {
				r.Alert = rung.ring
				r.InRoundsOf(10)
				group.Go(func() {
					for range 30 {
						r.catchUp(t)
					}
				})
			}
			for part := range slices.Chunk(story(), 7) {
				rooms[0].record(t, part...)
			}
			group.Wait()
			rooms[1].catchUp(t)
			alone := open(t, dbtest.Open(t, dbtest.SQLite(t)))
			alone.record(t, story()...)
			alone.catchUp(t)
			expect(t, rooms[0].Queue, all(t, alone.Queue)...)
			for patient, n := range rung.rung {
				if n != 1 {
					t.Errorf("%s rang %d times", patient, n)
				}
			}
			if len(rung.rung) != 3 {
				t.Errorf("%d alerts", len(rung.rung))
			}
		})
	}
}

// TestFollowGoesOnAfterAFailure: the table is away for a while.
func TestFollowGoesOnAfterAFailure(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		r := open(t, db)
		rename := func(from, to string) {
			t.Helper()
			if _, err := db.Write.DB.Exec(`ALTER TABLE ` + from + ` RENAME TO ` + to); err != nil {
				t.Fatal(err)
			}
		}
		rung := make(chan review.Item, 10)
		r.Alert = func(i review.Item) { rung <- i }
		rename("review_item", "away")
		r.record(t, did(audit.ActionBreakGlass, "a", "p", 0))
		if err := r.CatchUp(context.Background()); err == nil {
			t.Error("it went unnoticed")
		}
		ctx, stop := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() { defer close(done); r.Follow(ctx) }()
		rename("away", "review_item")
		select {
		case i := <-rung:
			if i.Kind != review.BreakGlass || i.Patient != "p" || i.ID == "" || !i.In("A99001") {
				t.Errorf("alerted of %+v", i)
			}
		case <-time.After(10 * time.Second):
			t.Error("no alert")
		}
		stop()
		<-done
	})
}
