package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// followed is an open stream as its reader has it.
type followed struct {
	status int
	header http.Header
	body   string // where it is no stream
	events chan sseEvent
	close  context.CancelFunc
}

type sseEvent struct {
	name string
	data object
	at   time.Time
}

// within is how long anything may take that must happen within a second, on two cores that
// many tests share under race.
const within = 10 * time.Second

// subscribe opens a stream. Its events come until it ends, then the channel is closed.
func (r *region) subscribe(t *testing.T, token, query string, variables map[string]any) *followed {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.http.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	f := &followed{status: resp.StatusCode, header: resp.Header, events: make(chan sseEvent, 100), close: cancel}
	if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
		defer resp.Body.Close()
		text, _ := io.ReadAll(resp.Body)
		f.body = string(text)
		return f
	}
	go func() {
		defer close(f.events)
		defer resp.Body.Close()
		var e sseEvent
		lines := bufio.NewScanner(resp.Body)
		for lines.Buffer(nil, 16<<20); lines.Scan(); {
			switch line := lines.Text(); {
			case line == "" && e.name != "":
				e.at = time.Now()
				f.events <- e
				e = sseEvent{}
			case strings.HasPrefix(line, "event: "):
				e.name = line[7:]
			case strings.HasPrefix(line, "data: "):
				_ = json.Unmarshal([]byte(line[6:]), &e.data)
			}
		}
	}()
	return f
}

// next waits for the next event; its name is "" if the stream broke off.
func (f *followed) next(t *testing.T) sseEvent {
	t.Helper()
	if f.status != http.StatusOK {
		t.Fatalf("no stream: %d %s", f.status, f.body)
	}
	select {
	case e := <-f.events:
		return e
	case <-time.After(within):
		t.Fatal("nothing came")
		return sseEvent{}
	}
}

// until waits for an event that holds.
func (f *followed) until(t *testing.T, what string, holds func(object) bool) sseEvent {
	t.Helper()
	for {
		switch e := f.next(t); {
		case e.name != "next":
			t.Fatalf("the stream ends with %q before %s", e.name, what)
		case holds(e.data):
			return e
		}
	}
}

// over waits for the end, and gives the last answer and how it ended.
func (f *followed) over(t *testing.T) (last object, end string) {
	t.Helper()
	for {
		e := f.next(t)
		if e.name != "next" {
			return last, e.name
		}
		last = e.data
	}
}

const listChanged = `subscription($l: ID!) { listChanged(id: $l) { id version title size news people { people { patient { id nhsNumber person { name { text } } contacts { verdict } } } } } }`

func TestChangesOfAListAreHeard(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	number := r.Scenario("everything").NHSNumber
	list := r.keepList(t, auth.RoleGP, "Ward round")
	share := r.shareWith(t, auth.RoleGP, list, auth.RoleHospitalDoctor, "READ")
	one := r.subscribe(t, r.tokens[auth.RoleHospitalDoctor], listChanged, map[string]any{"l": list})
	all := r.subscribe(t, r.tokens[auth.RoleHospitalDoctor], `subscription { listsChanged { id title news } }`, nil)
	if one.header.Get("Cache-Control") != "no-store" || one.header.Get("X-Accel-Buffering") != "no" || one.header.Get("Content-Encoding") != "" {
		t.Errorf("%v", one.header)
	}
	if e := one.next(t); e.name != "next" || e.data.text("data.listChanged.title") != "Ward round" || e.data["errors"] != nil {
		t.Fatalf("at once: %v", e)
	}
	all.next(t)
	before := r.reads(t)
	asked := time.Now()
	r.ask(t, auth.RoleGP, `mutation($l: ID!, $n: [NHSNumber!]) { addToList(id: $l, nhsNumbers: $n) { added } }`, map[string]any{"l": list, "n": []string{number}})
	e := one.until(t, "the person comes", func(o object) bool { return len(o.list("data.listChanged.people.people")) == 1 })
	if e.data.text("data.listChanged.people.people.0.patient.person.name.text") == "" || e.data["errors"] != nil {
		t.Errorf("%v", e.data)
	}
	if took := e.at.Sub(asked); took > time.Second {
		t.Logf("the change was heard after %v", took)
	}
	all.until(t, "the news", func(o object) bool { return o.at("data.listsChanged.0.news") == 1.0 })
	if after := r.reads(t); after <= before {
		t.Error("what the stream showed of the person is not in the ledger")
	}
	r.ask(t, auth.RoleGP, `mutation($l: ID!, $s: ID!) { unshareList(id: $l, share: $s) { id } }`, map[string]any{"l": list, "s": share})
	if last, end := one.over(t); last.code() != "LIST_NOT_FOUND" || last.at("data.listChanged") != nil || end != "complete" {
		t.Errorf("unshared: %q %v", end, last)
	}
	all.until(t, "the list goes", func(o object) bool { return len(o.list("data.listsChanged")) == 0 })
}

// reads counts the openings of people by the hospital's doctor in the ledger.
func (r *region) reads(t *testing.T) (n int) {
	t.Helper()
	row := r.server.db.Read.DB.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM audit_event
		WHERE patient <> '' AND body LIKE '%"action":"read"%' AND body LIKE '%"role":"hospital-doctor"%'`)
	if err := row.Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// What is taken away is taken from streams too, though nothing changes on the list.
func TestStreamsEndWithWhatAllowedThem(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(t *testing.T, r *region, secret string){
		"the session is ended": func(t *testing.T, r *region, secret string) {
			if err := r.server.sessions.End(t.Context(), secret); err != nil {
				t.Fatal(err)
			}
		},
		"the session is locked": func(t *testing.T, r *region, secret string) {
			if err := r.server.sessions.Lock(t.Context(), secret); err != nil {
				t.Fatal(err)
			}
		},
		"the session is renewed": func(t *testing.T, r *region, secret string) {
			if _, err := r.server.sessions.Renew(t.Context(), secret, func(*auth.Session) error { return nil }); err != nil {
				t.Fatal(err)
			}
		},
		"the session runs out": func(*testing.T, *region, string) {},
		"the role is switched off": func(t *testing.T, r *region, _ string) {
			r.administer(t, `mutation { switchOff(kind: ROLE, what: "gp", reason: "The role is not in use any more") { what } }`)
		},
		"the policy is changed": func(t *testing.T, r *region, _ string) {
			version := r.administer(t, `{ policies { version } }`).at("data.policies.version")
			got := r.ask(t, auth.RoleAdministrator, `mutation($v: Int!) { removePolicy(id: "care-staff-keep-lists", version: $v, reason: "No lists from now on") { version } }`, map[string]any{"v": version})
			if got["errors"] != nil {
				t.Fatal(got)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := startRegion(t, demo.Options{Patients: 12}, nil)
			list := r.keepList(t, auth.RoleGP, "Mine", r.Scenario("everything").NHSNumber)
			user, err := r.server.sessions.Find(t.Context(), r.tokens[auth.RoleGP])
			if err != nil {
				t.Fatal(err)
			}
			if name == "the session runs out" {
				user.Expires = time.Now().Add(3 * time.Second)
			}
			secret, err := r.server.sessions.Start(context.WithoutCancel(t.Context()), *user)
			if err != nil {
				t.Fatal(err)
			}
			f := r.subscribe(t, secret, listChanged, map[string]any{"l": list})
			if e := f.next(t); len(e.data.list("data.listChanged.people.people")) != 1 {
				t.Fatalf("%v", e)
			}
			take(t, r, secret)
			asked := time.Now()
			last, end := f.over(t)
			switch {
			case name != "the policy is changed" && (last != nil || end != ""):
				t.Errorf("%q after %v", end, last)
			case name == "the policy is changed" && (last.code() != "FORBIDDEN" || last.at("data.listChanged") != nil || end != "complete"):
				t.Errorf("%q after %v", end, last)
			}
			t.Logf("ended after %v", time.Since(asked))
		})
	}
}

func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 12}, nil)
	var open []*followed
	for range 25 {
		f := r.subscribe(t, r.tokens[auth.RoleGP], `subscription { listsChanged { id } }`, nil)
		if len(open) < 20 {
			f.next(t)
			open = append(open, f)
			continue
		}
		if f.status != http.StatusTooManyRequests || !strings.Contains(f.body, "TOO_MANY_STREAMS") || f.header.Get("Retry-After") == "" {
			t.Errorf("one more: %d %s", f.status, f.body)
		}
	}
	r.subscribe(t, r.tokens[auth.RoleHospitalDoctor], `subscription { listsChanged { id } }`, nil).next(t) // others are not held up
	open[0].close()
	deadline := time.Now().Add(within)
	for r.subscribe(t, r.tokens[auth.RoleGP], `subscription { listsChanged { id } }`, nil).status != http.StatusOK {
		if time.Now().After(deadline) {
			t.Fatal("a stream that is closed still counts")
		}
	}
}

// The server goes down at once, whoever follows what; they are not told that it is over,
// so that they come again.
func TestTheServerGoesDownWithStreamsOpen(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 12}, nil)
	f := r.subscribe(t, r.tokens[auth.RoleGP], `subscription { listsChanged { id } }`, nil)
	f.next(t)
	r.server.executor.EndStreams()
	r.server.executor.EndStreams()
	if last, end := f.over(t); last != nil || end != "" {
		t.Errorf("%q after %v", end, last)
	}
	if f := r.subscribe(t, r.tokens[auth.RoleGP], `subscription { listsChanged { id } }`, nil); f.status != http.StatusServiceUnavailable {
		t.Errorf("a new one: %d", f.status)
	}
}

func TestWithoutItsLedgerNoStreamGoesOn(t *testing.T) {
	t.Parallel()
	d := startDown(t, dbtest.SQLite(t))
	list := d.keepList(t, auth.RoleGP, "Mine", d.person.NHSNumber)
	f := d.subscribe(t, d.tokens[auth.RoleGP], listChanged, map[string]any{"l": list})
	f.next(t)
	d.refusing(t, true)
	if _, err := d.server.db.Write.DB.ExecContext(t.Context(), `UPDATE list SET version = version + 1, title = 'Changed' WHERE id = $1`, list); err != nil {
		t.Fatal(err)
	}
	if last, end := f.over(t); last.code() != "AUDIT_UNAVAILABLE" || last.at("data") != nil || end != "complete" {
		t.Errorf("%q after %v", end, last)
	}
	again := d.subscribe(t, d.tokens[auth.RoleGP], listChanged, map[string]any{"l": list})
	if last, _ := again.over(t); last.code() != "AUDIT_UNAVAILABLE" || last.at("data") != nil {
		t.Errorf("opened: %v", last)
	}
	d.refusing(t, false)
}

// One answer is a stream of one; a subscription is none without a stream.
func TestOperationsOverEvents(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 12}, nil)
	for name, c := range map[string]struct{ operation, code, holds string }{
		"a query":           {`{ me { name } }`, "", "data.me.name"},
		"a mutation":        {`mutation { createList(title: "x") { id } }`, "", "data.createList.id"},
		"nonsense":          {`{ nonsense }`, "GRAPHQL_VALIDATION_FAILED", ""},
		"no such list":      {`subscription { listChanged(id: "x") { id } }`, "LIST_NOT_FOUND", ""},
		"two roots":         {`subscription { listsChanged { id } b: listsChanged { id } }`, "GRAPHQL_VALIDATION_FAILED", ""},
		"its type only":     {`subscription { __typename }`, "GRAPHQL_VALIDATION_FAILED", ""},
		"nothing of it":     {`subscription { listsChanged @skip(if: true) { id } }`, "GRAPHQL_VALIDATION_FAILED", ""},
		"by fragments":      {`subscription { ...A ...A } fragment A on Subscription { listsChanged { id } ...B } fragment B on Subscription { b: listsChanged { id } }`, "GRAPHQL_VALIDATION_FAILED", ""},
		"an unknown change": {`subscription { nothing }`, "GRAPHQL_VALIDATION_FAILED", ""},
	} {
		last, end := r.subscribe(t, r.tokens[auth.RoleGP], c.operation, nil).over(t)
		if last.code() != c.code || c.holds != "" && last.text(c.holds) == "" || end != "complete" {
			t.Errorf("%s: %q %v", name, end, last)
		}
	}
	for _, role := range []auth.Role{auth.RolePrivacyOfficer, auth.RoleAdministrator} {
		if last, end := r.subscribe(t, r.tokens[role], `subscription { listsChanged { id } }`, nil).over(t); last.code() != "FORBIDDEN" || end != "complete" {
			t.Errorf("%s: %q %v", role, end, last)
		}
	}
	if f := r.subscribe(t, "wrong", `subscription { listsChanged { id } }`, nil); f.status != http.StatusUnauthorized {
		t.Errorf("nobody: %d", f.status)
	}
	if got := r.ask(t, auth.RoleGP, `subscription { listsChanged { id } }`, nil); got.code() != "NEEDS_STREAM" || got.at("data") != nil {
		t.Errorf("without a stream: %v", got)
	}
}
