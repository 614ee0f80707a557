package smartlogin_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/claims"
	"github.com/patchworkcare/patchwork/auth/smartlogin"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

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

// site is a server that EPRs may open.
type site struct {
	*httptest.Server
	t       testing.TB
	db      *migrations.DB
	ledger  *audit.Ledger
	handler *smartlogin.Handler
	log     *lines

	mu     sync.Mutex
	opened []smartlogin.Launched
	refuse error // what the region says of a launch
}

// Open is what main does: here it notes who would be let in, on whom.
func (s *site) Open(_ context.Context, l smartlogin.Launched) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse != nil {
		return "", s.refuse
	}
	s.opened = append(s.opened, l)
	return "/launch?iss=own&launch=minted", nil
}

func (s *site) launched() []smartlogin.Launched {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened
}

const frame = "https://epr.example"

func river() []claims.Organisation {
	return []claims.Organisation{{ODS: "RRV01", Name: "Riverside Hospital", CareSetting: "acute"}}
}

func rules() claims.Rules {
	return claims.Rules{Name: "claims.name", Roles: []claims.RoleRule{{When: `"Doctors" in claims.groups`, Role: "hospital-doctor"}}}
}

func openSite(t testing.TB, db *migrations.DB, e *evil, c *smartlogin.Config, r claims.Rules) *site {
	t.Helper()
	s := &site{t: t, db: db, log: &lines{}}
	log := slog.New(slog.NewTextHandler(s.log, nil))
	var err error
	if s.ledger, err = audit.Open(context.Background(), db.Write, e.now, log); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.ledger.Close() })
	mapping, problems := claims.Compile(r, river())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	mux := http.NewServeMux()
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "req-77")
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	epr, err := c.Open(auth.Env{ID: "river", Name: "Riverside EPR", Base: s.URL + "/auth/epr/river", Log: log, Now: e.now})
	if err != nil {
		t.Fatal(err)
	}
	s.handler = &smartlogin.Handler{
		Public: s.URL, Own: s.URL + "/fhir", Opener: s, Ledger: s.ledger, Log: log, Now: e.now,
		Auth: &auth.Authenticator{Sessions: auth.NewSessions(db.Write, db.Read, e.now), Ledger: s.ledger, PlainHTTP: true, Log: log},
		Launchers: []*smartlogin.Launcher{
			{ID: "river", Name: "Riverside EPR", Organisations: river(), Frames: []string{frame}, Mapping: mapping, EPR: epr},
		},
	}
	s.handler.Open(db.Write, db.Read)
	t.Cleanup(func() { _ = s.handler.Close() })
	mux.Handle("/launch", s.handler.Launch(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "the viewer's page") })))
	mux.Handle("/auth/epr/", s.handler.Routes())
	return s
}

func serve(t testing.TB, e *evil, c *smartlogin.Config) *site {
	t.Helper()
	return openSite(t, fresh(t), e, c, rules())
}

// stepped is a database with every step applied: there are hundreds of sites, and stepping
// each takes longer than all that is tested.
var stepped = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "smartlogin")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "patchwork.db")
	db, err := migrations.Open(context.Background(), "sqlite:"+file)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(migrations.Apply(context.Background(), db), db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// fresh is a database of its own.
func fresh(t testing.TB) *migrations.DB {
	t.Helper()
	text, err := stepped()
	if err != nil {
		t.Fatal(err)
	}
	dsn := dbtest.SQLite(t)
	if err := os.WriteFile(strings.TrimPrefix(dsn, "sqlite:"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	return dbtest.Open(t, dsn)
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

// cookieless is a browser in a frame where it keeps none.
func (s *site) cookieless() *browser {
	b := s.browser()
	b.Jar = nil
	return b
}

// seen is a page as the browser has it.
type seen struct {
	status   int
	location string
	text     string
	header   http.Header
}

func (b *browser) get(address string) seen { return b.do(http.MethodGet, address, nil, nil) }

func (b *browser) do(method, address string, form url.Values, header http.Header) seen {
	b.s.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.s.URL + address
	}
	r, err := http.NewRequestWithContext(context.Background(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		b.s.t.Error(err)
		return seen{}
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, values := range header {
		r.Header[name] = values
	}
	answer, err := b.Do(r)
	if err != nil {
		b.s.t.Error(err)
		return seen{}
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.s.t.Error(err)
	}
	return seen{answer.StatusCode, answer.Header.Get("Location"), string(body), answer.Header}
}

// depart opens the viewer from the EPR: what comes back is the way to the EPR, or a refusal.
func (b *browser) depart(e *evil) seen {
	b.s.t.Helper()
	return b.get("/launch?" + url.Values{"iss": {e.iss}, "launch": {launchToken}}.Encode())
}

// atEPR goes to the EPR and gives the address to which it sends the browser back.
func (b *browser) atEPR(address string) string {
	b.s.t.Helper()
	back := b.get(address)
	if back.status != http.StatusFound {
		b.s.t.Fatalf("the EPR answered %d", back.status)
	}
	return back.location
}

// walk goes the whole way; bend changes what the browser brings back.
func (b *browser) walk(e *evil, bend func(url.Values)) seen {
	b.s.t.Helper()
	away := b.depart(e)
	if away.status != http.StatusSeeOther {
		return away
	}
	u, err := url.Parse(b.atEPR(away.location))
	if err != nil {
		b.s.t.Fatal(err)
	}
	if bend != nil {
		q := u.Query()
		bend(q)
		u.RawQuery = q.Encode()
	}
	return b.get(u.String())
}

// events are all of the ledger, with their actors' subjects.
func (s *site) events() []audit.Event {
	s.t.Helper()
	rows, err := s.db.Read.DB.QueryContext(context.Background(), `SELECT body FROM audit_event ORDER BY seq`)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	var found []audit.Event
	for rows.Next() {
		var body string
		var e audit.Event
		if err := rows.Scan(&body); err != nil {
			s.t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(body), &e); err != nil {
			s.t.Fatal(err)
		}
		found = append(found, e)
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

// refused checks that a launch opened nothing, that the page names the cause and quotes
// nothing, and that there is one event and one line of it.
func (s *site) refused(t *testing.T, page seen, code smartlogin.Code, cause string) {
	t.Helper()
	if page.status < 400 || !strings.Contains(page.text, "<dd>"+string(code)+"</dd>") || cause == "" || !strings.Contains(page.text, escaped(cause)) || !strings.Contains(page.text, "req-77") {
		t.Errorf("%d, not %s: …%s…\n%s\n%s", page.status, code, cause, page.location, page.text)
	}
	if len(s.launched()) != 0 || s.count(`SELECT count(*) FROM auth_session`) != 0 {
		t.Error("a refused launch opened something")
	}
	events := s.events()
	if len(events) != 1 || events[0].Action != smartlogin.ActionLaunch || events[0].Decision != audit.Deny || !strings.Contains(page.text, escaped(events[0].Reason)) {
		t.Errorf("%+v", events)
	}
	if n := strings.Count(s.log.String(), "a launch was refused"); n != 1 {
		t.Errorf("%d lines", n)
	}
	if policy := page.header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors "+frame) || !strings.HasPrefix(policy, "default-src 'none'; style-src 'self'") {
		t.Errorf("policy %s", policy)
	}
	if page.header.Get("Cache-Control") != "no-store" || strings.Contains(page.text, "<script") || strings.Contains(page.text, "style=") {
		t.Error("the page may be kept, or has something inline")
	}
	written, _ := json.Marshal(events)
	for what, text := range map[string]string{"page": page.text, "log": s.log.String(), "ledger": string(written)} {
		for _, secret := range secrets {
			if what == "ledger" && secret == "127.0.0.1" {
				continue // where the browser is
			}
			if strings.Contains(text, secret) {
				t.Errorf("the %s quotes %s: %s", what, secret, text)
			}
		}
	}
}

// escaped is a text as the page has it.
func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(s)
}
