package signin_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/auth/signin"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestSomebodySignsInByTheirOrganisation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		s := open(t, db, &clock{})
		b := s.browser()
		state := b.depart("?back=/patient/p1")
		if location := b.come(state, "&who=leila&group=Doctors&sid=s1"); location != "/patient/p1" {
			t.Fatal(location)
		}
		f := b.facts()
		if f.Subject != "leila" || f.Role != auth.RoleHospitalDoctor || f.Organisation.ODS != "RRV01" || f.CareSetting != "acute" ||
			f.Position != 0 || len(f.Positions) != 1 || f.Login.Way != signin.WayRedirect || f.Login.Name != "Riverside Hospital" || f.Idle != 900 {
			t.Errorf("%+v", f)
		}
		if e := s.events(audit.ActionLogin); len(e) != 1 || e[0].Actor.Name != "Dr leila" || e[0].Actor.Organisation != "RRV01" || e[0].Target != "login:riverside" {
			t.Errorf("%+v", e)
		}
		if n := s.count(`SELECT count(*) FROM auth_attempt`); n != 0 {
			t.Errorf("%d attempts are left", n)
		}
		_, _, out := b.do("POST", "/auth/logout", "{}")
		if !strings.Contains(out, "https://idp.example/out") || b.who() != "nobody" {
			t.Errorf("%s, then %s", out, b.who())
		}
	})
}

// The answer by POST brings no cookie; the browser comes again by GET.
func TestAnAnswerByPost(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b, provider := s.browser(), s.browser()
	state := b.depart("")
	form := url.Values{"RelayState": {state}, "who": {"leila"}, "group": {"Doctors"}}
	_, location, _ := provider.form("/auth/at/riverside/return", form)
	if !strings.HasPrefix(location, "/auth/at/riverside/return?state=") {
		t.Fatal(location)
	}
	if _, again, _ := provider.form("/auth/at/riverside/return", form); !strings.Contains(again, "problem=expired") {
		t.Errorf("a second answer: %s", again)
	}
	if _, to, _ := b.do("GET", location, ""); to != "/" || b.who() != "leila as hospital-doctor" {
		t.Errorf("%s %s", to, b.who())
	}
}

// TestHostileReturns: none signs anybody in, makes an account or goes unrecorded.
func TestHostileReturns(t *testing.T) {
	t.Parallel()
	good := "&who=leila&group=Doctors"
	for name, c := range map[string]struct {
		do   func(s *site, b *browser) string
		code auth.RefusalCode
	}{
		"no state":          {func(_ *site, b *browser) string { b.depart(""); return b.come("", good) }, auth.RefusedExpired},
		"a made-up state":   {func(_ *site, b *browser) string { b.depart(""); return b.come(strings.Repeat("A", 43), good) }, auth.RefusedExpired},
		"a state with SQL":  {func(_ *site, b *browser) string { b.depart(""); return b.come("'%20OR%20'1'='1", good) }, auth.RefusedExpired},
		"a huge state":      {func(_ *site, b *browser) string { b.depart(""); return b.come(strings.Repeat("A", 20_000), good) }, auth.RefusedExpired},
		"two states":        {func(_ *site, b *browser) string { one := b.depart(""); return b.come("x&state="+one, good) }, auth.RefusedExpired},
		"a cut state":       {func(_ *site, b *browser) string { return b.come(b.depart("")[:42], good) }, auth.RefusedExpired},
		"another browser":   {func(s *site, b *browser) string { return s.browser().come(b.depart(""), good) }, auth.RefusedBrowser},
		"another's attempt": {func(s *site, b *browser) string { b.depart(""); return b.come(s.browser().depart(""), good) }, auth.RefusedBrowser},
		"too late": {func(s *site, b *browser) string {
			state := b.depart("")
			s.clock.add(10 * time.Minute)
			return b.come(state, good)
		}, auth.RefusedExpired},
		"at another login": {func(_ *site, b *browser) string {
			state := b.depart("")
			_, l, _ := b.do("GET", "/auth/at/dale/return?state="+state+good, "")
			return l
		}, auth.RefusedInvalid},
		"at a password login": {func(_ *site, b *browser) string {
			state := b.depart("")
			_, l, _ := b.do("GET", "/auth/at/directory/return?state="+state+good, "")
			return l
		}, auth.RefusedInvalid},
		"posted, never begun": {func(_ *site, b *browser) string {
			_, l, _ := b.form("/auth/at/riverside/return", url.Values{"RelayState": {"x"}, "who": {"leila"}, "group": {"Doctors"}})
			return l
		}, auth.RefusedExpired},
		"posted without state": {func(_ *site, b *browser) string {
			_, l, _ := b.form("/auth/at/riverside/return", url.Values{"who": {"leila"}})
			return l
		}, auth.RefusedExpired},
		"posted to another": {func(_ *site, b *browser) string {
			_, l, _ := b.form("/auth/at/dale/return", url.Values{"RelayState": {b.depart("")}})
			return l
		}, auth.RefusedExpired},
		"posted, too large": {func(_ *site, b *browser) string {
			_, l, _ := b.form("/auth/at/riverside/return", url.Values{"RelayState": {b.depart("")}, "x": {strings.Repeat("a", 300<<10)}})
			return l
		}, auth.RefusedInvalid},
		"posted, too late": {func(s *site, b *browser) string {
			state := b.depart("")
			s.clock.add(11 * time.Minute)
			_, l, _ := b.form("/auth/at/riverside/return", url.Values{"RelayState": {state}})
			return l
		}, auth.RefusedExpired},
		"declined":             {func(_ *site, b *browser) string { return b.come(b.depart(""), "&refuse=declined") }, auth.RefusedDeclined},
		"no subject":           {func(_ *site, b *browser) string { return b.come(b.depart(""), "&who=&group=Doctors") }, auth.RefusedInvalid},
		"an invisible subject": {func(_ *site, b *browser) string { return b.come(b.depart(""), "&who=le%E2%80%8Bila&group=Doctors") }, auth.RefusedInvalid},
		"a subject of a line":  {func(_ *site, b *browser) string { return b.come(b.depart(""), "&who=a%0Ab&group=Doctors") }, auth.RefusedInvalid},
		"a long subject": {func(_ *site, b *browser) string {
			return b.come(b.depart(""), "&who="+strings.Repeat("a", 256)+"&group=Doctors")
		}, auth.RefusedInvalid},
		"no groups": {func(_ *site, b *browser) string { return b.come(b.depart(""), "&who=leila") }, auth.RefusedNoRole},
		"other groups": {func(_ *site, b *browser) string {
			return b.come(b.depart(""), "&who=leila&group=doctors&group=Doctors%20")
		}, auth.RefusedNoRole},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t)
			b := s.browser()
			location := c.do(s, b)
			u, err := url.Parse(location)
			if err != nil || u.Path != "/sign-in" || u.Query().Get("problem") != string(c.code) || u.Query().Get("request") != "req-77" {
				t.Errorf("it came to %s", location)
			}
			if b.who() != "nobody" || s.count(`SELECT count(*) FROM auth_account`) != 0 || s.count(`SELECT count(*) FROM auth_session`) != 0 {
				t.Error("somebody was signed in, or an account was made")
			}
			if e := s.events(audit.ActionLoginFailed); len(e) != 1 || e[0].Reason == "" || e[0].Decision != audit.Deny {
				t.Errorf("the ledger: %+v", e)
			}
			if log := s.log.String(); strings.Count(log, "a sign-in was refused") != 1 || strings.Contains(log, "leila") || strings.Contains(location, "leila") {
				t.Errorf("the log: %s", log)
			}
		})
	}
}

func TestAnAttemptIsUsedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		s := open(t, db, &clock{})
		b := s.browser()
		state := b.depart("")
		var in atomic.Int64
		var all sync.WaitGroup
		for range 32 {
			all.Go(func() {
				if b.come(state, "&who=leila&group=Doctors") == "/" {
					in.Add(1)
				}
			})
		}
		all.Wait()
		if in.Load() != 1 || s.count(`SELECT count(*) FROM auth_session`) != 1 {
			t.Errorf("%d came in, %d sessions", in.Load(), s.count(`SELECT count(*) FROM auth_session`))
		}
	})
}

// A refused attempt is used up too.
func TestARefusedAttemptIsUsedUp(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	state := b.depart("")
	_ = b.come(state, "&refuse=invalid-answer")
	if location := b.come(state, "&who=leila&group=Doctors"); !strings.Contains(location, "problem=expired") {
		t.Error(location)
	}
}

func TestWhereSigningInMayLead(t *testing.T) {
	t.Parallel()
	s := serve(t)
	for back, want := range map[string]string{
		"/patient/abc": "/patient/abc", "": "/", "https://evil.example": "/", "//evil.example": "/", "/\\evil.example": "/", "/%5Cevil": "/%5Cevil",
		"/a\nb": "/", "/auth/logout": "/", "/sign-in?problem=x": "/", "/x?next=//evil": "/", "javascript:alert(1)": "/", "/" + strings.Repeat("a", 600): "/",
		"\t//evil.example": "/", "/é": "/",
	} {
		b := s.browser()
		if location := b.come(b.depart("?back="+url.QueryEscape(back)), "&who=leila&group=Doctors"); location != want {
			t.Errorf("%q led to %s", back, location)
		}
	}
}

// TestSeveralPositions: until one is chosen the session permits nothing, and every choice
// renews it.
func TestSeveralPositions(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	b.enter("kit", "&group=Doctors&group=Pharmacy")
	if f := b.facts(); f.Role != "" || f.Position != -1 || len(f.Positions) != 2 || f.Organisation.ODS != "" {
		t.Fatalf("%+v", f)
	}
	before := b.cookies()
	if status, _, body := b.do("POST", "/auth/role", `{"position": 1}`); status != 200 || !strings.Contains(body, `"role":"pharmacist"`) {
		t.Fatalf("%d %s", status, body)
	}
	if after := b.cookies(); after == before || b.who() != "kit as pharmacist" {
		t.Errorf("the secret stayed, or %s", b.who())
	}
	if _, err := s.sessions.Find(context.Background(), before); !errors.Is(err, auth.ErrNoSession) {
		t.Errorf("the old secret still holds: %v", err)
	}
	for _, body := range []string{`{"position": 2}`, `{"position": -1}`, `{"position": "1"}`, `{"position": 9e9}`, `[]`} {
		if status, _, _ := b.do("POST", "/auth/role", body); status != 400 {
			t.Errorf("%s: %d", body, status)
		}
	}
	if e := s.events(audit.ActionRole); len(e) != 1 || e[0].Actor.Role != "pharmacist" {
		t.Errorf("%+v", e)
	}
}

func (b *browser) cookies() string {
	u, _ := url.Parse(b.s.URL)
	for _, c := range b.Jar.Cookies(u) {
		if c.Name == "patchwork" {
			return c.Value
		}
	}
	return ""
}

// TestProvingItAgain: confirms, unlocks and renews the session of the same user; anybody
// else, or a provider that did not ask, is refused.
func TestProvingItAgain(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	b.enter("leila", "&group=Doctors&old=1")
	if f := b.facts(); time.Since(f.Confirmed) < 30*time.Minute {
		t.Errorf("confirmed %v: the provider's word is an hour old", f.Confirmed)
	}
	if status, _, _ := b.do("POST", "/auth/lock", "{}"); status != 204 {
		t.Fatal(status)
	}
	if status, _, body := b.do("GET", "/who", ""); status != 423 || !strings.Contains(body, "session-locked") {
		t.Errorf("locked: %d %s", status, body)
	}
	for rest, code := range map[string]auth.RefusalCode{
		"&who=mallory&group=Doctors":     auth.RefusedOther,
		"&who=leila&group=Doctors&old=1": auth.RefusedInvalid,
		"&refuse=declined":               auth.RefusedDeclined,
	} {
		if location := b.come(b.depart("?again=1"), rest); !strings.Contains(location, "problem="+string(code)) {
			t.Errorf("%s: %s", rest, location)
		}
		if status, _, _ := b.do("GET", "/who", ""); status != 423 {
			t.Errorf("%s: unlocked", rest)
		}
	}
	before := b.cookies()
	if location := b.come(b.depart("?again=1&back=/confirmed"), "&who=leila"); location != "/confirmed" {
		t.Fatal(location)
	}
	if f := b.facts(); time.Since(f.Confirmed) > time.Minute || f.Locked || f.Role != auth.RoleHospitalDoctor || b.cookies() == before {
		t.Errorf("%+v", f)
	}
	if _, location, _ := s.browser().do("GET", "/auth/start/riverside?again=1", ""); !strings.Contains(location, "problem=expired") {
		t.Errorf("nobody proves it again: %s", location)
	}
}

// TestSigningInAsSomebodyElse: the provider is told to ask, whoever it remembers.
func TestSigningInAsSomebodyElse(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	if location := b.come(b.depart("?fresh=1"), "&who=leila&group=Doctors"); location != "/" || !s.page.begun[0].Again {
		t.Errorf("%s %+v", location, s.page.begun)
	}
}

func TestAConfirmationOfASessionThatEnded(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	b.enter("leila", "&group=Doctors")
	state := b.depart("?again=1")
	b.do("POST", "/auth/logout", "{}")
	if location := b.come(state, "&who=leila&group=Doctors"); !strings.Contains(location, "problem=expired") || b.who() != "nobody" {
		t.Errorf("%s %s", location, b.who())
	}
}

// TestTwoPeopleOfOneAddress: the same e-mail address is two accounts, and a new sign-in
// ends the session before it.
func TestTwoPeopleOfOneAddress(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	b.enter("leila", "&group=Doctors")
	first := b.cookies()
	b.enter("amara", "&group=Doctors")
	if s.count(`SELECT count(*) FROM auth_account`) != 2 || b.who() != "amara as hospital-doctor" {
		t.Error(b.who())
	}
	if _, err := s.sessions.Find(context.Background(), first); !errors.Is(err, auth.ErrNoSession) {
		t.Error("the session before still holds")
	}
}

func TestSwitchedOffIsOut(t *testing.T) {
	t.Parallel()
	for _, kind := range []accounts.Kind{accounts.User, accounts.Role, accounts.Organisation, accounts.Login} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
				c := &clock{}
				s, other := open(t, db, c), open(t, db, c) // two servers over one database
				b := s.browser()
				b.enter("leila", "&group=Doctors")
				what := map[accounts.Kind]string{accounts.Role: "hospital-doctor", accounts.Organisation: "RRV01", accounts.Login: "riverside"}[kind]
				if kind == accounts.User {
					list, _, err := s.door.Accounts.List(context.Background(), accounts.Filter{Search: "leila"})
					if err != nil || len(list) != 1 {
						t.Fatalf("%v %v", list, err)
					}
					what = list[0].ID
				}
				admin := auth.WithSession(context.Background(), &auth.Session{Issuer: "local", Subject: "ola", Login: "local", Role: auth.RoleAdministrator})
				if err := other.door.Accounts.SwitchOff(admin, kind, what, "to see that it is off"); err != nil {
					t.Fatal(err)
				}
				if b.who() != "nobody" {
					t.Error("still in")
				}
				if location := b.come(b.depart(""), "&who=leila&group=Doctors"); !strings.Contains(location, "problem=switched-off") {
					t.Errorf("back in: %s", location)
				}
				if err := other.door.Accounts.SwitchOn(admin, kind, what, "to see that it is on"); err != nil {
					t.Fatal(err)
				}
				b.enter("leila", "&group=Doctors")
			})
		})
	}
}

// TestTheProviderEndsSessions: only its own, only once for one message.
func TestTheProviderEndsSessions(t *testing.T) {
	t.Parallel()
	s := serve(t)
	enter := func(who, sid string) *browser {
		b := s.browser()
		b.enter(who, "&group=Doctors&sid="+sid)
		return b
	}
	one, two, other := enter("leila", "s1"), enter("leila", "s2"), enter("amara", "s3")
	provider := s.browser()
	post := func(login string, form url.Values) int {
		status, _, _ := provider.form("/auth/at/"+login+"/logout", form)
		return status
	}
	for name, c := range map[string]struct {
		login string
		form  url.Values
		want  int
	}{
		"forged":           {"riverside", url.Values{"who": {"leila"}, "forged": {"1"}, "jti": {"a"}}, 400},
		"names nobody":     {"riverside", url.Values{"jti": {"b"}}, 200},
		"another login":    {"dale", url.Values{"who": {"leila"}, "sid": {"s1"}, "jti": {"c"}}, 200},
		"password login":   {"directory", url.Values{"who": {"leila"}}, 400},
		"no such login":    {"nowhere", url.Values{"who": {"leila"}}, 404},
		"too large a form": {"riverside", url.Values{"who": {strings.Repeat("a", 300<<10)}}, 400},
	} {
		if status := post(c.login, c.form); status != c.want {
			t.Errorf("%s: %d", name, status)
		}
	}
	if one.who() == "nobody" || two.who() == "nobody" || other.who() == "nobody" {
		t.Fatal("a hostile message ended a session")
	}
	if status := post("riverside", url.Values{"sid": {"s1"}, "jti": {"d"}}); status != 200 || one.who() != "nobody" || two.who() == "nobody" {
		t.Errorf("%d: one session", status)
	}
	if status := post("riverside", url.Values{"who": {"leila"}, "jti": {"d"}}); status != 400 || two.who() == "nobody" {
		t.Errorf("%d: the message was taken twice", status)
	}
	if status := post("riverside", url.Values{"who": {"leila"}, "jti": {"e"}}); status != 200 || two.who() != "nobody" || other.who() == "nobody" {
		t.Errorf("%d: all of one user", status)
	}
	if e := s.events(audit.ActionLogout); len(e) != 2 || e[0].Actor.Name != "Dr leila" || e[0].Reason == "" {
		t.Errorf("%+v", e)
	}
	if status, location, _ := provider.do("GET", "/auth/at/riverside/logout?SAMLResponse=x", ""); status != 303 || location != "/sign-in?login=riverside&problem=left" {
		t.Errorf("the answer to signing out there: %d %s", status, location)
	}
	if status, location, _ := provider.do("GET", "/auth/at/riverside/logout?sid=s3&reply=https://idp.example/done", ""); status != 303 || location != "https://idp.example/done" || other.who() != "nobody" {
		t.Errorf("single logout: %d %s", status, location)
	}
}

// TestARecheckEndsTheSession within one more request.
func TestARecheckEndsTheSession(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	b.enter("leila", "&group=Doctors")
	_ = b.who()
	if s.page.times() != 0 {
		t.Error("asked before it was due")
	}
	s.clock.add(61 * time.Second)
	s.page.say(auth.ErrGone)
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() { _ = b.who() })
	}
	all.Wait()
	until(t, "nobody", func() bool { return b.who() == "nobody" })
	if n := s.page.times(); n != 1 {
		t.Errorf("asked %d times at once", n)
	}
}

// A provider that cannot be asked ends sessions late, not at once, and not never.
func TestAProviderOutOfReach(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	b.enter("leila", "&group=Doctors")
	s.page.say(errors.New("connection refused"))
	for minute := range 2 {
		s.clock.add(61 * time.Second)
		_ = b.who()
		until(t, "an asking", func() bool { return strings.Count(s.log.String(), "could not be asked") == minute+1 })
		if b.who() == "nobody" {
			t.Fatalf("out after %d minutes", minute+1)
		}
	}
	s.clock.add(61 * time.Second)
	until(t, "nobody", func() bool { return b.who() == "nobody" })
}

func (p *page) times() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

func (p *page) say(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.recheck = err
}

func TestPasswordsOfADirectory(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	login := func(name, password string) (int, string) {
		status, _, body := b.do("POST", "/auth/login", fmt.Sprintf(`{"login":"directory","username":%q,"password":%q}`, name, password))
		return status, body
	}
	if status, body := login("wei", "wrong"); status != 401 || !strings.Contains(body, `"refused"`) {
		t.Errorf("%d %s", status, body)
	}
	if status, body := login("wei", "right of wei"); status != 200 || !strings.Contains(body, `"way":"password"`) {
		t.Fatalf("%d %s", status, body)
	}
	for body, want := range map[string]int{`{"password":"wrong"}`: 401, `{"password":"right of wei"}`: 204} {
		if status, _, text := b.do("POST", "/auth/confirm", body); status != want {
			t.Errorf("%s: %d %s", body, status, text)
		}
	}
	for i := range 10 { // every spelling counts
		login([]string{"kim", "KIM", " kim "}[i%3], "wrong")
	}
	if status, body := login("kim", "right of kim"); status != 429 {
		t.Errorf("%d %s", status, body)
	}
	if status, _, body := b.do("POST", "/auth/login", `{"login":"riverside","username":"x","password":"y"}`); status != 403 {
		t.Errorf("a password for the provider's own page: %d %s", status, body)
	}
	if status, _, _ := b.do("POST", "/auth/login", `{"login":"nowhere","username":"x","password":"y"}`); status != 403 {
		t.Errorf("no such login: %d", status)
	}
}

// TestALocalAccountThatIsOff: one event, which says that nobody was let in.
func TestALocalAccountThatIsOff(t *testing.T) {
	t.Parallel()
	s := serve(t)
	ctx := context.Background()
	if err := s.users.Add(ctx, local.User{Username: "ola", Name: "Ola", Role: auth.RoleAnalyst}, "correct horse battery"); err != nil {
		t.Fatal(err)
	}
	b := s.browser()
	login := func() int {
		status, _, _ := b.do("POST", "/auth/login", `{"username":"ola","password":"correct horse battery"}`)
		return status
	}
	if status := login(); status != 200 {
		t.Fatal(status)
	}
	admin := auth.WithSession(ctx, &auth.Session{Issuer: "local", Subject: "admin", Login: "local", Role: auth.RoleAdministrator})
	if err := s.door.Accounts.SwitchOff(admin, accounts.Role, "analyst", "to see that it is off"); err != nil {
		t.Fatal(err)
	}
	if status := login(); status != 403 || b.who() != "nobody" {
		t.Errorf("%d, %s", status, b.who())
	}
	if in, out := s.events(audit.ActionLogin), s.events(audit.ActionLoginFailed); len(in) != 1 || len(out) != 1 || !strings.Contains(out[0].Reason, "switched off") {
		t.Errorf("%d in, refused %+v", len(in), out)
	}
}

// TestOwnSessions: a user sees their own devices and ends them; nobody else's.
func TestOwnSessions(t *testing.T) {
	t.Parallel()
	s := serve(t)
	here, there, other := s.browser(), s.browser(), s.browser()
	here.enter("leila", "&group=Doctors")
	there.enter("leila", "&group=Doctors")
	other.enter("amara", "&group=Doctors")
	_, _, list := here.do("GET", "/auth/sessions", "")
	if strings.Count(list, `"id"`) != 2 || strings.Count(list, `"current":true`) != 1 || !strings.Contains(list, "Riverside Hospital") {
		t.Error(list)
	}
	id := other.facts().ID
	if status, _, _ := here.do("POST", "/auth/sessions/end", fmt.Sprintf(`{"id":%q}`, id)); status != 204 || other.who() == "nobody" {
		t.Errorf("%d: somebody else's session", status)
	}
	if status, _, _ := here.do("POST", "/auth/sessions/end", `{"all":true}`); status != 204 || here.who() != "nobody" || there.who() != "nobody" || other.who() == "nobody" {
		t.Errorf("%d: everywhere", status)
	}
}

// The list is the same for everybody, and says nothing that is not public.
func TestTheListOfLogins(t *testing.T) {
	t.Parallel()
	s := serve(t)
	_, _, list := s.browser().do("GET", "/auth/logins", "")
	for _, want := range []string{`"id":"riverside"`, `"way":"redirect"`, `"domains":["riverside.example"]`, `"ods":"RRV01"`, `"id":"directory","name":"Weir Council","way":"password"`, `{"id":"local"`} {
		if !strings.Contains(list, want) {
			t.Errorf("it lacks %s: %s", want, list)
		}
	}
}

// TestAPassivePageLetsTheSessionIdleOut.
func TestAPassivePageLetsTheSessionIdleOut(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	b.enter("leila", "&group=Doctors")
	secret := b.cookies()
	ctx := context.Background()
	for range 4 {
		s.clock.add(4 * time.Minute)
		if _, err := s.sessions.Peek(ctx, secret); err != nil && !errors.Is(err, auth.ErrNoSession) {
			t.Fatal(err)
		}
	}
	if _, err := s.sessions.Find(ctx, secret); !errors.Is(err, auth.ErrNoSession) {
		t.Errorf("it is still there: %v", err)
	}
}
