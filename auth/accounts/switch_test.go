package accounts_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestASwitchIsInTheLedgerWithWhoAndWhy(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		ctx, _ := h.administrator("a", "RAA", "office")
		id := h.in("riverside", doctor("s1", "Sam")).ID
		h.off(ctx, accounts.User, id)
		first := h.clock.now()
		h.clock.add(time.Hour)
		again, _ := h.administrator("b", "RAA", "office")
		if err := h.other.SwitchOff(again, accounts.User, id, "A second time"); err != nil {
			t.Fatal(err)
		}
		offs, err := h.other.Offs(ctx)
		want := accounts.Off{Kind: accounts.User, What: riverside + " s1", At: first, Maker: "Ada a", Reason: "It was stolen"}
		if err != nil || len(offs) != 1 || offs[0] != want {
			t.Fatalf("%+v %v", offs, err)
		}
		if account, err := h.Find(ctx, id); err != nil || account.Off == nil || *account.Off != want {
			t.Errorf("%+v %v", account, err)
		}
		for range 2 {
			if err := h.other.SwitchOn(again, accounts.User, id, "  It was\nfound again "); err != nil {
				t.Fatal(err)
			}
		}
		if offs, err := h.Offs(ctx); err != nil || len(offs) != 0 {
			t.Errorf("%+v %v", offs, err)
		}
		events := h.events()
		if len(events) != 2 {
			t.Fatalf("%+v", events)
		}
		for i, reason := range []string{"switch off: It was stolen", "switch on: It was found again"} {
			e := events[i]
			if e.Action != audit.ActionAccess || e.Decision != audit.Permit || e.Target != "user:"+riverside+" s1" || e.Reason != reason || e.Actor.Role != "administrator" {
				t.Errorf("%+v", e)
			}
		}
	})
}

// TestWithoutTheLedgerNothingIsSwitched (hazard H-15).
func TestWithoutTheLedgerNothingIsSwitched(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		ctx, _ := h.administrator("a", "RAA", "office")
		h.off(ctx, accounts.Role, "gp")
		if err := h.ledger.Close(); err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{
			"off": h.SwitchOff(ctx, accounts.Role, "analyst", "It was stolen"), "on": h.SwitchOn(ctx, accounts.Role, "gp", "It was found"),
		} {
			if err == nil || isBad(err) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if offs, err := h.Offs(ctx); err != nil || len(offs) != 1 || offs[0].What != "gp" {
			t.Errorf("%+v %v", offs, err)
		}
	})
}

func TestWhoSwitchesOffStaysOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		ctx, me := h.administrator("a", "RAA", "office")
		local := auth.WithSession(ctx, &auth.Session{Issuer: "local", Subject: "root", Role: auth.RoleAdministrator})
		elsewhere := *auth.SessionFrom(ctx)
		elsewhere.Login = "annex"
		manager := *auth.SessionFrom(ctx)
		manager.Role = auth.RolePrivacyOfficer
		for name, c := range map[string]struct {
			ctx  context.Context
			kind accounts.Kind
			what string
		}{
			"oneself":                      {ctx, accounts.User, me.ID},
			"administrators":               {ctx, accounts.Role, "administrator"},
			"administrators, by another":   {auth.WithSession(ctx, &manager), accounts.Role, "administrator"},
			"one's own role":               {auth.WithSession(ctx, &manager), accounts.Role, "privacy-officer"},
			"one's own organisation":       {ctx, accounts.Organisation, "RAA"},
			"one's own login":              {ctx, accounts.Login, "office"},
			"the session's own login":      {auth.WithSession(ctx, &elsewhere), accounts.Login, "annex"},
			"one's own login, Patchwork's": {local, accounts.Login, "local"},
		} {
			if err := h.SwitchOff(c.ctx, c.kind, c.what, "It was stolen"); !isBad(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if offs, err := h.Offs(ctx); err != nil || len(offs) != 0 || len(h.events()) != 0 {
			t.Errorf("%+v %v", offs, err)
		}
	})
}

// TestOfTwoWhoSwitchEachOtherOffOneStays: neither server sees the other's switch before it
// begins its own.
func TestOfTwoWhoSwitchEachOtherOffOneStays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		a, first := h.administrator("a", "RAA", "office")
		b, second := h.administrator("b", "RBB", "annex")
		for _, c := range []struct {
			kind         accounts.Kind
			whatA, whatB string
		}{
			{accounts.User, second.ID, first.ID}, {accounts.Organisation, "RBB", "RAA"}, {accounts.Login, "annex", "office"},
		} {
			for range 4 {
				var errs [2]error
				var wait sync.WaitGroup
				wait.Go(func() { errs[0] = h.SwitchOff(a, c.kind, c.whatA, "It was stolen") })
				wait.Go(func() { errs[1] = h.other.SwitchOff(b, c.kind, c.whatB, "It was stolen") })
				wait.Wait()
				offs, err := h.Offs(a)
				if err != nil || len(offs) != 1 || (errs[0] == nil) == (errs[1] == nil) {
					t.Fatalf("%s: %+v %v %v", c.kind, offs, errs, err)
				}
				for _, err := range errs {
					if err != nil && !isBad(err) {
						t.Errorf("%s: %v", c.kind, err)
					}
				}
				_, _ = h.db.Write.DB.Exec(`DELETE FROM auth_off`)
			}
		}
	})
}

func TestWhatCannotBeSwitchedOffIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		ctx, _ := h.administrator("a", "RAA", "office")
		h.in("riverside", doctor("s1", "Sam"))
		for name, c := range map[string]struct {
			kind         accounts.Kind
			what, reason string
		}{
			"no kind":                  {"", "gp", "It was stolen"},
			"another kind":             {"patient", "gp", "It was stolen"},
			"no role":                  {accounts.Role, "", "It was stolen"},
			"a role that is none":      {accounts.Role, "GP", "It was stolen"},
			"no organisation":          {accounts.Organisation, "", "It was stolen"},
			"spaces in a login":        {accounts.Login, "a b", "It was stolen"},
			"NUL in a client":          {accounts.Client, "a\x00b", "It was stolen"},
			"no UTF-8":                 {accounts.Organisation, "\xff", "It was stolen"},
			"an endless organisation":  {accounts.Organisation, strings.Repeat("R", 2000), "It was stolen"},
			"no reason":                {accounts.Role, "gp", ""},
			"a short reason":           {accounts.Role, "gp", "gone"},
			"a reason of spaces":       {accounts.Role, "gp", "            "},
			"an invisible reason":      {accounts.Role, "gp", "gone\u200b\u200b\u200b"},
			"a long reason":            {accounts.Role, "gp", strings.Repeat("e", 501)},
			"a reason with NUL":        {accounts.Role, "gp", "stolen\x00"},
			"a reason that runs back":  {accounts.Role, "gp", "stolen \u202e nelots"},
			"a reason that is no text": {accounts.Role, "gp", "stolen\xff"},
		} {
			for way, do := range map[string]func(context.Context, accounts.Kind, string, string) error{"off": h.SwitchOff, "on": h.SwitchOn} {
				if err := do(ctx, c.kind, c.what, c.reason); !isBad(err) {
					t.Errorf("%s, %s: %v", name, way, err)
				}
			}
		}
		for _, id := range []string{"", "s1", riverside + " s1", "local:nobody", "' OR 1=1 --", "\x00"} {
			if err := h.SwitchOff(ctx, accounts.User, id, "It was stolen"); !errors.Is(err, accounts.ErrNotFound) {
				t.Errorf("%q: %v", id, err)
			}
		}
		for _, session := range []*auth.Session{nil, {}, {Issuer: "local"}} {
			if err := h.SwitchOff(auth.WithSession(ctx, session), accounts.Role, "gp", "It was stolen"); !errors.Is(err, accounts.ErrNobody) {
				t.Errorf("%+v: %v", session, err)
			}
		}
		if offs, err := h.Offs(ctx); err != nil || len(offs) != 0 || len(h.events()) != 0 {
			t.Errorf("%+v %v", offs, err)
		}
	})
}

// TestWithoutTheSwitchesNobodyComesIn: what is off cannot be asked, so that everything may be.
func TestWithoutTheSwitchesNobodyComesIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		if _, err := db.Write.DB.Exec(`ALTER TABLE auth_off RENAME TO away`); err != nil {
			t.Fatal(err)
		}
		if account, err := h.Admit(context.Background(), "riverside", doctor("s1", "Sam")); err == nil || account.ID != "" {
			t.Errorf("%+v", account)
		}
	})
}
