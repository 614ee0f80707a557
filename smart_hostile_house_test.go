package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/smart"
)

// topics are what is refused, each in a file of its own.
var topics = map[string]func(*hostile){
	"authorize": (*hostile).authorizing, "redirect URIs": (*hostile).redirecting, "prompts": (*hostile).prompting,
	"codes": (*hostile).redeeming, "races": (*hostile).racing, "refresh tokens": (*hostile).refreshing,
	"assertions": (*hostile).asserting, "key sets": (*hostile).publishing, "services": (*hostile).serving,
	"launches made": (*hostile).minting, "launches taken": (*hostile).launching, "signed launches": (*hostile).opening, "searches": (*hostile).prefilling,
	"approval": (*hostile).approving, "another site's pages": (*hostile).forging,
	"introspection": (*hostile).introspecting, "revocation": (*hostile).revoking,
	"bearer tokens": (*hostile).bearing, "the sign-in itself": (*hostile).overreaching, "other origins": (*hostile).crossing, "tokens of other pages": (*hostile).crossingTokens, "documents": (*hostile).discovering,
	"FHIRcast": (*hostile).casting, "ID tokens": (*hostile).identifying, "versions of scopes": (*hostile).versioning,
}

// What the authorization server refuses, it refuses with the right status and code, with
// nothing of use in the answer, nowhere but where it may, and with one event (smart.md).
func TestSMARTRefuses(t *testing.T) {
	t.Parallel()
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := startHostile(t, fresh(t))
			for topic, probe := range topics {
				t.Run(topic, func(t *testing.T) {
					t.Parallel()
					probe(h.in(t))
				})
			}
		})
	}
}

// hostile is a running authorization server of which things are asked that it must refuse.
type hostile struct {
	*authorisation
	count *hostileCount
	// everything is the id of the person whom most is about.
	everything string
	// pages is an app of three origins.
	pages *smart.Client
	// elsewhere is an app of another origin.
	elsewhere *smart.Client
	// turns stand before it where it is several servers.
	turns *inTurn
}

// hostileCount is shared by all topics of a server.
type hostileCount struct {
	asked, refused atomic.Int64

	mu      sync.Mutex
	secrets []string
}

// given notes a code, token, launch or handle: none of them may be found in the log.
func (h *hostile) given(secret string) string {
	h.count.mu.Lock()
	defer h.count.mu.Unlock()
	if len(secret) > 20 {
		h.count.secrets = append(h.count.secrets, secret)
	}
	return secret
}

func startHostile(t *testing.T, dsn string) *hostile {
	t.Helper()
	h := &hostile{count: &hostileCount{}}
	// Registered first, so that it runs last: nothing writes into the log any more.
	t.Cleanup(func() {
		if h.authorisation == nil {
			return
		}
		log := h.log.String()
		if found := h.personal(log); found != "" {
			t.Errorf("the log has %s", found)
		}
		for _, secret := range h.count.secrets {
			if strings.Contains(log, secret) {
				t.Error("the log has a secret that was given out")
				break
			}
		}
		if len(log) == 0 || len(h.count.secrets) == 0 {
			t.Error("nothing to be found in the log")
		}
		t.Logf("%d requests refused", h.count.refused.Load())
	})
	address, begin := "", func(*region) *inTurn { return &inTurn{} }
	if strings.HasPrefix(dsn, "postgres") { // three servers there: whatever is under way is of use on each, once
		address, begin = threefold(t)
	}
	h.authorisation = &authorisation{startRegion(t, demo.Options{Patients: 15}, func(c *Config) {
		c.State, c.SMART.SecretFile, c.SMART.PrivateKeySets, c.PublicURL = dsn, t.TempDir()+"/secret", true, address
	}), t}
	h.turns = begin(h.region)
	h.everything = h.patientID("everything")
	h.registerPages() // before anybody asks: origins are believed for a moment
	return h
}

// in is the same server for another test.
func (h *hostile) in(t *testing.T) *hostile {
	c := *h
	c.authorisation = &authorisation{h.region, t}
	return &c
}

// test is the *testing.T.
func (h *hostile) test() *testing.T { return h.t.(*testing.T) }

// answer is what came back, and the id of the request.
type answer struct {
	id     string
	status int
	header http.Header
	body   string
}

// stranger is a browser without cookies that follows nothing.
var stranger = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// send sends exactly this; client nil is a stranger.
func (h *hostile) send(client *http.Client, method, path string, header map[string]string, body string) answer {
	h.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = h.http.URL + path
	}
	req, err := http.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	a := answer{id: fmt.Sprintf("hostile-%06d", h.count.asked.Add(1))}
	req.Header.Set("X-Request-Id", a.id)
	if client == nil {
		client = stranger
	}
	res, err := client.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	a.status, a.header, a.body = res.StatusCode, res.Header, string(text)
	return a
}

const formType = "application/x-www-form-urlencoded"

// form posts one without cookies; more are further headers.
func (h *hostile) form(path string, form url.Values, more map[string]string) answer {
	h.t.Helper()
	header := map[string]string{"Content-Type": formType}
	for k, v := range more {
		header[k] = v
	}
	return h.send(nil, http.MethodPost, path, header, form.Encode())
}

func (a answer) json() object {
	var o object
	_ = json.Unmarshal([]byte(a.body), &o)
	return o
}

// want is how something is refused.
type want struct {
	status int
	// code is the exact error.
	code string
	// back is the redirect URI at which the app is told; "" for an answer that is no redirect.
	back string
	// silent: nothing was decided, and the ledger has no event.
	silent bool
}

// refused wants a refusal, and nothing in it that is of any use.
func (h *hostile) refused(what string, a answer, w want) {
	h.t.Helper()
	h.count.refused.Add(1)
	if a.status != w.status || errorOf(a) != w.code {
		h.t.Errorf("%s: %d %s, not %d %s: %.300s %v", what, a.status, errorOf(a), w.status, w.code, a.body, a.header["Location"])
	}
	h.nowhere(what, a, w.back)
	if a.header.Get("Cache-Control") != "no-store" && a.status != http.StatusLocked {
		h.t.Errorf("%s: may be kept: %v", what, a.header)
	}
	given := a.json()
	for _, name := range []string{"access_token", "refresh_token", "id_token", "code", "launch", "launch_url", "location", "patient", "data"} {
		if v, there := given[name]; there && v != nil {
			h.t.Errorf("%s: the answer has %s: %.300s", what, name, a.body)
		}
	}
	if len(a.header["Set-Cookie"]) > 0 {
		h.t.Errorf("%s: a cookie was given", what)
	}
	if found := h.personal(a.body + fmt.Sprint(a.header)); found != "" {
		h.t.Errorf("%s: the answer has %s", what, found)
	}
	h.recorded(what, a, w.silent)
}

// recorded wants one refusal in the ledger, or none, and nothing that was given. Whether a
// user may open a person is asked as any caller would, and has an event of its own.
func (h *hostile) recorded(what string, a answer, silent bool) {
	h.t.Helper()
	denied, wanted := 0, 1
	if silent {
		wanted = 0
	}
	events := h.events(a.id)
	for _, e := range events {
		switch {
		case e.Action == audit.ActionDenied && e.Decision == audit.Deny && strings.HasPrefix(e.Target, "client:") && e.Reason != "":
			denied++
		case e.Operation == "SMARTOpen" && (e.Action == audit.ActionRead || e.Action == audit.ActionDenied):
		default:
			h.t.Errorf("%s: the ledger has a %s: %+v", what, e.Action, e)
		}
	}
	if denied != wanted {
		h.t.Errorf("%s: the ledger has %d refusals, not %d: %+v", what, denied, wanted, events)
	}
}

// nowhere wants no redirect, but one with an error to a registered address.
func (h *hostile) nowhere(what string, a answer, back string) {
	h.t.Helper()
	text := a.header.Get("Location")
	if back == "" {
		if text != "" {
			h.t.Errorf("%s: a redirect to %s", what, text)
		}
		return
	}
	to, err := url.Parse(text)
	at, _ := url.Parse(back)
	if err != nil || to.Scheme != at.Scheme || to.Host != at.Host || to.Path != at.Path || to.User != nil || to.Fragment != "" {
		h.t.Errorf("%s: a redirect to %q, not to %s", what, text, back)
		return
	}
	q := to.Query()
	if q.Get("iss") != h.http.URL {
		h.t.Errorf("%s: the redirect has the iss %q", what, q.Get("iss"))
	}
	for name := range q {
		if !slices.Contains([]string{"error", "error_description", "state", "iss"}, name) && !at.Query().Has(name) {
			h.t.Errorf("%s: the redirect has %s", what, name)
		}
	}
}

var codeInPage = regexp.MustCompile(`<p>Code: ([a-z_-]+)</p>`)

// errorOf finds the error in an address, a page, and JSON as OAuth, the viewer's API and
// FHIR have it.
func errorOf(a answer) string {
	if u, err := url.Parse(a.header.Get("Location")); err == nil && u.Query().Has("error") {
		return u.Query().Get("error")
	}
	if m := codeInPage.FindStringSubmatch(a.body); m != nil {
		return m[1]
	}
	o := a.json()
	for _, path := range []string{"error", "error.code", "errors.0.extensions.code", "issue.0.code"} {
		if code := o.text(path); code != "" {
			return code
		}
	}
	return ""
}

// personal says which patient's data is in a text; "" for none.
func (h *hostile) personal(text string) string {
	for _, p := range h.Patients {
		for what, value := range map[string]string{"a number": p.NHSNumber, "a family name": p.FamilyName, "a given name": p.GivenName, "a birth date": p.BirthDate} {
			if value != "" && strings.Contains(text, value) {
				return what + " of the patient " + p.Scenario
			}
		}
	}
	return ""
}

// events are those of one request.
func (h *hostile) events(request string) (events []audit.Event) {
	h.t.Helper()
	rows, err := h.server.db.Read.DB.QueryContext(context.Background(), `SELECT body FROM audit_event WHERE request_id = $1 ORDER BY seq`, request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			h.t.Fatal(err)
		}
		if found := h.personal(text); found != "" {
			h.t.Errorf("the ledger has %s", found)
		}
		var e audit.Event
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			h.t.Fatal(err)
		}
		events = append(events, e)
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return events
}

// exec changes the database, as time and other servers do.
func (h *hostile) exec(query string, args ...any) {
	h.t.Helper()
	done, err := h.server.db.Write.DB.ExecContext(context.Background(), query, args...)
	if err != nil {
		h.t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		h.t.Fatalf("nothing changed: %v", err)
	}
}

// switched switches something off or on, as the administrator does.
func (h *hostile) switched(off bool, kind, what string) {
	h.t.Helper()
	name := map[bool]string{true: "switchOff", false: "switchOn"}[off]
	a := h.ask(h.test(), auth.RoleAdministrator, `mutation($w: String!) { `+name+`(kind: `+kind+`, what: $w, reason: "a test of refusals") { what } }`, map[string]any{"w": what})
	if a.at("errors") != nil {
		h.t.Fatalf("%s %s: %v", name, what, a)
	}
}
