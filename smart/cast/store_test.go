package cast

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// two are the stores of two servers on one database.
func two(t *testing.T, dsn string) (here, there *Store, db *migrations.DB) {
	t.Helper()
	db, err := migrations.Open(t.Context(), dsn)
	if err == nil {
		err = migrations.Apply(t.Context(), db)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return NewStore(db.Write, db.Read, time.Now), NewStore(db.Write, db.Read, time.Now), db
}

func moveTo(t *testing.T, topic, id string, at time.Time) *notice {
	t.Helper()
	return opening(topic, id, "9435000010", "1948-03-12", at)
}

// TestOneOrder: however many servers add to a topic, its events are in one order that every
// server sees, each id once, and no event is older than the context before it.
func TestOneOrder(t *testing.T) {
	t.Parallel()
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			here, there, db := two(t, fresh(t))
			ctx := t.Context()
			topic, first, err := here.Begin(ctx, "epr", "9435000010", "1948-03-12")
			if err != nil {
				t.Fatal(err)
			}
			at := time.Now()
			var added sync.WaitGroup
			var mu sync.Mutex
			taken, replayed := 0, 0
			for i := range 40 {
				added.Go(func() {
					err := []*Store{here, there}[i%2].add(ctx, topic, moveTo(t, topic, fmt.Sprintf("e-%d", i/2), at), "")
					mu.Lock()
					defer mu.Unlock()
					switch {
					case err == nil:
						taken++
					case errors.Is(err, errReplayed), errors.Is(err, errSame):
						replayed++
					default:
						t.Error(err)
					}
				})
			}
			added.Wait()
			events, err := there.after(ctx, topic, 0, 100)
			if err != nil || taken != 20 || replayed != 20 || len(events) != 21 || events[0].notice.ID != first {
				t.Fatalf("%d taken, %d again, %d events, %v", taken, replayed, len(events), err)
			}
			for i, e := range events {
				if e.seq != int64(i+1) {
					t.Errorf("the event %d has the number %d", i, e.seq)
				}
			}
			if err := here.add(ctx, topic, moveTo(t, topic, "old", at.Add(-time.Second)), ""); !errors.Is(err, errOld) {
				t.Errorf("an older event: %v", err)
			}
			now, err := there.present(ctx, topic)
			if last := events[20].notice.ID; err != nil || now.version != last || now.opened.ID != last {
				t.Errorf("the context: %+v %v", now, err)
			}
			inTheTable(t, db)
		})
	}
}

// inTheTable: a copy of the tables tells of no patient.
func inTheTable(t *testing.T, db *migrations.DB) {
	t.Helper()
	rows, err := db.Read.QueryContext(context.Background(), `SELECT body, opened FROM cast_event, cast_topic`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var body, opened []byte
		if err := rows.Scan(&body, &opened); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(body)+string(opened), "9435000010") {
			t.Fatal("the number stands in the table")
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// TestAnEndpointIsTakenOnce, in time, and by nobody who guesses.
func TestAnEndpointIsTakenOnce(t *testing.T) {
	t.Parallel()
	here, there, _ := two(t, dbtest.SQLite(t))
	ctx := t.Context()
	topic, _, err := here.Begin(ctx, "epr", "9435000010", "1948-03-12")
	if err != nil {
		t.Fatal(err)
	}
	u := &subscription{topic: topic, app: "app", grant: "g", signIn: "s", events: []string{patientOpen}, expires: time.Now().Add(time.Minute)}
	secret, err := here.subscribe(ctx, u)
	if err != nil {
		t.Fatal(err)
	}
	var taken sync.Map
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			if got, err := []*Store{here, there}[i%2].take(ctx, secret); err == nil && got.topic == topic {
				taken.Store(i, true)
			}
		})
	}
	all.Wait()
	n := 0
	taken.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("taken %d times", n)
	}
	if err := there.resubscribe(ctx, secret, &subscription{topic: topic, grant: "another", events: u.events, expires: u.expires}); !errors.Is(err, errNoEndpoint) {
		t.Errorf("another grant's: %v", err)
	}
	late := NewStore(here.write, here.read, func() time.Time { return time.Now().Add(2 * time.Minute) })
	waiting, err := here.subscribe(ctx, &subscription{topic: topic, app: "app", grant: "g", signIn: "s", events: u.events, expires: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := late.take(ctx, waiting); !errors.Is(err, errNoEndpoint) {
		t.Errorf("an endpoint of two minutes ago: %v", err)
	}
	long := NewStore(here.write, here.read, func() time.Time { return time.Now().Add(topicLasts + time.Minute) })
	if _, err := long.present(ctx, topic); !errors.Is(err, errNoTopic) {
		t.Errorf("an old topic: %v", err)
	}
	if err := long.Sweep(ctx); err != nil {
		t.Error(err)
	}
	if events, err := here.after(ctx, topic, 0, 10); err != nil || len(events) > 0 {
		t.Errorf("after sweeping: %d %v", len(events), err)
	}
}
