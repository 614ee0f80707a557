package lockout_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/lockout"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// enter begins n attempts that stay under way.
func enter(t testing.TB, c *lockout.Counter, n int, account string) []*lockout.Attempt {
	t.Helper()
	var under []*lockout.Attempt
	for range n {
		a, err := c.Enter(t.Context(), account, "")
		if err != nil {
			t.Fatal(err)
		}
		under = append(under, a)
	}
	return under
}

func TestWaitingForOthers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		outcome error
		locked  bool
	}{
		"who were right":            {nil, false},
		"who were wrong":            {auth.ErrRefused, true},
		"whose attempts never were": {errOther, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
				counter, clock := build(db)
				elsewhere := lockout.New(db.Write, db.Read, clock.now)
				fails(t, counter, 9, account, "")
				first := enter(t, counter, 1, account)[0]
				short, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
				defer cancel()
				if _, err := elsewhere.Enter(short, account, ""); !errors.Is(err, context.DeadlineExceeded) {
					t.Fatalf("did not wait: %v", err)
				}
				answers := make(chan error, 2)
				for _, server := range []*lockout.Counter{counter, elsewhere} {
					go func() { answers <- try(t, server, account, "", errOther) }()
				}
				if err := first.Settle(t.Context(), c.outcome); !errors.Is(err, c.outcome) {
					t.Fatal(err)
				}
				for range 2 {
					if err := <-answers; isLocked(err) != c.locked {
						t.Error(err)
					}
				}
			})
		})
	}
}

// TestACrashIsAFailure: an attempt that never settles counts after 30 seconds.
func TestACrashIsAFailure(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		counter, clock := build(db)
		under := enter(t, counter, 10, account)
		counter = lockout.New(db.Write, db.Read, clock.now)
		clock.add(31 * time.Second)
		if err := try(t, counter, account, "", nil); !isLocked(err) {
			t.Errorf("after 31 s: %v", err)
		}
		// One was only slow: it still settles, and forgives the others.
		if err := under[0].Settle(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if err := try(t, counter, account, "", errOther); !errors.Is(err, errOther) {
			t.Errorf("after a success: %v", err)
		}
		// Another was slow too, and wrong: it counts although it had been forgiven.
		fails(t, counter, 9, account, "")
		if err := under[1].Settle(t.Context(), auth.ErrRefused); !errors.Is(err, auth.ErrRefused) {
			t.Fatal(err)
		}
		if err := try(t, counter, account, "", nil); !isLocked(err) {
			t.Errorf("after a late failure: %v", err)
		}
	})
}

// TestASuccessForgivesNobodyUnderWay: else attempts begun before it were looked at
// without counting.
func TestASuccessForgivesNobodyUnderWay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		counter, _ := build(db)
		under := enter(t, counter, 9, account)
		if err := try(t, counter, account, "", nil); err != nil {
			t.Fatal(err)
		}
		fails(t, counter, 1, account, "")
		short, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
		defer cancel()
		if _, err := counter.Enter(short, account, ""); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("nine are under way and one has failed: %v", err)
		}
		for _, a := range under {
			if err := a.Settle(t.Context(), auth.ErrRefused); !errors.Is(err, auth.ErrRefused) {
				t.Fatal(err)
			}
		}
		if err := try(t, counter, account, "", nil); !isLocked(err) {
			t.Error(err)
		}
	})
}

func TestGivingUp(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		counter, _ := build(db)
		ctx, cancel := context.WithCancel(t.Context())
		a, err := counter.Enter(ctx, account, address)
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		if _, err := counter.Enter(ctx, account, address); !errors.Is(err, context.Canceled) {
			t.Errorf("entering: %v", err)
		}
		if err := a.Settle(ctx, auth.ErrRefused); !errors.Is(err, auth.ErrRefused) {
			t.Errorf("settling: %v", err)
		}
		fails(t, counter, 9, account, "")
		if err := try(t, counter, account, "", nil); !isLocked(err) {
			t.Errorf("who gave up after the password was looked at: %v", err)
		}
	})
}

// TestWhatCannotBeCountedIsNoAnswer: else an attacker who stops the counting could guess on.
func TestWhatCannotBeCountedIsNoAnswer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		for _, outcome := range []error{nil, auth.ErrRefused, errOther} {
			counter, _ := build(db)
			a, err := counter.Enter(t.Context(), account, address)
			if err != nil {
				t.Fatal(err)
			}
			exec(t, db, `ALTER TABLE auth_failure RENAME TO away`)
			if err := a.Settle(t.Context(), outcome); err == nil || errors.Is(err, auth.ErrRefused) || isLocked(err) {
				t.Errorf("settling %v: %v", outcome, err)
			}
			if err := try(t, counter, account, "", nil); err == nil || errors.Is(err, auth.ErrRefused) || isLocked(err) {
				t.Errorf("entering: %v", err)
			}
			exec(t, db, `ALTER TABLE away RENAME TO auth_failure`)
		}
	})
}

// TestOldFailuresAreDeleted: whoever's they are.
func TestOldFailuresAreDeleted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		counter, clock := build(db)
		fails(t, counter, 3, account, address)
		clock.add(16 * time.Minute)
		fails(t, counter, 1, "local:b", "")
		var rows int
		if err := db.Read.DB.QueryRow(`SELECT count(*) FROM auth_failure`).Scan(&rows); err != nil || rows != 1 {
			t.Errorf("%d rows, %v", rows, err)
		}
	})
}

func exec(t testing.TB, db *migrations.DB, statement string) {
	t.Helper()
	if _, err := db.Write.DB.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
