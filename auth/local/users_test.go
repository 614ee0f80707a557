package local_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

const password = "correct horse battery"

// clock is a clock that tests move.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC).UnixMicro())
	return c
}
func (c *clock) now() time.Time      { return time.UnixMicro(c.at.Load()).UTC() }
func (c *clock) add(d time.Duration) { c.at.Add(d.Microseconds()) }

type house struct {
	*local.Users
	t      testing.TB
	db     *migrations.DB
	ledger *audit.Ledger
	clock  *clock
}

func build(t testing.TB, db *migrations.DB) *house {
	t.Helper()
	c := newClock()
	ledger, err := audit.Open(context.Background(), db.Write, c.now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ledger.Close() })
	h := &house{Users: local.New(db.Write, db.Read, ledger, c.now), t: t, db: db, ledger: ledger, clock: c}
	if err := h.Add(context.Background(), user("a.example"), password); err != nil {
		t.Fatal(err)
	}
	return h
}

func user(name string) local.User {
	return local.User{
		Username: name, Name: "Dr A. Example", Role: auth.RoleGP, CareSetting: "general-practice",
		Organisation: record.Organisation{ODS: "A99001", Name: "Example Surgery"},
	}
}

func from(address string) context.Context {
	return auth.WithCaller(context.Background(), auth.Caller{Address: address, RequestID: "req-1", Client: "viewer"})
}

func (h *house) try(address, username, password string) error {
	_, err := h.Verify(from(address), username, password)
	return err
}

func isLocked(err error) bool {
	var locked *auth.LockedError
	return errors.As(err, &locked)
}

func TestSigningIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for _, spelling := range []string{"a.example", "A.Example", " a.exa mple\t", "a.example\u200b"} {
			if got, err := h.Verify(from("192.0.2.1"), spelling, password); err != nil || got != user("a.example") {
				t.Errorf("%q: %+v %v", spelling, got, err)
			}
		}
		session, err := h.Login(from("192.0.2.1"), auth.Credentials{Username: "A.EXAMPLE", Password: password})
		if err != nil || session.Issuer != local.Issuer || session.Subject != "a.example" || session.Role != auth.RoleGP {
			t.Errorf("%+v %v", session, err)
		}
		wrong, unknown := h.try("", "a.example", "x"), h.try("", "nobody", "x")
		if !errors.Is(wrong, auth.ErrRefused) || wrong.Error() != unknown.Error() {
			t.Errorf("wrong password: %v; unknown user: %v", wrong, unknown)
		}
		for _, c := range [][2]string{{"", ""}, {"a.example", ""}, {"", password}, {"a.example", password + "\x00"}, {"a.example", strings.Repeat("x", 2000)}} {
			if err := h.try("", c[0], c[1]); !errors.Is(err, auth.ErrRefused) {
				t.Errorf("%q: %v", c[0], err)
			}
		}
	})
}

func TestAddingAccounts(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	ctx := context.Background()
	if err := h.Add(ctx, user("A. Example"), password); !errors.Is(err, local.ErrExists) {
		t.Errorf("another spelling: %v", err)
	}
	noRole := user("b")
	noRole.Role = ""
	for _, c := range []struct {
		user     local.User
		password string
	}{{user(" \u200b"), password}, {user("b"), "short"}, {user("b"), ""}, {noRole, password}} {
		if err := h.Add(ctx, c.user, c.password); err == nil {
			t.Errorf("added %q", c.user.Username)
		}
	}
	if err := h.SetDisabled(ctx, "A.EXAMPLE", true); err != nil {
		t.Fatal(err)
	}
	if err := h.try("", "a.example", password); !errors.Is(err, auth.ErrRefused) {
		t.Errorf("disabled: %v", err)
	}
	var stored string
	if err := h.db.Read.DB.QueryRow(`SELECT password FROM auth_local_user`).Scan(&stored); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("kept as %.40s", stored)
	}
}

func TestLockOut(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		spellings := []string{"a.example", "A.EXAMPLE", "a . example"}
		for i := range 10 {
			if err := h.try("", spellings[i%3], "wrong"); !errors.Is(err, auth.ErrRefused) {
				t.Fatalf("failure %d: %v", i, err)
			}
			h.clock.add(time.Minute)
		}
		if err := h.try("192.0.2.9", "a.example", password); !isLocked(err) {
			t.Errorf("the eleventh, with the right password: %v", err)
		}
		h.Users = local.New(h.db.Write, h.db.Read, h.ledger, h.clock.now) // a restart
		if err := h.try("", "A.Example", password); !isLocked(err) {
			t.Errorf("after a restart: %v", err)
		}
		h.clock.add(4 * time.Minute) // the first failure was 14 minutes ago
		if err := h.try("", "a.example", password); !isLocked(err) {
			t.Errorf("too early: %v", err)
		}
		h.clock.add(time.Minute)
		if err := h.try("", "a.example", password); err != nil {
			t.Errorf("after 15 minutes: %v", err)
		}
		for range 9 { // the success has forgotten the others
			if err := h.try("", "a.example", "wrong"); !errors.Is(err, auth.ErrRefused) {
				t.Fatal(err)
			}
		}
	})
}

func TestAnAddressIsLockedOutToo(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	for i := range 10 {
		if err := h.try("192.0.2.66", "guess"+string(rune('a'+i)), "wrong"); !errors.Is(err, auth.ErrRefused) {
			t.Fatal(err)
		}
	}
	if err := h.try("192.0.2.66", "a.example", password); !isLocked(err) {
		t.Errorf("from the address: %v", err)
	}
	if err := h.try("192.0.2.1", "a.example", password); err != nil {
		t.Errorf("from another: %v", err)
	}
	for range 10 {
		_ = h.try("", "no such account", "wrong")
	}
	if err := h.try("", "NO SUCH ACCOUNT", "wrong"); !isLocked(err) {
		t.Errorf("an account that does not exist locks alike: %v", err)
	}
}

// TestManyTriesAtOnce: ten passwords are looked at and no more; and a burst of right
// ones locks nobody out.
func TestManyTriesAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		burst := func(n int, password string) (looked, locked, in int32) {
			var group sync.WaitGroup
			for range n {
				group.Go(func() {
					err := h.try("192.0.2.1", "a.example", password)
					switch {
					case err == nil:
						atomic.AddInt32(&in, 1)
					case isLocked(err):
						atomic.AddInt32(&locked, 1)
					case errors.Is(err, auth.ErrRefused):
						atomic.AddInt32(&looked, 1)
					default:
						t.Error(err)
					}
				})
			}
			group.Wait()
			return looked, locked, in
		}
		if looked, locked, in := burst(20, password); looked+locked != 0 || in != 20 {
			t.Errorf("right: %d refused, %d locked, %d in", looked, locked, in)
		}
		if looked, locked, in := burst(64, "wrong"); looked != 10 || locked != 54 || in != 0 {
			t.Errorf("wrong: %d refused, %d locked, %d in", looked, locked, in)
		}
	})
}

func TestEveryAttemptIsAudited(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	_ = h.try("192.0.2.1", "a.example", password)
	_ = h.try("192.0.2.1", "a.example", "wrong")
	_ = h.try("192.0.2.1", "hunter2-typed-as-name", "wrong")
	events, err := h.ledger.Events(context.Background(), audit.Filter{})
	if err != nil || len(events) != 3 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	in, wrong, unknown := events[0], events[1], events[2]
	if in.Action != audit.ActionLogin || in.Decision != audit.Permit || in.Actor.Subject != "a.example" ||
		in.Actor.Organisation != "A99001" || in.Device != "192.0.2.1" || in.RequestID != "req-1" {
		t.Errorf("%+v", in)
	}
	if wrong.Action != audit.ActionLoginFailed || wrong.Decision != audit.Deny || wrong.Actor.Subject != "a.example" {
		t.Errorf("%+v", wrong)
	}
	if !strings.HasPrefix(unknown.Actor.Subject, "unknown:") || strings.Contains(unknown.Actor.Subject, "hunter2") {
		t.Errorf("%+v", unknown)
	}
	if err := h.ledger.Close(); err != nil {
		t.Fatal(err)
	}
	if err := h.try("192.0.2.1", "a.example", password); err == nil {
		t.Error("signed in without an audit event")
	}
}

func BenchmarkVerify(b *testing.B) {
	h := build(b, dbtest.Open(b, dbtest.SQLite(b)))
	for name, username := range map[string]string{"known": "a.example", "unknown": "nobody"} {
		b.Run(name, func(b *testing.B) {
			h.Lockout.Limit = 1 << 30
			for b.Loop() {
				_ = h.try("", username, "wrong")
			}
		})
	}
}
