package lockout_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/lockout"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// clock is a clock that tests move.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC).UnixMicro())
	return c
}
func (c *clock) now() time.Time      { return time.UnixMicro(c.at.Load()).UTC() }
func (c *clock) add(d time.Duration) { c.at.Add(d.Microseconds()) }

func build(db *migrations.DB) (*lockout.Counter, *clock) {
	c := newClock()
	return lockout.New(db.Write, db.Read, c.now), c
}

const account, address = "local:a.example", "192.0.2.1"

// errOther is neither a success nor a refusal.
var errOther = errors.New("the directory is away")

// try enters and settles.
func try(t testing.TB, c *lockout.Counter, account, address string, outcome error) error {
	t.Helper()
	a, err := c.Enter(t.Context(), account, address)
	if err != nil {
		return err
	}
	return a.Settle(t.Context(), outcome)
}

func fails(t testing.TB, c *lockout.Counter, n int, account, address string) {
	t.Helper()
	for i := range n {
		if err := try(t, c, account, address, auth.ErrRefused); !errors.Is(err, auth.ErrRefused) {
			t.Fatalf("failure %d: %v", i, err)
		}
	}
}

func isLocked(err error) bool {
	var locked *auth.LockedError
	return errors.As(err, &locked)
}

func TestTenFailuresLock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c, clock := build(db)
		first := clock.now()
		for range 10 {
			fails(t, c, 1, account, "")
			clock.add(time.Minute)
		}
		var locked *auth.LockedError
		if err := try(t, c, account, "", nil); !errors.As(err, &locked) || !locked.Until.Equal(first.Add(15*time.Minute)) {
			t.Errorf("the eleventh: %v", err)
		}
		c = lockout.New(db.Write, db.Read, clock.now) // a restart
		if err := try(t, c, account, "", nil); !isLocked(err) {
			t.Errorf("after a restart: %v", err)
		}
		clock.add(4 * time.Minute) // the first failure was 14 minutes ago
		if err := try(t, c, account, "", nil); !isLocked(err) {
			t.Errorf("too early: %v", err)
		}
		clock.add(time.Minute)
		fails(t, c, 1, account, "") // soft: one falls out, one may be tried
		if err := try(t, c, account, "", nil); !isLocked(err) {
			t.Errorf("one more: %v", err)
		}
		clock.add(time.Minute)
		if err := try(t, c, account, "", nil); err != nil {
			t.Errorf("after 15 minutes: %v", err)
		}
		fails(t, c, 10, account, "") // the success has forgotten the others
	})
}

// TestWhatCounts: what n outcomes leave room for.
func TestWhatCounts(t *testing.T) {
	t.Parallel()
	type step struct {
		n                int
		account, address string
		outcome          error
	}
	const other = "riverside:a.example"
	for name, c := range map[string]struct {
		steps            []step
		account, address string
		locked           bool
	}{
		"nine failures":                     {[]step{{9, account, "", auth.ErrRefused}}, account, "", false},
		"ten":                               {[]step{{10, account, "", auth.ErrRefused}}, account, "", true},
		"of another login":                  {[]step{{10, other, "", auth.ErrRefused}}, account, "", false},
		"from one address, many names":      {[]step{{5, account, address, auth.ErrRefused}, {5, other, address, auth.ErrRefused}}, "local:b", address, true},
		"from another address":              {[]step{{5, account, address, auth.ErrRefused}, {5, other, address, auth.ErrRefused}}, "local:b", "192.0.2.2", false},
		"what could not be asked":           {[]step{{20, account, address, errOther}}, account, address, false},
		"a success between":                 {[]step{{9, account, "", auth.ErrRefused}, {1, account, "", nil}, {9, account, "", auth.ErrRefused}}, account, "", false},
		"something else between":            {[]step{{9, account, "", auth.ErrRefused}, {1, account, "", errOther}, {1, account, "", auth.ErrRefused}}, account, "", true},
		"one's own success for the address": {[]step{{9, account, address, auth.ErrRefused}, {1, other, address, nil}, {1, account, address, auth.ErrRefused}}, "local:b", address, true},
		"success and the own address":       {[]step{{9, account, address, auth.ErrRefused}, {3, account, address, nil}}, "local:b", address, false},
		"an account named like an address":  {[]step{{10, address, "", auth.ErrRefused}}, account, address, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			counter, _ := build(dbtest.Open(t, dbtest.SQLite(t)))
			for _, s := range c.steps {
				for range s.n {
					if err := try(t, counter, s.account, s.address, s.outcome); !errors.Is(err, s.outcome) {
						t.Fatal(err)
					}
				}
			}
			if err := try(t, counter, c.account, c.address, nil); isLocked(err) != c.locked {
				t.Error(err)
			}
		})
	}
}

// TestManyAtOnceOnTwoServers: each server has a pool and a Counter of its own.
func TestManyAtOnceOnTwoServers(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := dsn(t)
			one, two := dbtest.Open(t, at), dbtest.Open(t, at)
			clock := newClock()
			servers := []*lockout.Counter{lockout.New(one.Write, one.Read, clock.now), lockout.New(two.Write, two.Read, clock.now)}
			burst := func(outcome error) (looked, locked int32) {
				var group sync.WaitGroup
				for i := range 64 {
					group.Go(func() {
						switch err := try(t, servers[i%2], account, address, outcome); {
						case isLocked(err):
							atomic.AddInt32(&locked, 1)
						case errors.Is(err, outcome):
							atomic.AddInt32(&looked, 1)
						default:
							t.Error(err)
						}
					})
				}
				group.Wait()
				return looked, locked
			}
			if looked, locked := burst(nil); looked != 64 || locked != 0 {
				t.Errorf("right: %d looked at, %d locked", looked, locked)
			}
			if looked, locked := burst(auth.ErrRefused); looked != 10 || locked != 54 {
				t.Errorf("wrong: %d looked at, %d locked", looked, locked)
			}
		})
	}
}
