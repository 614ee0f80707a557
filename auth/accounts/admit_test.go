package accounts_test

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestAnAccountIsMadeOnceAndBroughtUpToDate(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		began := h.clock.now()
		first := h.in("riverside", doctor("s1", "Sam O'Hara"))
		if first.ID == "" || !first.Created.Equal(began) || !first.SignedIn.Equal(began) {
			t.Fatalf("%+v", first)
		}
		h.clock.add(time.Hour)
		changed := doctor("s1", "Sam Hughes")
		changed.Identifiers = nil
		changed.Positions = []auth.Position{position(auth.RolePharmacist, "RRV02"), position(auth.RoleHospitalDoctor, "RRV01")}
		want := accounts.Account{
			ID: first.ID, Issuer: riverside, Subject: "s1", Login: "new-name", Name: "Sam Hughes",
			Positions: changed.Positions, Created: began, SignedIn: h.clock.now(),
		}
		if got := h.in("new-name", changed); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v\nwant %+v", got, want)
		}
		if got, err := h.other.Find(context.Background(), first.ID); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v %v\nwant %+v", got, err, want)
		}
		if got, err := h.other.Of(context.Background(), riverside, "s1"); err != nil || got.ID != first.ID {
			t.Errorf("%+v %v", got, err)
		}
	})
}

// TestNobodyIsFoundByNameOrEmail (assurance.md §7).
func TestNobodyIsFoundByNameOrEmail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		elsewhere := doctor("s1", "Sam")
		elsewhere.Issuer = "https://login.other.example"
		ids := map[string]bool{}
		for _, who := range []auth.Identity{doctor("s1", "Sam"), doctor("s2", "Sam"), doctor("S1", "Sam"), doctor("s1 ", "Sam"), elsewhere} {
			ids[h.in("riverside", who).ID] = true
		}
		if len(ids) != 5 {
			t.Errorf("five people are %d accounts", len(ids))
		}
	})
}

func TestManyAtOnceAreOneAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		var ids [64]string
		var wait sync.WaitGroup
		for i := range ids {
			wait.Go(func() {
				server := h.Accounts
				if i%2 == 1 {
					server = h.other
				}
				account, err := server.Admit(context.Background(), "riverside", doctor("s1", "Sam"))
				if err != nil {
					t.Error(err)
				}
				ids[i] = account.ID
			})
		}
		wait.Wait()
		for _, id := range ids {
			if id != ids[0] || id == "" {
				t.Fatalf("%q and %q", id, ids[0])
			}
		}
		if n := h.count(`SELECT COUNT(*) FROM auth_account`); n != 1 {
			t.Errorf("%d accounts", n)
		}
	})
}

// TestWhatCouldBeSomebodyElseIsRefused: the key of a user has a space after the issuer.
func TestWhatCouldBeSomebodyElseIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for name, c := range map[string]struct{ login, issuer, subject string }{
			"no issuer":                       {"riverside", "", "s1"},
			"an issuer with a space":          {"riverside", "https://a.example b", "s1"},
			"an issuer with a no-break space": {"riverside", "https://a.example\u00a0b", "s1"},
			"an issuer with NUL":              {"riverside", "https://a.example\x00", "s1"},
			"an issuer that runs backwards":   {"riverside", "https://a.example/\u202e", "s1"},
			"an issuer that is no UTF-8":      {"riverside", "https://a.example/\xff", "s1"},
			"an endless issuer":               {"riverside", "https://a.example/" + strings.Repeat("a", 2000), "s1"},
			"no subject":                      {"riverside", riverside, ""},
			"a subject with NUL":              {"riverside", riverside, "s\x001"},
			"an invisible subject":            {"riverside", riverside, "s\u200b1"},
			"an endless subject":              {"riverside", riverside, strings.Repeat("s", 256)},
			"a provider that says local":      {"riverside", "local", "anne"},
			"the local login of a provider":   {"local", riverside, "anne"},
		} {
			who := doctor(c.subject, "Sam")
			who.Issuer = c.issuer
			if _, err := h.Admit(context.Background(), c.login, who); refusedAs(err) != auth.RefusedInvalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := h.count(`SELECT COUNT(*) FROM auth_account`); n != 0 {
			t.Errorf("%d accounts", n)
		}
	})
}

func TestWhatIsOffDoesNotComeIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		ctx, _ := h.administrator("a", "RAA", "office")
		sam := doctor("s1", "Sam")
		sam.Positions = append(sam.Positions, position(auth.RolePharmacist, "RRV02"))
		id := h.in("riverside", sam).ID
		for name, c := range map[string]struct {
			kind accounts.Kind
			what string
			left []auth.Position // none: refused
		}{
			"the user":             {accounts.User, id, nil},
			"the login":            {accounts.Login, "riverside", nil},
			"another login":        {accounts.Login, "elsewhere", sam.Positions},
			"a client of the name": {accounts.Client, "riverside", sam.Positions},
			"one role":             {accounts.Role, "pharmacist", sam.Positions[:1]},
			"another role":         {accounts.Role, "gp", sam.Positions},
			"one organisation":     {accounts.Organisation, "RRV01", sam.Positions[1:]},
			"another organisation": {accounts.Organisation, "RRV0", sam.Positions},
		} {
			h.off(ctx, c.kind, c.what)
			before := h.clock.now()
			h.clock.add(time.Minute)
			account, err := h.other.Admit(context.Background(), "riverside", sam)
			if c.left == nil {
				kept, _ := h.Find(context.Background(), id)
				if refusedAs(err) != auth.RefusedOff || kept.SignedIn.After(before) {
					t.Errorf("%s: %+v %v", name, kept, err)
				}
			} else if err != nil || !reflect.DeepEqual(account.Positions, c.left) {
				t.Errorf("%s: %+v %v", name, account.Positions, err)
			}
			if err := h.SwitchOn(ctx, c.kind, c.what, "It was found"); err != nil {
				t.Fatal(err)
			}
			if got := h.in("riverside", sam).Positions; !reflect.DeepEqual(got, sam.Positions) {
				t.Errorf("%s, on again: %+v", name, got)
			}
		}
		h.off(ctx, accounts.Organisation, "RRV01")
		h.off(ctx, accounts.Role, "pharmacist")
		if _, err := h.Admit(context.Background(), "riverside", sam); refusedAs(err) != auth.RefusedOff {
			t.Errorf("no position is left: %v", err)
		}
	})
}

func TestLocalAccountsAreJudgedButNotKeptTwice(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		ctx, _ := h.administrator("a", "RAA", "office")
		who := auth.Identity{Issuer: "local", Subject: "anne", Name: "Anne", Positions: []auth.Position{position(auth.RoleGP, "YZ901")}}
		if err := h.users.Add(ctx, userOf("Anne", "Anne Able", auth.RoleGP, "YZ901"), "correct horse"); err != nil {
			t.Fatal(err)
		}
		account := h.in("local", who)
		if n := h.count(`SELECT COUNT(*) FROM auth_account WHERE issuer = 'local'`); n != 0 {
			t.Errorf("%d rows", n)
		}
		found, err := h.Find(ctx, account.ID)
		if err != nil || found.Name != "Anne Able" || found.Login != "local" || found.Subject != "anne" || !reflect.DeepEqual(found.Positions, who.Positions) {
			t.Fatalf("%+v %v", found, err)
		}
		h.off(ctx, accounts.User, account.ID)
		if _, err := h.Admit(ctx, "local", who); refusedAs(err) != auth.RefusedOff {
			t.Errorf("%v", err)
		}
	})
}
