package auth_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
)

// clock is a clock that tests move.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock { return &clock{t: time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func gp() auth.Session {
	return auth.Session{
		Issuer: "local", Subject: "a.example", Name: "Dr A. Example", Role: auth.RoleGP, CareSetting: "general-practice",
		Organisation: record.Organisation{ODS: "A99001", Name: "Example Surgery"},
		Scopes:       []string{"patient/*.rs"}, Launch: &auth.Launch{Patient: "p1", Client: "epr"},
	}
}

func TestASessionIsKeptWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx, c := context.Background(), newClock()
		secret, err := auth.NewSessions(db.Write, db.Read, c.now).Start(ctx, gp())
		if err != nil || len(secret) != 43 {
			t.Fatalf("%d characters, %v", len(secret), err)
		}
		got, err := auth.NewSessions(db.Write, db.Read, c.now).Find(ctx, secret) // another server
		if err != nil {
			t.Fatal(err)
		}
		want := gp()
		want.ID, want.Purpose = got.ID, auth.PurposeTreatment
		want.Created, want.LastSeen, want.Checked, want.Expires = c.now(), c.now(), c.now(), c.now().Add(10*time.Hour)
		if a, b := fmt.Sprintf("%+v %+v", *got, *got.Launch), fmt.Sprintf("%+v %+v", want, *want.Launch); stripped(a) != stripped(b) {
			t.Errorf("got  %s\nwant %s", a, b)
		}
		if strings.Contains(secret, got.ID) || got.ID == "" {
			t.Error("the handle is part of the secret")
		}
	})
}

// stripped leaves out the pointer that %+v shows for Launch.
func stripped(s string) string {
	before, after, _ := strings.Cut(s, "Launch:0x")
	_, after, _ = strings.Cut(after, " ")
	return before + after
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx, c := context.Background(), newClock()
		s := auth.NewSessions(db.Write, db.Read, c.now)
		start := func() string {
			secret, err := s.Start(ctx, gp())
			if err != nil {
				t.Fatal(err)
			}
			return secret
		}
		gone := func(why, secret string) {
			t.Helper()
			if _, err := s.Find(ctx, secret); !errors.Is(err, auth.ErrNoSession) {
				t.Errorf("%s: %v", why, err)
			}
		}
		gone("never started", "")
		gone("never started", strings.Repeat("A", 43))

		ended := start()
		if err := errors.Join(s.End(ctx, ended), s.End(ctx, ended)); err != nil {
			t.Error(err)
		}
		gone("ended", ended)

		idle := start()
		c.add(15*time.Minute - time.Second)
		if _, err := s.Find(ctx, idle); err != nil {
			t.Errorf("just before: %v", err)
		}
		c.add(15 * time.Minute)
		gone("idle", idle)

		busy := start()
		for range 59 { // in use all day
			c.add(10 * time.Minute)
			if _, err := s.Find(ctx, busy); err != nil {
				t.Fatal(err)
			}
		}
		c.add(10 * time.Minute)
		gone("after ten hours", busy)

		one, two := start(), start()
		if err := s.EndAll(ctx, "local", "a.example"); err != nil {
			t.Error(err)
		}
		gone("all ended", one)
		gone("all ended", two)

		short := gp()
		short.Expires = c.now().Add(time.Minute)
		secret, err := s.Start(ctx, short)
		if err != nil {
			t.Fatal(err)
		}
		c.add(time.Minute)
		gone("its own end", secret)

		if _, err := s.Start(ctx, auth.Session{Subject: "x"}); err == nil {
			t.Error("a session without an issuer")
		}
	})
}

// TestTheSecretIsNotInTheFile: neither in the table nor in the write-ahead log.
func TestTheSecretIsNotInTheFile(t *testing.T) {
	t.Parallel()
	dsn := dbtest.SQLite(t)
	db := dbtest.Open(t, dsn)
	secret, err := auth.NewSessions(db.Write, db.Read, time.Now).Start(context.Background(), gp())
	if err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(dsn, "sqlite:")
	for _, file := range []string{path, path + "-wal"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte(secret)) {
			t.Errorf("%s holds the secret", file)
		}
	}
}

func TestLastSeenIsWrittenOnceAMinute(t *testing.T) {
	t.Parallel()
	db, c, ctx := dbtest.Open(t, dbtest.SQLite(t)), newClock(), context.Background()
	s := auth.NewSessions(db.Write, db.Read, c.now)
	secret, err := s.Start(ctx, gp())
	if err != nil {
		t.Fatal(err)
	}
	seen := func() (at int64) {
		if err := db.Read.DB.QueryRow(`SELECT last_seen FROM auth_session`).Scan(&at); err != nil {
			t.Fatal(err)
		}
		return at
	}
	started := seen()
	c.add(59 * time.Second)
	if _, err := s.Find(ctx, secret); err != nil || seen() != started {
		t.Errorf("written before a minute was over: %v", err)
	}
	c.add(2 * time.Second)
	if _, err := s.Find(ctx, secret); err != nil || seen() != c.now().UnixMicro() {
		t.Errorf("not written: %v", err)
	}
}

func TestRolesAreAllValid(t *testing.T) {
	t.Parallel()
	for _, r := range auth.Roles() {
		if !r.Valid() {
			t.Errorf("%s", r)
		}
	}
	for _, r := range []auth.Role{"", "GP", "gp ", "root"} {
		if r.Valid() {
			t.Errorf("%q is valid", r)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			db, ctx := dbtest.Open(b, dsn(b)), context.Background()
			s := auth.NewSessions(db.Write, db.Read, time.Now)
			secret, err := s.Start(ctx, gp())
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Find(ctx, secret); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
