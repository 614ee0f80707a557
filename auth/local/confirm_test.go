package local_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestConfirming(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), from("192.0.2.1")
		session, err := h.Login(ctx, auth.Credentials{Username: "A.Example", Password: password})
		if err != nil || !session.Confirmed.Equal(h.clock.now()) {
			t.Fatalf("%+v %v", session, err)
		}
		if err := h.Confirm(ctx, &session, auth.Credentials{Password: password}); err != nil {
			t.Error(err)
		}
		for _, wrong := range []string{"", "wrong", password + " ", strings.Repeat("x", 2000)} {
			if err := h.Confirm(ctx, &session, auth.Credentials{Password: wrong}); !errors.Is(err, auth.ErrRefused) {
				t.Errorf("%.10q: %v", wrong, err)
			}
		}
		elsewhere, spelt, none := session, session, session
		elsewhere.Issuer, spelt.Subject, none.Subject = "https://idp.example", "A.Example", ""
		for _, other := range []*auth.Session{nil, &elsewhere, &spelt, &none} {
			if err := h.Confirm(ctx, other, auth.Credentials{Password: password}); !errors.Is(err, auth.ErrNotByPassword) {
				t.Errorf("%+v: %v", other, err)
			}
		}
		events, err := h.ledger.Events(context.Background(), audit.Filter{Actor: "a.example", After: 1})
		if err != nil || len(events) != 5 {
			t.Fatalf("%d events, %v", len(events), err)
		}
		for i, e := range events {
			if e.Action != audit.ActionConfirm || (e.Decision == audit.Permit) != (i == 0) || e.Actor.Organisation != "A99001" || e.RequestID != "req-1" {
				t.Errorf("%+v", e)
			}
		}
		if err := h.SetDisabled(ctx, "a.example", true); err != nil {
			t.Fatal(err)
		}
		if err := h.Confirm(ctx, &session, auth.Credentials{Password: password}); !errors.Is(err, auth.ErrRefused) {
			t.Errorf("disabled: %v", err)
		}
	})
}

// TestSigningInAndConfirmingLockTogether: five failures of each are ten.
func TestSigningInAndConfirmingLockTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), from("192.0.2.1")
		session, err := h.Login(ctx, auth.Credentials{Username: "a.example", Password: password})
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if err := errors.Join(h.try("192.0.2.1", "a.example", "wrong"), h.Confirm(ctx, &session, auth.Credentials{Password: "wrong"})); isLocked(err) {
				t.Fatal(err)
			}
		}
		if err := h.Confirm(ctx, &session, auth.Credentials{Password: password}); !isLocked(err) {
			t.Errorf("confirming: %v", err)
		}
		if err := h.try("192.0.2.1", "a.example", password); !isLocked(err) {
			t.Errorf("signing in: %v", err)
		}
		events, err := h.ledger.Events(context.Background(), audit.Filter{Limit: 100})
		if err != nil || len(events) < 2 {
			t.Fatal(err)
		}
		if e := events[len(events)-2]; e.Action != audit.ActionConfirm || !strings.Contains(e.Reason, "locked") {
			t.Errorf("%+v", e)
		}
	})
}

func TestWhatCannotBeCheckedIsRefusedAndAudited(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), from("192.0.2.1")
		session, err := h.Login(ctx, auth.Credentials{Username: "a.example", Password: password})
		if err != nil {
			t.Fatal(err)
		}
		exec := func(statement string) {
			t.Helper()
			if _, err := db.Write.DB.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		fails := func(why string) {
			t.Helper()
			_, login := h.Login(ctx, auth.Credentials{Username: "a.example", Password: password})
			for what, err := range map[string]error{"signing in": login, "confirming": h.Confirm(ctx, &session, auth.Credentials{Password: password})} {
				if err == nil || errors.Is(err, auth.ErrRefused) || isLocked(err) {
					t.Errorf("%s, %s: %v", why, what, err)
				}
			}
		}
		for _, stored := range []string{
			"x", "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$a2V5", "$argon2id$v=18$m=19456,t=2,p=1$c2FsdHNhbHQ$a2V5", "$argon2id$v=19$m=x$c2FsdHNhbHQ$a2V5",
			"$argon2id$v=19$m=9999999,t=2,p=1$c2FsdHNhbHQ$a2V5", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$a2V5", "$argon2id$v=19$m=19456,t=2,p=1$!$!",
		} {
			exec(`UPDATE auth_local_user SET password = '` + stored + `'`)
			fails(stored)
		}
		events, err := h.ledger.Events(context.Background(), audit.Filter{After: 1})
		if err != nil || len(events) != 14 || events[0].Decision != audit.Deny || !strings.Contains(events[0].Reason, "could not be made") {
			t.Errorf("%d events, %v", len(events), err)
		}
		exec(`DROP TABLE auth_failure`)
		fails("failures cannot be counted")
		exec(`DROP TABLE auth_local_user`)
		fails("accounts cannot be read")
		if err := h.Add(ctx, user("b"), password); err == nil {
			t.Error("added")
		}
		if err := h.SetDisabled(ctx, "b", true); err == nil {
			t.Error("disabled")
		}
	})
}

// TestAFailureThatCannotBeCountedIsNoAnswer: else an attacker who stops the counting
// could guess on.
func TestAFailureThatCannotBeCountedIsNoAnswer(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	if _, err := h.db.Write.DB.Exec(`CREATE TRIGGER stuck BEFORE INSERT ON auth_failure BEGIN SELECT RAISE(ABORT, 'stuck'); END`); err != nil {
		t.Fatal(err)
	}
	if err := h.try("", "a.example", "wrong"); err == nil || errors.Is(err, auth.ErrRefused) {
		t.Error(err)
	}
}

func TestWhoGivesUpIsNotCounted(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	ctx, cancel := context.WithCancel(from("192.0.2.1"))
	cancel()
	if _, err := h.Verify(ctx, "a.example", "wrong"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := h.Add(ctx, user("b"), password); err == nil {
		t.Error("added")
	}
}
