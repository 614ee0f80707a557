package migrations_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// heard begins to hear and gives what comes; begun is how often it began.
func heard(t *testing.T, db *migrations.DB) (notices chan string, begun chan struct{}) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	notices, begun = make(chan string, 100), make(chan struct{}, 100)
	go func() {
		defer close(done)
		db.Hear(ctx, func() { begun <- struct{}{} }, func(n string) { notices <- n })
	}()
	t.Cleanup(func() { stop(); <-done })
	return notices, begun
}

func next[T any](t *testing.T, from <-chan T, what string) (v T) {
	t.Helper()
	select {
	case v = <-from:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s does not come", what)
	}
	return v
}

// What one server changes or says, all hear, and no server of another database does.
func TestNoticesReachEveryServer(t *testing.T) {
	t.Parallel()
	dsn := dbtest.Postgres(t)
	one, two, other := dbtest.Open(t, dsn), dbtest.Open(t, dsn), dbtest.Open(t, dbtest.Postgres(t))
	for _, db := range []*migrations.DB{other, one, two} {
		notices, begun := heard(t, db)
		next(t, begun, "the beginning")
		if err := one.Say(t.Context(), "hello"); err != nil {
			t.Fatal(err)
		}
		if _, err := one.Write.DB.ExecContext(t.Context(), `INSERT INTO source_switch (source, off, at, maker, reason) VALUES ($1, true, 1, 'm', 'r')
			ON CONFLICT (source) DO UPDATE SET at = excluded.at + 1`, "gp"); err != nil {
			t.Fatal(err)
		}
		if db == other {
			if err := other.Say(t.Context(), "of its own"); err != nil {
				t.Fatal(err)
			}
			if got := next(t, notices, "its own notice"); got != "of its own" {
				t.Errorf("another database's servers hear %q", got)
			}
			continue
		}
		got := []string{next(t, notices, "the notice"), next(t, notices, "the change")}
		if want := []string{"hello", migrations.Changed("source_switch")}; !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	}
}

// A connection that breaks is made anew, and whoever hears is told so.
func TestHearingBeginsAnewAfterABreak(t *testing.T) {
	t.Parallel()
	db := dbtest.Open(t, dbtest.Postgres(t))
	notices, begun := heard(t, db)
	next(t, begun, "the beginning")
	if breaks(t, db) != 1 {
		t.Fatal("nobody listens")
	}
	next(t, begun, "the new beginning")
	if err := db.Say(t.Context(), "again"); err != nil {
		t.Fatal(err)
	}
	if got := next(t, notices, "the notice"); got != "again" {
		t.Error(got)
	}
}

// breaks ends the connections of this schema that listen.
func breaks(t *testing.T, db *migrations.DB) (n int) {
	t.Helper()
	if err := db.Write.DB.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE query = 'LISTEN "patchwork_' || md5(current_schema()) || '"') x`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// One of many leads, and another when it has gone; never two who follow the rules.
func TestOneServerLeads(t *testing.T) {
	t.Parallel()
	dsn := dbtest.Postgres(t)
	type server struct {
		stop context.CancelFunc
		done chan struct{}
	}
	var mu sync.Mutex
	var servers []server
	leads := make(chan int, 10)
	leading := 0
	for i := range 3 {
		db := dbtest.Open(t, dsn)
		ctx, stop := context.WithCancel(context.Background())
		s := server{stop, make(chan struct{})}
		servers = append(servers, s)
		t.Cleanup(func() { stop(); <-s.done })
		go func() {
			defer close(s.done)
			db.Lead(ctx, "work", func(ctx context.Context) {
				mu.Lock()
				if leading++; leading > 1 {
					t.Error("two lead at once")
				}
				mu.Unlock()
				leads <- i
				<-ctx.Done()
				mu.Lock()
				leading--
				mu.Unlock()
			})
		}()
	}
	seen := map[int]bool{}
	for range 3 {
		leader := next(t, leads, "a leader")
		if seen[leader] {
			t.Errorf("%d leads again after it went", leader)
		}
		seen[leader] = true
		servers[leader].stop()
		<-servers[leader].done
	}
}

// A file of SQLite has one server: it leads at once, and hears nothing.
func TestOneServerLeadsOnSQLite(t *testing.T) {
	t.Parallel()
	db := dbtest.Open(t, dbtest.SQLite(t))
	ran := false
	ctx, stop := context.WithCancel(t.Context())
	db.Lead(ctx, "work", func(context.Context) { ran = true; stop() })
	db.Hear(t.Context(), func() { t.Error("it hears") }, func(string) { t.Error("it hears") })
	if err := db.Say(t.Context(), "hello"); err != nil || !ran {
		t.Error(err, ran)
	}
}
