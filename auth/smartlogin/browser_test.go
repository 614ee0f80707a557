package smartlogin_test

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/smartlogin"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

var keyOf = regexp.MustCompile(`name="key" value="([^"]+)"`)

// own is what a browser says of a form that our own page sent.
func own(s *site) http.Header {
	return http.Header{"Origin": {s.URL}, "Sec-Fetch-Site": {"same-origin"}}
}

// TestAFrameWithoutCookies asks who is at work before anything opens.
func TestAFrameWithoutCookies(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		e := newEvil(t)
		s := openSite(t, db, e, e.stanza(), rules())
		b := s.cookieless()
		page := b.walk(e, nil)
		key := keyOf.FindStringSubmatch(page.text)
		if page.status != http.StatusOK || key == nil || !strings.Contains(page.text, "<strong>Sam SECRETNAME</strong>") || len(s.launched()) != 0 || len(s.events()) != 0 {
			t.Fatalf("%d %s", page.status, page.text)
		}
		policy := page.header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "form-action 'self'; frame-ancestors "+frame) || page.header.Get("Referrer-Policy") != "same-origin" || page.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%v", page.header)
		}
		for _, secret := range []string{nhsNumber, birthDate, family, patientID} {
			if strings.Contains(page.text, secret) {
				t.Errorf("the page has %s", secret)
			}
		}
		var kept []byte
		if err := db.Read.DB.QueryRowContext(t.Context(), `SELECT kept FROM smartlogin_attempt`).Scan(&kept); err != nil || strings.Contains(string(kept), "SECRET") || strings.Contains(string(kept), nhsNumber) {
			t.Errorf("what is kept can be read: %v", err)
		}
		var all sync.WaitGroup
		var mu sync.Mutex
		opened := 0
		for range 16 {
			all.Go(func() {
				page := b.do(http.MethodPost, "/auth/epr/river/open", url.Values{"key": {key[1]}}, own(s))
				mu.Lock()
				defer mu.Unlock()
				if page.status == http.StatusSeeOther && page.location == "/launch?iss=own&launch=minted" {
					opened++
				}
			})
		}
		all.Wait()
		if opened != 1 || len(s.launched()) != 1 {
			t.Fatalf("opened %d times", opened)
		}
		if l := s.launched()[0]; l.NHSNumber != nhsNumber || l.Identity.Subject != subject || l.Organisation.ODS != "RRV01" || l.Proof.Issuer != e.issuer {
			t.Errorf("%+v", l)
		}
	})
}

// TestAnotherSitesAnswer: what an attacker got for their own user opens nothing in another's
// browser (login CSRF).
func TestAnotherSitesAnswer(t *testing.T) {
	t.Parallel()
	for name, header := range map[string]func(*site) http.Header{
		"no origin":         func(*site) http.Header { return http.Header{} },
		"null":              func(*site) http.Header { return http.Header{"Origin": {"null"}} },
		"another":           func(*site) http.Header { return http.Header{"Origin": {"https://evil.example"}} },
		"the EPR":           func(*site) http.Header { return http.Header{"Origin": {frame}} },
		"ours with a slash": func(s *site) http.Header { return http.Header{"Origin": {s.URL + "/"}} },
		"ours, from elsewhere": func(s *site) http.Header {
			return http.Header{"Origin": {s.URL}, "Sec-Fetch-Site": {"cross-site"}}
		},
		"ours, the same site": func(s *site) http.Header { return http.Header{"Origin": {s.URL}, "Sec-Fetch-Site": {"same-site"}} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			s := serve(t, e, e.stanza())
			key := keyOf.FindStringSubmatch(s.cookieless().walk(e, nil).text)[1]
			page := s.cookieless().do(http.MethodPost, "/auth/epr/river/open", url.Values{"key": {key}}, header(s))
			s.refused(t, page, smartlogin.CodeBrowser, "did not come from Patchwork's own page")
		})
	}
}

// TestAnotherBrowser: an answer that is brought to a browser that keeps cookies and is not the
// one that left.
func TestAnotherBrowser(t *testing.T) {
	t.Parallel()
	for name, cookie := range map[string]string{
		"a launch of its own": "patchwork-launch=" + strings.Repeat("a", 43), "a session": "patchwork=" + strings.Repeat("a", 43), "any cookie": "x=y",
		"two of one name": "patchwork-launch=" + strings.Repeat("a", 43) + "; patchwork-launch=" + strings.Repeat("b", 43), "too short": "patchwork-launch=a",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			s := serve(t, e, e.stanza())
			attacker := s.browser()
			back := attacker.atEPR(attacker.depart(e).location)
			page := s.cookieless().do(http.MethodGet, back, nil, http.Header{"Cookie": {cookie}})
			s.refused(t, page, smartlogin.CodeBrowser, "is not the one that left")
			if e.times("/token") != 0 {
				t.Error("the code was used")
			}
		})
	}
}

// TestSeveralTabs launch at once, of one browser.
func TestSeveralTabs(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	s := serve(t, e, e.stanza())
	b := s.browser()
	var backs []string
	for range 4 {
		backs = append(backs, b.atEPR(b.depart(e).location))
	}
	for _, back := range backs {
		if page := b.get(back); page.status != http.StatusSeeOther {
			t.Errorf("%d %s", page.status, page.text)
		}
	}
	if len(s.launched()) != 4 {
		t.Errorf("%d opened", len(s.launched()))
	}
}

// TestLaunchesEnd: too late, twice, of another launcher, and with another's key.
func TestLaunchesEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		e := newEvil(t)
		s := openSite(t, db, e, e.stanza(), rules())
		other := *e.stanza()
		other.Iss = e.url + "/lake"
		epr, err := other.Open(auth.Env{ID: "lake", Base: s.URL + "/auth/epr/lake", Now: e.now})
		if err != nil {
			t.Fatal(err)
		}
		s.handler.Launchers = append(s.handler.Launchers, &smartlogin.Launcher{ID: "lake", Name: "Lake EPR", Mapping: s.handler.Launchers[0].Mapping, EPR: epr})
		s.handler.Open(db.Write, db.Read)
		b := s.browser()
		expect := func(what string, page seen, code string) {
			t.Helper()
			if page.status < 400 || !strings.Contains(page.text, "<dd>"+code+"</dd>") {
				t.Errorf("%s: %d %s", what, page.status, page.text)
			}
		}
		back := b.atEPR(b.depart(e).location)
		e.pass(10 * time.Minute)
		expect("ten minutes", b.get(back), "expired")
		back = b.atEPR(b.depart(e).location)
		expect("another launcher", b.get(strings.Replace(back, "/river/", "/lake/", 1)), "invalid-answer")
		expect("after that", b.get(back), "expired")
		key := keyOf.FindStringSubmatch(s.cookieless().walk(e, nil).text)[1]
		expect("another launcher's key", b.do(http.MethodPost, "/auth/epr/lake/open", url.Values{"key": {key}}, own(s)), "invalid-answer")
		key = keyOf.FindStringSubmatch(s.cookieless().walk(e, nil).text)[1]
		e.pass(10 * time.Minute)
		expect("a question of ten minutes", b.do(http.MethodPost, "/auth/epr/river/open", url.Values{"key": {key}}, own(s)), "expired")
		expect("no key", b.do(http.MethodPost, "/auth/epr/river/open", url.Values{}, own(s)), "expired")
		expect("a form beyond bounds", b.do(http.MethodPost, "/auth/epr/river/open", url.Values{"key": {strings.Repeat("x", 9<<10)}}, own(s)), "expired")
		away, err := url.Parse(b.depart(e).location)
		if err != nil {
			t.Fatal(err)
		}
		expect("a state for a key", b.do(http.MethodPost, "/auth/epr/river/open", url.Values{"key": {away.Query().Get("state")}}, own(s)), "expired")
		if len(s.launched()) != 0 {
			t.Error("something opened")
		}
	})
}

// TestTheRegionRefuses: what main's Opener says reaches the page, with who it was in the
// ledger.
func TestTheRegionRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		code   smartlogin.Code
		status int
		says   string
	}{
		{smartlogin.Refuse(smartlogin.CodeMismatch, "the birth dates differ"), smartlogin.CodeMismatch, 409, "do not agree"},
		{smartlogin.Refuse(smartlogin.CodeNotFound, "nobody has this number"), smartlogin.CodeNotFound, 404, "nobody has this number"},
		{auth.Refuse(auth.RefusedOff, "the user is switched off"), smartlogin.CodeOff, 403, "the user is switched off"},
		{&auth.Refusal{Code: auth.RefusedRequirement, Cause: "requirement 1: is not met", Say: "Use your smart card"}, smartlogin.CodeRequirement, 403, "Use your smart card"},
		{smartlogin.Refuse("SECRET", "a code that nobody knows"), smartlogin.CodeUnavailable, 503, "own state"},
		{errors.New("SECRET: the database is gone"), smartlogin.CodeUnavailable, 503, "own state"},
	} {
		e := newEvil(t)
		s := serve(t, e, e.stanza())
		s.refuse = c.err
		page := s.browser().walk(e, nil)
		if page.status != c.status || !strings.Contains(page.text, "<dd>"+string(c.code)+"</dd>") || !strings.Contains(page.text, c.says) || strings.Contains(page.text, "SECRET") {
			t.Errorf("%v: %d %s", c.err, page.status, page.text)
		}
		events := s.events()
		if len(events) != 1 || events[0].Decision != audit.Deny || events[0].Actor.Issuer != e.issuer {
			t.Errorf("%+v", events)
		}
	}
}

// TestNothingOpensUnaudited: a ledger that cannot be written stops the launch.
func TestNothingOpensUnaudited(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	s := serve(t, e, e.stanza())
	b := s.browser()
	back := b.atEPR(b.depart(e).location)
	if err := s.ledger.Close(); err != nil {
		t.Fatal(err)
	}
	if page := b.get(back); page.status != http.StatusServiceUnavailable || page.location != "" || !strings.Contains(page.text, "<dd>unavailable</dd>") {
		t.Errorf("%d %s", page.status, page.text)
	}
}

// TestTooManyLaunches from one address do not fill the database.
func TestTooManyLaunches(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	s := serve(t, e, e.stanza())
	b := s.browser()
	b.depart(e)
	for range 499 {
		if _, err := s.db.Write.DB.ExecContext(t.Context(), `INSERT INTO smartlogin_attempt SELECT randomblob(32), stage, launcher, browser_hash, kept, address, begun FROM smartlogin_attempt LIMIT 1`); err != nil {
			t.Fatal(err)
		}
	}
	page := b.depart(e)
	s.refused(t, page, smartlogin.CodeBusy, "too many launches")
	if page.status != http.StatusTooManyRequests {
		t.Error(page.status)
	}
	e.pass(10 * time.Minute)
	if page := b.depart(e); page.status != http.StatusSeeOther {
		t.Error(page.status)
	}
}

// TestWithTLSTheCookieComesAlongInAFrame.
func TestWithTLSTheCookieComesAlongInAFrame(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	s := serve(t, e, e.stanza())
	s.handler.Auth.PlainHTTP = false
	cookie := s.cookieless().depart(e).header.Get("Set-Cookie")
	for _, want := range []string{"__Host-patchwork-launch=", "Path=/;", "HttpOnly", "Secure", "SameSite=None", "Partitioned", "Max-Age=600"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("%s lacks %s", cookie, want)
		}
	}
}

// TestThePagesStyle is ours, and nothing else is to be had.
func TestThePagesStyle(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	page := serve(t, e, e.stanza()).browser().get("/auth/epr/page.css")
	if page.status != http.StatusOK || !strings.HasPrefix(page.header.Get("Content-Type"), "text/css") || strings.Contains(page.text, "url(") {
		t.Errorf("%+v", page)
	}
}
