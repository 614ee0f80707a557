package views_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/views"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// region is a graph far away: a list of people, each with two allergies.
type region struct {
	mu      sync.Mutex
	people  int
	order   []int             // of the list, if set; people have the numbers of their places else
	version int               // of the list
	asked   []string          // cursors of pages of people
	answer  func() string     // instead, if set and not ""
	before  func(page string) // of each answer
	looked  func()            // before it is told who is on the list
	search  func(variables map[string]any) (string, string)
	opened  []string // by id
	session *auth.Session
	refuses atomic.Bool // policy lets nobody run views
	off     atomic.Bool // everybody is switched off
}

func (r *region) Run(ctx context.Context, operation, _ string, variables map[string]any) (json.RawMessage, []string, error) {
	if operation == "ScheduledView" {
		return json.RawMessage(fmt.Sprintf(`{"view":{"runnable":%t}}`, !r.refuses.Load())), nil, nil
	}
	after, _ := variables["after"].(string)
	r.mu.Lock()
	if _, listed := variables["list"]; listed && operation == "View" {
		r.asked = append(r.asked, after)
	}
	r.session = auth.SessionFrom(ctx)
	before, answer := r.before, r.answer
	r.mu.Unlock()
	if before != nil && operation == "View" {
		before(after)
	}
	if r.looked != nil && operation == "ViewAgain" {
		r.looked()
	}
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if answer != nil {
		if text := answer(); text != "" {
			return json.RawMessage(text), nil, nil
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case operation == "ViewSearch":
		text, problem := r.search(variables)
		if problem != "" {
			return json.RawMessage(text), []string{problem}, nil
		}
		return json.RawMessage(text), nil, nil
	case operation == "ViewList":
		return json.RawMessage(fmt.Sprintf(`{"list":{"version":%d}}`, r.version)), nil, nil
	case variables["list"] == nil:
		return r.byID(variables), nil, nil
	}
	return r.page(after), nil, nil
}

// page is one of the list. Its cursor is the last person and their place, as a list's is.
func (r *region) page(after string) json.RawMessage {
	order := r.order
	if order == nil {
		for i := range r.people {
			order = append(order, i)
		}
	}
	from, last := 0, -1
	if _, err := fmt.Sscanf(after, "%d after %d", &from, &last); err == nil {
		if at := slices.Index(order, last); at >= 0 && at < from {
			from = at + 1
		}
	}
	var people []string
	next := "null"
	for i := from; i < len(order); i++ {
		if len(people) == 50 {
			next = fmt.Sprintf(`"%d after %d"`, i, order[i-1])
			break
		}
		people = append(people, fmt.Sprintf(`{"patient":%s}`, personOf(order[i])))
	}
	return json.RawMessage(fmt.Sprintf(`{"list":{"version":%d,"people":{"hidden":1,"unidentified":0,"next":%s,"outcome":null,"people":[%s]}}}`, r.version, next, strings.Join(people, ",")))
}

// byID opens people by their ids (p0, p1 …) and by number; "nobody" opens nobody.
func (r *region) byID(variables map[string]any) json.RawMessage {
	people := map[string]json.RawMessage{}
	for name, id := range variables {
		var n int
		switch id := id.(type) {
		case string:
			r.opened = append(r.opened, id)
			people[name] = json.RawMessage("null")
			if _, err := fmt.Sscanf(id, "p%d", &n); err == nil {
				people[name] = json.RawMessage(personOf(n))
			}
		case []string:
			var found []string
			for _, number := range id {
				r.opened = append(r.opened, number)
				_, _ = fmt.Sscan(number, &n)
				found = append(found, fmt.Sprintf(`{"problem":null,"patient":%s}`, personOf(n)))
			}
			people["numbers"] = json.RawMessage("[" + strings.Join(found, ",") + "]")
		}
	}
	text, _ := json.Marshal(people)
	return text
}

func personOf(i int) string {
	return fmt.Sprintf(`{"_id":"p%d","id":"p%[1]d","allergies":{"entries":[{"id":"a","criticality":"high"},{"id":"b","criticality":null}]},
		"_coverage_allergies":{"verdict":"KNOWN","outcomes":[{"source":{"id":"gp"},"status":"ANSWERED"}],"withheldFields":[]}}`, i)
}

var fields = []views.Field{
	{Section: views.Patient, Path: "id", Coordinate: "Patient.id", Kind: "string"},
	{Section: "allergies", Path: "criticality", Coordinate: "Allergy.criticality", Kind: "string"},
	{Section: "allergies", Path: "date", Coordinate: "Allergy.date", Kind: "date"},
}

type house struct {
	*views.Store
	*clock
	t      *testing.T
	db     *migrations.DB
	ledger *audit.Ledger
	region *region
	// stopping is closed when work on runs begins to stop.
	stopping chan struct{}
}

var secret = []byte(strings.Repeat("s", 32))

func build(t *testing.T, db *migrations.DB, people int) *house {
	t.Helper()
	h := &house{clock: &clock{at: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)}, t: t, db: db, region: &region{people: people}}
	ledger, err := audit.Open(t.Context(), db.Write, h.now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ledger.Close() })
	h.ledger = ledger
	h.Store = h.server()
	return h
}

// server is one of several on the same database.
func (h *house) server() *views.Store {
	s := views.New(h.db.Write, h.db.Read, h.ledger, secret, h.now)
	s.Executor, s.Fields = h.region, fields
	s.Welcome = func(context.Context, *auth.Session) error {
		if h.region.off.Load() {
			return errOff
		}
		return nil
	}
	return s
}

// work lets a server work until the function that is given ends it.
func (h *house) work(s *views.Store) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done, stopping := make(chan struct{}), make(chan struct{})
	h.stopping = stopping
	go func() { defer close(done); s.Work(ctx) }()
	return func() { cancel(); close(stopping); <-done }
}

func as(subject string, role auth.Role) context.Context {
	return auth.WithSession(context.Background(), &auth.Session{
		Issuer: "local", Subject: subject, Name: "Somebody", Role: role, Purpose: role.Purpose(), Organisation: record.Organisation{ODS: "YZ901"},
	})
}

var (
	ann     = as("ann", auth.RoleGP)
	ben     = as("ben", auth.RoleGP)
	officer = as("officer", auth.RolePrivacyOfficer)
)

func body(change func(*views.Body)) views.Body {
	b := views.Body{Title: "Allergies", Purpose: auth.PurposeCareManagement, Columns: []views.Column{
		{Name: "person", Section: views.Patient, Field: "id"},
		{Name: "criticality", Section: "allergies", Field: "criticality", Take: views.Each},
	}}
	if change != nil {
		change(&b)
	}
	return b
}

func (h *house) save(ctx context.Context, b views.Body) *views.View {
	h.t.Helper()
	v, err := h.Save(ctx, "", 0, b)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// arrived waits until a run is where a test wants it.
func arrived(t *testing.T, there <-chan struct{}) {
	t.Helper()
	select {
	case <-there:
	case <-time.After(20 * time.Second):
		t.Fatal("the run does not get there")
	}
}

// ended waits until a run has ended.
func (h *house) ended(ctx context.Context, id string) *views.Run {
	h.t.Helper()
	waiting, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	h.Await(waiting, id)
	r, err := h.Run(ctx, id)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

var errOff = accounts.ErrOff
