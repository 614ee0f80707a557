package auth_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

const password = "correct horse battery"

// site is a server with sign-in: GET and POST /who answer the caller's subject.
type site struct {
	*httptest.Server
	t        *testing.T
	db       *migrations.DB
	sessions *auth.Sessions
	ledger   *audit.Ledger
	log      *bytes.Buffer

	authenticator *auth.Authenticator
	inside        atomic.Pointer[http.Handler]
}

func serve(t *testing.T, plain bool) *site {
	t.Helper()
	db := dbtest.Open(t, dbtest.SQLite(t))
	s := &site{t: t, db: db, sessions: auth.NewSessions(db.Write, db.Read, time.Now), log: &bytes.Buffer{}}
	log := slog.New(slog.NewTextHandler(s.log, nil))
	var err error
	if s.ledger, err = audit.Open(context.Background(), db.Write, time.Now, log); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.ledger.Close() })
	users := local.New(db.Write, db.Read, s.ledger, time.Now)
	if err := users.Add(context.Background(), local.User{Username: "a.example", Name: "Dr A. Example", Role: auth.RoleGP}, password); err != nil {
		t.Fatal(err)
	}
	s.handle(&auth.Authenticator{Sessions: s.sessions, Login: users, Ledger: s.ledger, PlainHTTP: plain, Log: log})
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "req-7")
		(*s.inside.Load()).ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// handle serves with this authenticator from now on.
func (s *site) handle(a *auth.Authenticator) {
	s.authenticator = a
	mux := http.NewServeMux()
	mux.Handle("/auth/", a.Routes())
	mux.HandleFunc("/who", func(w http.ResponseWriter, r *http.Request) {
		who := "nobody"
		if session := auth.SessionFrom(r.Context()); session != nil {
			who = session.Subject
		}
		_, _ = io.WriteString(w, who+" from "+auth.CallerFrom(r.Context()).Address)
	})
	inside := a.Middleware(mux)
	s.inside.Store(&inside)
}

func (s *site) do(method, path, body string, headers ...string) (*http.Response, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	answer, err := s.Client().Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer, string(b)
}

func (s *site) login(headers ...string) (cookie *http.Cookie) {
	s.t.Helper()
	answer, body := s.do("POST", "/auth/login", `{"username":"A.Example","password":"`+password+`"}`, append(headers, "Content-Type", "application/json")...)
	if answer.StatusCode != http.StatusOK || len(answer.Cookies()) != 1 {
		s.t.Fatalf("%d %s", answer.StatusCode, body)
	}
	return answer.Cookies()[0]
}

func TestSigningInAndOut(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	if answer, body := s.do("GET", "/auth/session", ""); answer.StatusCode != 401 || !strings.Contains(body, "not-signed-in") {
		t.Errorf("nobody: %d %s", answer.StatusCode, body)
	}
	cookie := s.login()
	if cookie.Name != "patchwork" || !cookie.HttpOnly || cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
		t.Errorf("cookie %+v", cookie)
	}
	with := []string{"Cookie", "patchwork=" + cookie.Value}
	answer, body := s.do("GET", "/auth/session", "", with...)
	var facts auth.PublicFacts
	if err := json.Unmarshal([]byte(body), &facts); err != nil || facts.Subject != "a.example" || facts.Role != auth.RoleGP || facts.Purpose != auth.PurposeTreatment {
		t.Errorf("%s %v", body, err)
	}
	if strings.Contains(body, cookie.Value) || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s %v", body, answer.Header)
	}
	own := append(with, "Origin", s.URL, auth.RequestHeader, "1")
	if answer, body := s.do("POST", "/auth/logout", "", own...); answer.StatusCode != 200 || answer.Cookies()[0].MaxAge >= 0 {
		t.Errorf("sign out: %d %s", answer.StatusCode, body)
	}
	if _, body := s.do("GET", "/who", "", with...); !strings.HasPrefix(body, "nobody") {
		t.Errorf("after signing out: %s", body)
	}
	events, err := s.ledger.Events(context.Background(), audit.Filter{Actor: "a.example"})
	if err != nil || len(events) != 2 || events[0].Action != audit.ActionLogin || events[1].Action != audit.ActionLogout {
		t.Fatalf("%+v %v", events, err)
	}
	for _, e := range events {
		if e.RequestID != "req-7" || e.Device != "127.0.0.1" {
			t.Errorf("%+v", e)
		}
	}
}

func TestSigningInAgainEndsTheSessionBefore(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	first := s.login()
	second := s.login("Cookie", "patchwork="+first.Value, "Origin", s.URL, auth.RequestHeader, "1")
	if first.Value == second.Value {
		t.Fatal("the secret stayed the same")
	}
	if _, err := s.sessions.Find(context.Background(), first.Value); err == nil {
		t.Error("the session before goes on")
	}
}

func TestRefusedSignIns(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	wrong := `{"username":"a.example","password":"wrong"}`
	for name, c := range map[string]struct {
		body    string
		headers []string
		status  int
	}{
		"wrong password": {wrong, []string{"Content-Type", "application/json"}, 401},
		"unknown user":   {`{"username":"nobody","password":"wrong"}`, []string{"Content-Type", "application/json; charset=utf-8"}, 401},
		"a form":         {`username=a.example`, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415},
		"text":           {wrong, []string{"Content-Type", "text/plain"}, 415},
		"not JSON":       {`{`, []string{"Content-Type", "application/json"}, 400},
		"too large":      {`{"username":"` + strings.Repeat("a", 5000) + `"}`, []string{"Content-Type", "application/json"}, 400},
		"another site":   {wrong, []string{"Content-Type", "application/json", "Origin", "https://elsewhere.example"}, 403},
	} {
		answer, body := s.do("POST", "/auth/login", c.body, c.headers...)
		if answer.StatusCode != c.status || len(answer.Cookies()) != 0 || strings.Contains(body, "a.example") {
			t.Errorf("%s: %d %s", name, answer.StatusCode, body)
		}
	}
	for range 12 {
		s.do("POST", "/auth/login", wrong, "Content-Type", "application/json")
	}
	answer, body := s.do("POST", "/auth/login", wrong, "Content-Type", "application/json")
	if answer.StatusCode != 429 || answer.Header.Get("Retry-After") == "" {
		t.Errorf("locked: %d %s", answer.StatusCode, body)
	}
}

func TestWhoIsLetThrough(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	secret := s.login().Value
	cookie := "patchwork=" + secret
	for name, c := range map[string]struct {
		method  string
		headers []string
		status  int
		who     string
	}{
		"nobody":                        {"GET", nil, 200, "nobody"},
		"nobody may post":               {"POST", nil, 200, "nobody"},
		"a cookie":                      {"GET", []string{"Cookie", cookie}, 200, "a.example"},
		"a cookie that ended":           {"GET", []string{"Cookie", "patchwork=old"}, 200, "nobody"},
		"two cookies of the name":       {"GET", []string{"Cookie", "patchwork=planted; " + cookie}, 200, "nobody"},
		"the other name":                {"GET", []string{"Cookie", "__Host-" + cookie}, 200, "nobody"},
		"a token":                       {"GET", []string{"Authorization", "Bearer " + secret}, 200, "a.example"},
		"a token may post":              {"POST", []string{"Authorization", "bearer " + secret}, 200, "a.example"},
		"a wrong token":                 {"GET", []string{"Authorization", "Bearer nonsense"}, 401, ""},
		"an empty token":                {"GET", []string{"Authorization", "Bearer "}, 401, ""},
		"another scheme":                {"GET", []string{"Authorization", "Basic YTpi"}, 401, ""},
		"two tokens":                    {"GET", []string{"Authorization", "Bearer " + secret, "Authorization", "Bearer x"}, 401, ""},
		"a wrong token beside a cookie": {"GET", []string{"Authorization", "Bearer nonsense", "Cookie", cookie}, 401, ""},
		"own page":                      {"POST", []string{"Cookie", cookie, "Origin", s.URL, auth.RequestHeader, "1"}, 200, "a.example"},
		"without the header":            {"POST", []string{"Cookie", cookie, "Origin", s.URL}, 403, ""},
		"without an origin":             {"POST", []string{"Cookie", cookie, auth.RequestHeader, "1"}, 403, ""},
		"another origin":                {"POST", []string{"Cookie", cookie, "Origin", "https://elsewhere.example", auth.RequestHeader, "1"}, 403, ""},
		"origin null":                   {"DELETE", []string{"Cookie", cookie, "Origin", "null", auth.RequestHeader, "1"}, 403, ""},
		"another port":                  {"PUT", []string{"Cookie", cookie, "Origin", "http://127.0.0.1:1", auth.RequestHeader, "1"}, 403, ""},
	} {
		answer, body := s.do(c.method, "/who", "", c.headers...)
		if answer.StatusCode != c.status || c.status == 200 && body != c.who+" from 127.0.0.1" {
			t.Errorf("%s: %d %s", name, answer.StatusCode, body)
		}
		if c.status == 401 && (answer.Header.Get("WWW-Authenticate") == "" || answer.Header.Get("Content-Type") != "application/json") {
			t.Errorf("%s: %v", name, answer.Header)
		}
	}
}

func TestOverTLSTheCookieIsBoundToTheHost(t *testing.T) {
	t.Parallel()
	s := serve(t, false)
	cookie := s.login()
	if cookie.Name != "__Host-patchwork" || !cookie.Secure || cookie.Path != "/" || cookie.Domain != "" {
		t.Errorf("%+v", cookie)
	}
	plain := []string{"Cookie", cookie.Name + "=" + cookie.Value, auth.RequestHeader, "1", "Origin"}
	if answer, _ := s.do("POST", "/who", "", append(plain, s.URL)...); answer.StatusCode != 403 {
		t.Errorf("a page without TLS: %d", answer.StatusCode)
	}
	if answer, _ := s.do("POST", "/who", "", append(plain, "https"+strings.TrimPrefix(s.URL, "http"))...); answer.StatusCode != 200 {
		t.Errorf("our own page behind a proxy: %d", answer.StatusCode)
	}
}

func TestIfSessionsCannotBeReadNobodyIsLetThrough(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	secret := s.login().Value
	if _, err := s.db.Write.DB.Exec(`ALTER TABLE auth_session RENAME TO away`); err != nil {
		t.Fatal(err)
	}
	for _, h := range [][]string{{"Cookie", "patchwork=" + secret}, {"Authorization", "Bearer " + secret}} {
		if answer, body := s.do("GET", "/who", "", h...); answer.StatusCode != 503 {
			t.Errorf("%d %s", answer.StatusCode, body)
		}
	}
	if strings.Contains(s.log.String(), secret) || strings.Contains(s.log.String(), "a.example") {
		t.Errorf("the log says too much: %s", s.log)
	}
}

func TestIfTheLedgerIsDownNobodySignsIn(t *testing.T) {
	t.Parallel()
	s := serve(t, true)
	if err := s.ledger.Close(); err != nil {
		t.Fatal(err)
	}
	answer, body := s.do("POST", "/auth/login", `{"username":"a.example","password":"`+password+`"}`, "Content-Type", "application/json")
	if answer.StatusCode != 503 || len(answer.Cookies()) != 0 {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
}
