package auth_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestRenewing: the old secret is of no use, what the connector keeps moves along, and
// the database alone cannot read it.
func TestRenewing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx, c := context.Background(), newClock()
		s := auth.NewSessions(db.Write, db.Read, c.now)
		session := gp()
		session.Kept, session.Login = []byte("refresh-token-of-a.example"), "surgery"
		session.Positions = []auth.Position{{Role: auth.RoleGP}, {Role: auth.RolePharmacist}}
		old, err := s.Start(ctx, session)
		if err != nil {
			t.Fatal(err)
		}
		renewed, err := s.Renew(ctx, old, func(s *auth.Session) error {
			s.Take(s.Positions[1])
			return nil
		})
		if err != nil || renewed == old {
			t.Fatal(err)
		}
		if _, err := s.Find(ctx, old); !errors.Is(err, auth.ErrNoSession) {
			t.Errorf("the old secret: %v", err)
		}
		got, err := s.Find(ctx, renewed)
		if err != nil || got.Role != auth.RolePharmacist || got.Position() != 1 || got.Kept != nil {
			t.Errorf("%+v %v", got, err)
		}
		if kept, err := s.Kept(ctx, renewed); err != nil || string(kept) != "refresh-token-of-a.example" {
			t.Errorf("%q %v", kept, err)
		}
		var stored []byte
		if err := db.Read.DB.QueryRowContext(ctx, `SELECT kept FROM auth_session`).Scan(&stored); err != nil || bytes.Contains(stored, []byte("refresh")) {
			t.Errorf("the database has %q %v", stored, err)
		}
		if _, err := s.Renew(ctx, old, func(*auth.Session) error { return nil }); !errors.Is(err, auth.ErrNoSession) {
			t.Errorf("renewed twice: %v", err)
		}
		refused := errors.New("no")
		if _, err := s.Renew(ctx, renewed, func(*auth.Session) error { return refused }); !errors.Is(err, refused) {
			t.Errorf("%v", err)
		}
	})
}

// Of many renewals of one secret at once, one succeeds.
func TestRenewingAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		s := auth.NewSessions(db.Write, db.Read, time.Now)
		secret, err := s.Start(ctx, gp())
		if err != nil {
			t.Fatal(err)
		}
		var won atomic.Int64
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				switch _, err := s.Renew(ctx, secret, func(*auth.Session) error { return nil }); {
				case err == nil:
					won.Add(1)
				case !errors.Is(err, auth.ErrNoSession):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if won.Load() != 1 {
			t.Errorf("%d renewals of one secret", won.Load())
		}
	})
}

func TestListingSessions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx, c := context.Background(), newClock()
		s := auth.NewSessions(db.Write, db.Read, c.now)
		for range 5 {
			if _, err := s.Start(ctx, gp()); err != nil {
				t.Fatal(err)
			}
			c.add(time.Second)
		}
		other := gp()
		other.Subject, other.Organisation.ODS = "b.example", "B99002"
		if _, err := s.Start(ctx, other); err != nil {
			t.Fatal(err)
		}
		first, err := s.List(ctx, auth.SessionFilter{Issuer: "local", Subject: "a.example", First: 3})
		if err != nil || len(first) != 3 || !first[0].Created.After(first[2].Created) {
			t.Fatalf("%v %v", first, err)
		}
		rest, err := s.List(ctx, auth.SessionFilter{Issuer: "local", Subject: "a.example", After: first[2].ID})
		if err != nil || len(rest) != 2 {
			t.Errorf("%d %v", len(rest), err)
		}
		if list, err := s.List(ctx, auth.SessionFilter{Organisation: "B99002"}); err != nil || len(list) != 1 {
			t.Errorf("%v %v", list, err)
		}
		if ended, err := s.EndByID(ctx, first[0].ID); err != nil || ended == nil || ended.ID != first[0].ID {
			t.Errorf("%v %v", ended, err)
		}
		if ended, err := s.EndByID(ctx, first[0].ID); err != nil || ended != nil {
			t.Errorf("twice: %v %v", ended, err)
		}
		c.add(20 * time.Minute)
		if list, err := s.List(ctx, auth.SessionFilter{}); err != nil || len(list) != 0 {
			t.Errorf("idled out and listed: %v %v", list, err)
		}
	})
}

func TestASealIsOfOneSecretAndOneUse(t *testing.T) {
	t.Parallel()
	sealed, err := auth.Seal("secret", "kept", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := auth.Unseal("secret", "kept", sealed); err != nil || string(plain) != "x" {
		t.Errorf("%q %v", plain, err)
	}
	bent := bytes.Clone(sealed)
	bent[len(bent)-1] ^= 1
	for name, try := range map[string]func() ([]byte, error){
		"another secret": func() ([]byte, error) { return auth.Unseal("secret2", "kept", sealed) },
		"another use":    func() ([]byte, error) { return auth.Unseal("secret", "attempt", sealed) },
		"changed":        func() ([]byte, error) { return auth.Unseal("secret", "kept", bent) },
		"cut":            func() ([]byte, error) { return auth.Unseal("secret", "kept", sealed[:5]) },
		"nothing":        func() ([]byte, error) { return auth.Unseal("secret", "kept", nil) },
	} {
		if plain, err := try(); err == nil {
			t.Errorf("%s: %q", name, plain)
		}
	}
}

// TestCookies: bound to the host over TLS; None and partitioned only within a launch.
func TestCookies(t *testing.T) {
	t.Parallel()
	s := serve(t, false)
	plain := admitted(t, s, auth.Session{Issuer: "local", Subject: "x", Role: auth.RoleGP})
	if plain.Name != "__Host-patchwork" || plain.SameSite != http.SameSiteLaxMode || !plain.Secure || !plain.HttpOnly || plain.Partitioned || plain.Domain != "" || plain.Path != "/" {
		t.Errorf("%s", plain)
	}
	launched := admitted(t, s, auth.Session{Issuer: "local", Subject: "x", Role: auth.RoleGP, Launch: &auth.Launch{Patient: "p", Client: "epr"}})
	if launched.Name != "__Host-patchwork-embedded" || launched.SameSite != http.SameSiteNoneMode || !launched.Secure || !launched.HttpOnly || !launched.Partitioned {
		t.Errorf("%s", launched)
	}
	if !strings.Contains(launched.String(), "Partitioned") {
		t.Errorf("%s", launched)
	}
}

func admitted(t *testing.T, s *site, session auth.Session) *http.Cookie {
	t.Helper()
	w := httptest.NewRecorder()
	if _, err := s.authenticator.Admit(w, httptest.NewRequest(http.MethodGet, "/", nil), session); err != nil {
		t.Fatal(err)
	}
	return w.Result().Cookies()[0]
}
