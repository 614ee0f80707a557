package views_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
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
	asked   []string          // cursors
	answer  func() string     // instead, if set and not ""
	before  func(page string) // of each answer
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
	r.asked, r.session = append(r.asked, after), auth.SessionFrom(ctx)
	before, answer := r.before, r.answer
	r.mu.Unlock()
	if before != nil {
		before(after)
	}
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if answer != nil {
		if text := answer(); text != "" {
			return json.RawMessage(text), nil, nil
		}
	}
	from := 0
	_, _ = fmt.Sscan(after, &from)
	var people []string
	for i := from; i < min(from+50, r.people); i++ {
		people = append(people, fmt.Sprintf(`{"patient":{"_id":"p%d","id":"p%[1]d","allergies":{"entries":[{"id":"a","criticality":"high"},{"id":"b","criticality":null}]},
			"_coverage_allergies":{"outcomes":[{"source":{"id":"gp"},"status":"ANSWERED"}],"withheldFields":[]}}}`, i))
	}
	next := "null"
	if from+50 < r.people {
		next = fmt.Sprintf(`"%d"`, from+50)
	}
	return json.RawMessage(`{"list":{"people":{"hidden":1,"unidentified":0,"next":` + next + `,"outcome":null,"people":[` + strings.Join(people, ",") + `]}}}`), nil, nil
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
	done := make(chan struct{})
	go func() { defer close(done); s.Work(ctx) }()
	return func() { cancel(); <-done }
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
