package auth_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

const asJSON = "application/json"

// token starts a session of the account without a sign-in, as the demo does.
func (s *site) token(issuer string) string {
	s.t.Helper()
	secret, err := s.sessions.Start(context.Background(), auth.Session{Issuer: issuer, Subject: "a.example", Role: auth.RoleGP})
	if err != nil {
		s.t.Fatal(err)
	}
	return secret
}

func (s *site) confirmed(secret string) time.Time {
	s.t.Helper()
	session, err := s.sessions.Find(context.Background(), secret)
	if err != nil {
		s.t.Fatal(err)
	}
	return session.Confirmed
}

func right() string { return `{"password":"` + password + `"}` }

func TestConfirmingWithABearerToken(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	secret := s.token(local.Issuer)
	with := []string{"Authorization", "Bearer " + secret, "Content-Type", asJSON}
	if !s.confirmed(secret).IsZero() {
		t.Fatal("a token that was given out is confirmed")
	}
	if _, body := s.do("GET", "/auth/session", "", with...); strings.Contains(body, "confirmed") {
		t.Errorf("shown as confirmed: %s", body)
	}
	if answer, body := s.do("POST", "/auth/confirm", `{"password":"wrong"}`, with...); answer.StatusCode != 401 || !strings.Contains(body, "refused") {
		t.Errorf("wrong: %d %s", answer.StatusCode, body)
	}
	if !s.confirmed(secret).IsZero() {
		t.Error("a wrong password confirmed")
	}
	before := time.Now()
	answer, body := s.do("POST", "/auth/confirm", right(), with...)
	if answer.StatusCode != 204 || body != "" || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("right: %d %s %v", answer.StatusCode, body, answer.Header)
	}
	at := s.confirmed(secret)
	if at.Before(before.Truncate(time.Microsecond)) || at.After(time.Now()) || at.Location() != time.UTC {
		t.Errorf("confirmed at %v", at)
	}
	_, body = s.do("GET", "/auth/session", "", with...)
	var facts auth.PublicFacts
	if err := json.Unmarshal([]byte(body), &facts); err != nil || !facts.Confirmed.Equal(at) {
		t.Errorf("%s %v", body, err)
	}
	events, err := s.ledger.Events(context.Background(), audit.Filter{Actor: "a.example"})
	if err != nil || len(events) != 2 {
		t.Fatalf("%+v %v", events, err)
	}
	for i, want := range []string{audit.Deny, audit.Permit} {
		if e := events[i]; e.Action != audit.ActionConfirm || e.Decision != want || e.RequestID != "req-7" || e.Actor.Role != "gp" {
			t.Errorf("%+v", e)
		}
	}
}

func TestASignInIsConfirmedAndACookieConfirmsAgain(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	before := time.Now()
	secret := s.login().Value
	first := s.confirmed(secret)
	if first.Before(before.Truncate(time.Microsecond)) {
		t.Errorf("a fresh sign-in is confirmed at %v", first)
	}
	cookie := []string{"Cookie", "patchwork=" + secret, "Content-Type", asJSON}
	own := append(cookie, "Origin", s.URL, auth.RequestHeader, "1")
	for name, c := range map[string]struct {
		body    string
		headers []string
		status  int
	}{
		"nobody":             {right(), []string{"Content-Type", asJSON}, 401},
		"another site":       {right(), append(cookie, "Origin", "https://elsewhere.example", auth.RequestHeader, "1"), 403},
		"without the header": {right(), append(cookie, "Origin", s.URL), 403},
		"a form":             {"password=x", append(own[:2:2], "Origin", s.URL, auth.RequestHeader, "1", "Content-Type", "text/plain"), 415},
		"not JSON":           {"{", own, 400},
		"too large":          {`{"password":"` + strings.Repeat("a", 5000) + `"}`, own, 400},
		"no password":        {`{}`, own, 401},
	} {
		if answer, body := s.do("POST", "/auth/confirm", c.body, c.headers...); answer.StatusCode != c.status || strings.Contains(body, password) {
			t.Errorf("%s: %d %s", name, answer.StatusCode, body)
		}
	}
	if answer, _ := s.do("GET", "/auth/confirm", "", own...); answer.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", answer.StatusCode)
	}
	if !s.confirmed(secret).Equal(first) {
		t.Error("a refusal confirmed")
	}
	answer, body := s.do("POST", "/auth/confirm", right(), own...)
	if answer.StatusCode != 204 || len(answer.Cookies()) != 1 {
		t.Fatalf("%d %s", answer.StatusCode, body)
	}
	if _, body := s.do("GET", "/auth/session", "", cookie...); !strings.Contains(body, "not-signed-in") {
		t.Errorf("the old secret still holds: %s", body)
	}
	if secret = answer.Cookies()[0].Value; !s.confirmed(secret).After(first) {
		t.Error("not confirmed again")
	}
}

// TestConfirmingIsNoWayToGuess: failures lock the account, for signing in too.
func TestConfirmingIsNoWayToGuess(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	with := []string{"Authorization", "Bearer " + s.token(local.Issuer), "Content-Type", asJSON}
	for range 10 {
		if answer, body := s.do("POST", "/auth/confirm", `{"password":"wrong"}`, with...); answer.StatusCode != 401 {
			t.Fatalf("%d %s", answer.StatusCode, body)
		}
	}
	answer, body := s.do("POST", "/auth/confirm", right(), with...)
	if answer.StatusCode != 429 || answer.Header.Get("Retry-After") == "" {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
	answer, _ = s.do("POST", "/auth/login", `{"username":"a.example","password":"`+password+`"}`, "Content-Type", asJSON)
	if answer.StatusCode != 429 {
		t.Errorf("signing in: %d", answer.StatusCode)
	}
}

// onlyLogin is a login connector that cannot ask for a password again.
type onlyLogin struct{ users auth.Login }

func (o onlyLogin) Login(ctx context.Context, typed auth.Credentials) (auth.Session, error) {
	return o.users.Login(ctx, typed)
}

func TestWhoSignedInElsewhereCannotConfirmByPassword(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	elsewhere := []string{"Authorization", "Bearer " + s.token("https://idp.example"), "Content-Type", asJSON}
	if answer, body := s.do("POST", "/auth/confirm", right(), elsewhere...); answer.StatusCode != 409 || !strings.Contains(body, "not-by-password") {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
	here := []string{"Authorization", "Bearer " + s.token(local.Issuer), "Content-Type", asJSON}
	for _, login := range []auth.Login{nil, onlyLogin{s.authenticator.Login}} {
		other := *s.authenticator
		other.Login = login
		s.handle(&other)
		if answer, _ := s.do("POST", "/auth/confirm", right(), here...); answer.StatusCode != 409 {
			t.Errorf("%T: %d", login, answer.StatusCode)
		}
	}
}

func TestIfItCannotBeKeptOrAuditedNothingIsConfirmed(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	secret := s.token(local.Issuer)
	with := []string{"Authorization", "Bearer " + secret, "Content-Type", asJSON}
	if _, err := s.db.Write.DB.Exec(`CREATE TRIGGER stuck BEFORE UPDATE OF facts ON auth_session BEGIN SELECT RAISE(ABORT, 'stuck'); END`); err != nil {
		t.Fatal(err)
	}
	if answer, body := s.do("POST", "/auth/confirm", right(), with...); answer.StatusCode != 503 {
		t.Errorf("not kept: %d %s", answer.StatusCode, body)
	}
	if _, err := s.db.Write.DB.Exec(`DROP TRIGGER stuck`); err != nil {
		t.Fatal(err)
	}
	if err := s.ledger.Close(); err != nil {
		t.Fatal(err)
	}
	if answer, body := s.do("POST", "/auth/confirm", right(), with...); answer.StatusCode != 503 {
		t.Errorf("not audited: %d %s", answer.StatusCode, body)
	}
	if !s.confirmed(secret).IsZero() {
		t.Error("confirmed all the same")
	}
}

func TestConfirmingASession(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx, c := context.Background(), newClock()
		one, other := auth.NewSessions(db.Write, db.Read, c.now), auth.NewSessions(db.Write, db.Read, c.now)
		early := gp()
		early.Confirmed = c.now().Add(time.Hour) // of a clock that is ahead
		secret, err := one.Start(ctx, early)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := other.Find(ctx, secret); err != nil || !got.Confirmed.Equal(c.now()) {
			t.Errorf("kept a time to come: %+v %v", got, err)
		}
		c.add(time.Minute)
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if err := one.Confirm(ctx, secret); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		got, err := other.Find(ctx, secret)
		if err != nil || !got.Confirmed.Equal(c.now()) || got.Launch == nil || got.Name != gp().Name || len(got.Scopes) != 1 {
			t.Errorf("%+v %v", got, err)
		}
		c.add(15 * time.Minute)
		for _, ended := range []string{secret, "", strings.Repeat("A", 43)} {
			if err := one.Confirm(ctx, ended); !errors.Is(err, auth.ErrNoSession) {
				t.Errorf("ended: %v", err)
			}
		}
	})
}
