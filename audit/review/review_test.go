package review_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata" // the region's clock, wherever the tests run

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/migrations"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// noon of a Wednesday in winter, when London is UTC.
var noon = time.Date(2026, 1, 14, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

func london(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// room is a ledger and a queue on one database.
type room struct {
	*review.Queue
	ledger *audit.Ledger
	db     *migrations.DB
}

func open(t testing.TB, db *migrations.DB) *room {
	t.Helper()
	l, err := audit.Open(context.Background(), db.Write, clock, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	l.ReadFrom(db.Read)
	t.Cleanup(func() { _ = l.Close() })
	return &room{queue(t, db, l), l, db}
}

func queue(t testing.TB, db *migrations.DB, l *audit.Ledger) *review.Queue {
	q := review.New(db.Write, db.Read, l, clock)
	q.Zone = london(t)
	return q
}

func (r *room) record(t testing.TB, events ...audit.Event) {
	t.Helper()
	if err := r.ledger.Record(context.Background(), events...); err != nil {
		t.Fatal(err)
	}
}

func (r *room) catchUp(t testing.TB) {
	t.Helper()
	if err := r.CatchUp(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// all lists the queue, oldest first, one line for each item. Of the same moment, in the
// order of the text.
func all(t testing.TB, q *review.Queue) (lines []string) {
	t.Helper()
	type line struct {
		opened time.Time
		text   string
	}
	var found []line
	for f := (review.Filter{Limit: 3}); ; {
		items, more, err := q.Items(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range items {
			found = append(found, line{i.Opened, fmt.Sprintf("%s by %s on %q: seq %d, %d events", i.Kind, i.Actor.Subject, i.Patient, i.Seq, i.Events)})
		}
		if !more {
			break
		}
		f.Before = items[len(items)-1].ID
	}
	slices.SortFunc(found, func(a, b line) int { return cmp.Or(a.opened.Compare(b.opened), strings.Compare(a.text, b.text)) })
	for _, l := range found {
		lines = append(lines, l.text)
	}
	return lines
}

func expect(t testing.TB, q *review.Queue, want ...string) {
	t.Helper()
	if got := all(t, q); !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// did is an event of a GP's, a while after noon.
func did(action, subject, patient string, after time.Duration) audit.Event {
	return audit.Event{
		Time: noon.Add(after), Action: action, Decision: audit.Permit, Patient: patient, Purpose: "TREAT",
		Actor: audit.Actor{Issuer: "https://login.example", Subject: subject, Name: "Dr " + subject, Role: "gp", Organisation: "A99001"},
	}
}

func flagged(e audit.Event, flags ...string) audit.Event {
	e.Flags = flags
	return e
}

func officer(subject string) audit.Event {
	return audit.Event{RequestID: "req-" + subject, Device: "192.0.2.9", Actor: audit.Actor{
		Issuer: "https://login.example", Subject: subject, Name: "Officer " + subject, Role: "privacy-officer", Organisation: "A99001",
	}}
}

// bell counts alerts by patient.
type bell struct {
	mu   sync.Mutex
	rung map[string]int
}

func (b *bell) ring(i review.Item) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung == nil {
		b.rung = map[string]int{}
	}
	b.rung[i.Patient]++
}
