package auth_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func (s *site) exec(statement string) {
	s.t.Helper()
	if _, err := s.db.Write.DB.Exec(statement); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) stuck(when string) {
	s.exec(`CREATE TRIGGER stuck BEFORE ` + when + ` ON auth_session BEGIN SELECT RAISE(ABORT, 'stuck'); END`)
}

// TestASessionThatCannotBeKeptIsNoSignIn: the answer has no cookie, and the log no name.
func TestASessionThatCannotBeKeptIsNoSignIn(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	s.stuck("INSERT")
	answer, body := s.do("POST", "/auth/login", `{"username":"a.example","password":"`+password+`"}`, "Content-Type", asJSON)
	if answer.StatusCode != 503 || len(answer.Cookies()) != 0 || !strings.Contains(body, "unavailable") {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
	if log := s.log.String(); !strings.Contains(log, "req-7") || strings.Contains(log, "a.example") || strings.Contains(log, "stuck") {
		t.Errorf("the log: %s", log)
	}
}

func TestSigningOutSaysWhenItDidNotWork(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	if answer, body := s.do("POST", "/auth/logout", ""); answer.StatusCode != 200 {
		t.Errorf("nobody: %d %s", answer.StatusCode, body)
	}
	with := []string{"Authorization", "Bearer " + s.token(local.Issuer)}
	s.stuck("DELETE")
	if answer, body := s.do("POST", "/auth/logout", "", with...); answer.StatusCode != 503 {
		t.Errorf("not ended: %d %s", answer.StatusCode, body)
	}
	s.exec(`DROP TRIGGER stuck`)
	if err := s.ledger.Close(); err != nil {
		t.Fatal(err)
	}
	if answer, body := s.do("POST", "/auth/logout", "", with...); answer.StatusCode != 503 {
		t.Errorf("not audited: %d %s", answer.StatusCode, body)
	}
	if answer, _ := s.do("GET", "/who", "", with...); answer.StatusCode != 401 {
		t.Errorf("and yet ended: %d", answer.StatusCode)
	}
}

func TestASessionThatCannotBeReadIsNobodys(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	with := []string{"Authorization", "Bearer " + s.token(local.Issuer)}
	s.exec(`UPDATE auth_session SET facts = '{'`)
	if answer, body := s.do("GET", "/who", "", with...); answer.StatusCode != 503 {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
}

func TestAServerWithoutPasswords(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	other := *s.authenticator
	other.Login, other.Log = nil, nil
	s.handle(&other)
	if answer, body := s.do("POST", "/auth/login", `{}`, "Content-Type", asJSON); answer.StatusCode != 404 || !strings.Contains(body, "no-passwords") {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
}

func TestWhereARequestComesFrom(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	other := *s.authenticator
	other.Address = func(*http.Request) string { return "198.51.100.7" }
	s.handle(&other)
	long := strings.Repeat("é", 150) // 300 bytes: cut between two characters
	if _, body := s.do("GET", "/who", "", "User-Agent", "viewer\t"+long); body != "nobody from 198.51.100.7" {
		t.Error(body)
	}
	s.do("POST", "/auth/login", `{"username":"a.example","password":"`+password+`"}`, "Content-Type", asJSON, "User-Agent", "viewer\t"+long)
	events, err := s.ledger.Events(context.Background(), audit.Filter{})
	if err != nil || len(events) != 1 {
		t.Fatalf("%+v %v", events, err)
	}
	if e := events[0]; e.Device != "198.51.100.7" || e.Client != "viewer"+strings.Repeat("é", 97) {
		t.Errorf("%s %q", e.Device, e.Client)
	}
}

// TestWithoutARequestIDOfOursTheCallersCounts, cut and without what breaks a log line.
func TestWithoutARequestIDOfOursTheCallersCounts(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	var got auth.Caller
	inside := s.authenticator.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = auth.CallerFrom(r.Context()) }))
	r := newRequest(t)
	r.Header.Set("X-Request-Id", "theirs-"+strings.Repeat("x", 100))
	inside.ServeHTTP(discard{}, r)
	if got.RequestID != "theirs-"+strings.Repeat("x", 57) || got.Address != "" {
		t.Errorf("%+v", got)
	}
}

func newRequest(t *testing.T) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "/who", nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// discard is a response that nobody reads.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) WriteHeader(int)             {}

func TestEventsOfNobodyAndOfALaunch(t *testing.T) {
	t.Parallel()
	if got := auth.ActorOf(nil); got != (audit.Actor{}) {
		t.Errorf("%+v", got)
	}
	session := gp()
	session.Purpose = auth.PurposeEmergency
	ctx := auth.WithCaller(auth.WithSession(context.Background(), &session), auth.Caller{Address: "192.0.2.1", Client: "browser"})
	e := auth.EventOf(ctx, audit.ActionRead, audit.Permit)
	if e.Client != "epr" || e.Purpose != "ETREAT" || e.Actor.Organisation != "A99001" || e.Device != "192.0.2.1" {
		t.Errorf("%+v", e)
	}
	if text := (&auth.LockedError{}).Error(); !strings.Contains(text, "try again") {
		t.Error(text)
	}
}

func TestADatabaseThatIsAwaySaysSo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		s := auth.NewSessions(db.Write, db.Read, time.Now)
		if _, err := db.Write.DB.Exec(`DROP TABLE auth_session`); err != nil {
			t.Fatal(err)
		}
		_, started := s.Start(ctx, gp())
		_, found := s.Find(ctx, "secret")
		for name, err := range map[string]error{
			"start": started, "find": found, "confirm": s.Confirm(ctx, "secret"),
			"end": s.End(ctx, "secret"), "end all": s.EndAll(ctx, "local", "a.example"),
		} {
			if err == nil || errors.Is(err, auth.ErrNoSession) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
