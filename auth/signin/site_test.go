package signin_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/claims"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/auth/lockout"
	"github.com/patchworkcare/patchwork/auth/signin"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// clock is a clock that tests move; it starts now, because cookies have real expiries.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// lines are a log that can be read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// page is a provider at whose page anybody is whom they say: the query of the browser's
// return says it.
type page struct {
	now func() time.Time
	mu  sync.Mutex
	// begun are the states that were asked for; asked counts re-checks.
	begun []auth.Ask
	asked int
	// recheck is what a re-check comes to.
	recheck error
}

func (p *page) Test(context.Context) []auth.Step { return []auth.Step{{Name: "Look", OK: true}} }
func (p *page) Close() error                     { return nil }

func (p *page) Begin(_ context.Context, ask auth.Ask) (auth.Departure, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.begun = append(p.begun, ask)
	return auth.Departure{URL: "https://idp.example/?state=" + ask.State, Kept: []byte("nonce of " + ask.State)}, nil
}

func (p *page) Finish(_ context.Context, back auth.Return) (auth.Proof, error) {
	if string(back.Kept) != "nonce of "+back.Form.Get("state")+back.Form.Get("RelayState") {
		return auth.Proof{}, auth.Refuse(auth.RefusedInvalid, "what was kept is another attempt's")
	}
	if why := back.Form.Get("refuse"); why != "" {
		return auth.Proof{}, auth.Refuse(auth.RefusalCode(why), "as asked")
	}
	groups := []any{}
	for _, g := range back.Form["group"] {
		groups = append(groups, g)
	}
	at := p.now()
	if back.Form.Get("old") != "" {
		at = at.Add(-time.Hour)
	}
	return auth.Proof{
		Issuer: "https://idp.example", Subject: back.Form.Get("who"), At: at, Session: back.Form.Get("sid"), Kept: []byte("refresh"),
		Claims: map[string]any{"name": "Dr " + back.Form.Get("who"), "groups": groups, "email": "same@riverside.example"},
	}, nil
}

func (p *page) Recheck(_ context.Context, _ string, kept []byte) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	return kept, p.recheck
}

func (p *page) Leave(_ context.Context, _ string, _ []byte, _ string) (string, error) {
	return "https://idp.example/out", nil
}

func (p *page) End(_ context.Context, form url.Values, _ string) (auth.Ended, error) {
	if form.Get("forged") != "" {
		return auth.Ended{}, auth.Refuse(auth.RefusedInvalid, "it is not signed")
	}
	return auth.Ended{
		Issuer: "https://idp.example", Subject: form.Get("who"), Sessions: form["sid"],
		Token: form.Get("jti"), TokenExpires: p.now().Add(time.Minute), ReplyURL: form.Get("reply"),
	}, nil
}

// directory is a provider of names and passwords: the password of everybody is theirs.
type directory struct{ now func() time.Time }

func (d directory) Test(context.Context) []auth.Step { return nil }
func (d directory) Close() error                     { return nil }
func (d directory) Fold(name string) string          { return strings.ToLower(strings.TrimSpace(name)) }

func (d directory) Check(_ context.Context, username, password string) (auth.Proof, error) {
	if password != "right of "+username {
		return auth.Proof{}, auth.ErrRefused
	}
	return auth.Proof{Issuer: "ldaps://dir.example/o=x", Subject: "id-" + username, At: d.now(), Claims: map[string]any{"name": username, "groups": []any{"Doctors"}}}, nil
}

// site is a server with a way in, over a database of its own.
type site struct {
	*httptest.Server
	t        testing.TB
	db       *migrations.DB
	door     *signin.Door
	users    *local.Users
	sessions *auth.Sessions
	ledger   *audit.Ledger
	page     *page
	clock    *clock
	log      *lines
}

const rules = "claims.name"

func mapping(t testing.TB, organisations []claims.Organisation) *claims.Mapping {
	t.Helper()
	m, problems := claims.Compile(claims.Rules{Name: rules, Roles: []claims.RoleRule{
		{When: `"Doctors" in claims.groups`, Role: "hospital-doctor"},
		{When: `"Pharmacy" in claims.groups`, Role: "pharmacist"},
	}}, organisations)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

func open(t testing.TB, db *migrations.DB, c *clock) *site {
	t.Helper()
	s := &site{t: t, db: db, clock: c, log: &lines{}, page: &page{now: c.now}}
	log := slog.New(slog.NewTextHandler(s.log, nil))
	var err error
	if s.ledger, err = audit.Open(context.Background(), db.Write, c.now, log); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.ledger.Close() })
	s.sessions = auth.NewSessions(db.Write, db.Read, c.now)
	authenticator := &auth.Authenticator{Sessions: s.sessions, Ledger: s.ledger, PlainHTTP: true, Log: log}
	river := []claims.Organisation{{ODS: "RRV01", Name: "Riverside Hospital", CareSetting: "acute"}}
	dale := []claims.Organisation{{ODS: "RDA01", Name: "Dale Trust"}}
	s.users = local.New(db.Write, db.Read, s.ledger, c.now)
	s.door = &signin.Door{
		Auth: authenticator, LocalAccounts: s.users,
		Accounts: accounts.New(db.Write, db.Read, s.ledger, c.now), Lockout: lockout.New(db.Write, db.Read, c.now),
		Ledger: s.ledger, Log: log, Now: c.now,
		Logins: []*signin.Login{
			{ID: "riverside", Type: "page", Name: "Riverside Hospital", Organisations: river, Domains: []string{"riverside.example"}, Recheck: time.Minute, Mapping: mapping(t, river), Provider: s.page},
			{ID: "dale", Type: "page", Name: "Dale Trust", Organisations: dale, Mapping: mapping(t, dale), Provider: &page{now: c.now}},
			{ID: "directory", Type: "directory", Name: "Weir Council", Organisations: river, Mapping: mapping(t, river), Provider: directory{c.now}},
		},
	}
	s.door.Open(db.Write, db.Read)
	s.users.Welcome = s.door.Welcome
	t.Cleanup(func() { _ = s.door.Close() })
	mux := http.NewServeMux()
	mux.Handle("/auth/", s.door.Routes())
	mux.Handle("/who", authenticator.Middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := "nobody"
		if session := auth.SessionFrom(r.Context()); session != nil {
			who = session.Subject + " as " + string(session.Role)
		}
		_, _ = io.WriteString(w, who)
	})))
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "req-77")
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func serve(t testing.TB) *site {
	t.Helper()
	return open(t, dbtest.Open(t, dbtest.SQLite(t)), &clock{})
}

// browser keeps cookies and follows nothing by itself.
type browser struct {
	*http.Client
	s *site
}

func (s *site) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{&http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, s}
}

// do sends a request as the viewer's own page does; it gives the status, where it leads
// and the body.
func (b *browser) do(method, path, body string) (status int, location, text string) {
	b.s.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, b.s.URL+path, strings.NewReader(body))
	if err != nil {
		b.s.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Origin", b.s.URL)
		r.Header.Set(auth.RequestHeader, "1")
	}
	return b.send(r)
}

// form posts a form as the provider's page does: without an Origin of ours.
func (b *browser) form(path string, form url.Values) (status int, location, text string) {
	b.s.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, b.s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "https://idp.example")
	return b.send(r)
}

func (b *browser) send(r *http.Request) (status int, location, text string) {
	answer, err := b.Do(r)
	if err != nil {
		b.s.t.Error(err)
		return 0, "", ""
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.s.t.Error(err)
	}
	return answer.StatusCode, answer.Header.Get("Location"), string(body)
}

// depart opens the sign-in and gives the state that the provider got.
func (b *browser) depart(query string) string {
	b.s.t.Helper()
	status, location, body := b.do("GET", "/auth/start/riverside"+query, "")
	u, err := url.Parse(location)
	if status != http.StatusSeeOther || err != nil || u.Host != "idp.example" {
		b.s.t.Fatalf("%d %s %s", status, location, body)
	}
	return u.Query().Get("state")
}

// come brings the browser back from the provider.
func (b *browser) come(state, rest string) string {
	b.s.t.Helper()
	_, location, _ := b.do("GET", "/auth/at/riverside/return?state="+state+rest, "")
	return location
}

func (b *browser) who() string {
	_, _, text := b.do("GET", "/who", "")
	return text
}

func (b *browser) facts() auth.PublicFacts {
	b.s.t.Helper()
	_, _, text := b.do("GET", "/auth/session", "")
	var f auth.PublicFacts
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		b.s.t.Fatalf("%s: %v", text, err)
	}
	return f
}

// enter signs somebody in.
func (b *browser) enter(who, rest string) {
	b.s.t.Helper()
	if location := b.come(b.depart(""), "&who="+who+rest); location != "/" {
		b.s.t.Fatalf("%s came to %s", who, location)
	}
}

func (s *site) events(action string) []audit.Event {
	s.t.Helper()
	var found []audit.Event
	rows, err := s.db.Read.DB.QueryContext(context.Background(), `SELECT body FROM audit_event ORDER BY seq`)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var body string
		var e audit.Event
		if err := rows.Scan(&body); err != nil {
			s.t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(body), &e); err != nil {
			s.t.Fatal(err)
		}
		if e.Action == action {
			found = append(found, e)
		}
	}
	return found
}

func (s *site) count(query string) (n int) {
	s.t.Helper()
	if err := s.db.Read.DB.QueryRowContext(context.Background(), query).Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// until waits for what happens beside the requests.
func until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); {
		if time.Now().After(deadline) {
			t.Fatal("it did not come to " + what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
