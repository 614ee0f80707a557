package smart_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/smart"
)

// second is another administrator, who has the same name.
func second() context.Context {
	return auth.WithSession(context.Background(), &auth.Session{
		ID: "s-other", Issuer: "https://riverside.example", Subject: "other", Name: "Ada Lovelace", Role: auth.RoleAdministrator,
	})
}

func registry(t *testing.T) smart.Client {
	return smart.Client{Name: "Registry", Method: smart.Key, JWKS: goodKeys(t), Scopes: []string{"patchwork/launch"}}
}

func TestTwoPeopleAnswerForAClient(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		made, _, err := h.Propose(h.admin, registry(t))
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Countersign(h.admin, made.ID, made.Edition()); !errors.Is(err, smart.ErrOwn) {
			t.Error("approved by who proposed it:", err)
		}
		if err := h.Countersign(ctx, made.ID, made.Edition()); !errors.Is(err, smart.ErrNobody) {
			t.Error("approved by nobody:", err)
		}
		for _, edition := range []string{"", "0", made.Edition() + "0"} {
			if err := h.Countersign(second(), made.ID, edition); !errors.Is(err, smart.ErrChanged) {
				t.Errorf("%q: %v", edition, err)
			}
		}
		if _, err := h.GetClient(ctx, made.ID); !errors.Is(err, fosite.ErrNotFound) {
			t.Fatal("it begins:", err)
		}
		for range 2 {
			if err := h.Countersign(second(), made.ID, made.Edition()); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := h.other.GetClient(ctx, made.ID); err != nil {
			t.Error(err)
		}
		if err := h.ReplaceKeys(second(), made.ID, "", "https://app.example/jwks"); err != nil {
			t.Fatal(err)
		}
		got, err := h.other.Find(ctx, made.ID)
		if err != nil || got.State != smart.Proposed || got.JWKS != "" || got.JWKSURL != "https://app.example/jwks" || got.ApprovedBy != "" || got.Edition() == made.Edition() {
			t.Errorf("%+v %v", got, err)
		}
		if err := h.Countersign(h.admin, made.ID, made.Edition()); !errors.Is(err, smart.ErrChanged) {
			t.Error("keys that nobody reviewed are approved:", err)
		}
		if err := h.Countersign(second(), made.ID, got.Edition()); !errors.Is(err, smart.ErrOwn) {
			t.Error("approved by who chose the keys:", err)
		}
		if err := h.Countersign(h.admin, made.ID, got.Edition()); err != nil {
			t.Error(err)
		}
		events, err := h.ledger.Events(ctx, audit.Filter{Limit: 10})
		var reasons []string
		for i := range events {
			reasons = append(reasons, events[i].Reason)
		}
		want := []string{"propose a client", "approve a client", "replace the keys of a client", "approve a client"}
		slices.Sort(reasons)
		slices.Sort(want)
		if err != nil || !slices.Equal(reasons, want) {
			t.Errorf("%q %v", reasons, err)
		}
	})
}

func TestASecretIsReplacedAtOnce(t *testing.T) {
	t.Parallel()
	h, ctx := build(t, dbtest.Open(t, dbtest.SQLite(t))), context.Background()
	c := app()
	c.Method = smart.Secret
	made, old := h.approved(c)
	secret, err := h.ReplaceSecret(h.admin, made.ID)
	if err != nil || len(secret) != 43 || secret == old {
		t.Fatal(err)
	}
	got, err := h.GetClient(ctx, made.ID)
	if err != nil || (smart.Hasher{}).Compare(ctx, got.GetHashedSecret(), []byte(secret)) != nil || (smart.Hasher{}).Compare(ctx, got.GetHashedSecret(), []byte(old)) == nil {
		t.Error("the old secret goes on:", err)
	}
	var bad *smart.InputError
	public, _ := h.approved(app())
	if _, err := h.ReplaceSecret(h.admin, public.ID); !errors.As(err, &bad) {
		t.Error(err)
	}
	if err := h.ReplaceKeys(h.admin, public.ID, goodKeys(t), ""); !errors.As(err, &bad) {
		t.Error(err)
	}
	key, _ := h.approved(registry(t))
	if err := h.ReplaceKeys(h.admin, key.ID, "", ""); !errors.As(err, &bad) || bad.Field != "jwks" {
		t.Error(err)
	}
	if _, err := h.ReplaceSecret(ctx, made.ID); !errors.Is(err, smart.ErrNobody) {
		t.Error(err)
	}
	if _, err := h.ReplaceSecret(h.admin, "nobody"); !errors.Is(err, smart.ErrNoClient) {
		t.Error(err)
	}
}

// TestPatchworksOwnClientFollowsTheConfiguration: nobody changes it.
func TestPatchworksOwnClientFollowsTheConfiguration(t *testing.T) {
	t.Parallel()
	h, ctx := build(t, dbtest.Open(t, dbtest.SQLite(t))), context.Background()
	own := app()
	own.ID = "patchwork-viewer"
	if err := h.Built(ctx, own); err != nil {
		t.Fatal(err)
	}
	got, err := h.Find(ctx, own.ID)
	if err != nil || !got.BuiltIn() || got.ProposedByCaller(ctx) {
		t.Fatal(got, err)
	}
	_, secret := h.ReplaceSecret(h.admin, own.ID)
	for _, err := range []error{secret, h.ReplaceKeys(h.admin, own.ID, goodKeys(t), ""), h.Countersign(h.admin, own.ID, got.Edition())} {
		if !errors.Is(err, smart.ErrBuiltIn) {
			t.Error(err)
		}
	}
}

func TestWhatARegistrationSpeaksOfIsKnown(t *testing.T) {
	t.Parallel()
	h, ctx := build(t, dbtest.Open(t, dbtest.SQLite(t))), context.Background()
	one, _ := h.approved(app())
	still := app()
	still.LaunchURL = ""
	closed, _ := h.approved(still)
	for name, c := range map[string]struct {
		client smart.Client
		field  string
	}{
		"all known":         {smart.Client{Launching: &smart.Launching{Apps: []string{one.ID}, Organisations: []string{"RRV01"}, Logins: []string{"local"}}}, ""},
		"nothing":           {smart.Client{}, ""},
		"no such app":       {smart.Client{Launching: &smart.Launching{Apps: []string{one.ID, "x"}, Logins: []string{"local"}}}, "apps"},
		"a NUL":             {smart.Client{Launching: &smart.Launching{Apps: []string{"\x00"}, Logins: []string{"local"}}}, "apps"},
		"one that does not": {smart.Client{Launching: &smart.Launching{Apps: []string{closed.ID}, Logins: []string{"local"}}}, "apps"},
		"no login":          {smart.Client{Launching: &smart.Launching{Apps: []string{one.ID}, Organisations: []string{"RRV01"}}}, "logins"},
		"an organisation":   {smart.Client{Launching: &smart.Launching{Organisations: []string{"rrv01"}}}, "organisations"},
		"a position":        {smart.Client{Position: &auth.Position{Organisation: record.Organisation{ODS: "Riverside"}}}, "position"},
	} {
		err := h.Known(ctx, &c.client)
		var bad *smart.InputError
		if c.field == "" && err != nil || c.field != "" && (!errors.As(err, &bad) || bad.Field != c.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKeysAreComparedByTheirThumbprint(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	made, _ := h.approved(registry(t))
	facts := made.KeyFacts()
	if len(facts) != 2 || facts[0].ID != "rsa" || facts[0].Type != "RSA" || facts[0].Algorithm != "RS384" || facts[1].Type != "EC" || facts[1].Algorithm != "ES384" ||
		len(facts[0].Thumbprint) != 43 || facts[0].Thumbprint == facts[1].Thumbprint {
		t.Errorf("%+v", facts)
	}
	public, _ := h.approved(app())
	if public.KeyFacts() != nil {
		t.Error("a public client has keys")
	}
}
