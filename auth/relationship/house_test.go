package relationship_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/record"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// clock is a clock that tests move.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time      { return time.UnixMicro(c.at.Load()).UTC() }
func (c *clock) set(t time.Time)     { c.at.Store(t.UnixMicro()) }
func (c *clock) add(d time.Duration) { c.at.Add(d.Microseconds()) }

// house is a store, and other, a second server on the same database.
type house struct {
	*relationship.Store
	other  *relationship.Store
	t      testing.TB
	db     *migrations.DB
	ledger *audit.Ledger
	clock  *clock
}

func build(t testing.TB, db *migrations.DB) *house {
	t.Helper()
	c := &clock{}
	c.set(time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)) // the night the clocks go back
	ledger, err := audit.Open(context.Background(), db.Write, c.now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ledger.Close() })
	return &house{
		Store: relationship.New(db.Write, db.Read, ledger, c.now), other: relationship.New(db.Write, db.Read, ledger, c.now),
		t: t, db: db, ledger: ledger, clock: c,
	}
}

// session is of a user of an organisation who has just signed in.
func (h *house) session(subject, organisation string) *auth.Session {
	return &auth.Session{
		ID: "s-" + subject, Issuer: "local", Subject: subject, Name: "Dr " + subject, Role: auth.RoleHospitalDoctor,
		Organisation: record.Organisation{ODS: organisation, Name: "The " + organisation}, Purpose: auth.PurposeTreatment,
		Created: h.clock.now(), Expires: h.clock.now().Add(10 * time.Hour), Confirmed: h.clock.now(),
	}
}

func (h *house) standing(s *auth.Session, patient string) relationship.Standing {
	h.t.Helper()
	got, err := h.other.Standings(context.Background(), s, []string{patient})
	if err != nil || len(got) != 1 || got[0].Patient != patient {
		h.t.Fatalf("%+v %v", got, err)
	}
	return got[0]
}

// events are those after the first n.
func (h *house) events(after int) []audit.Event {
	h.t.Helper()
	events, err := h.ledger.Events(context.Background(), audit.Filter{After: int64(after), Limit: 1000})
	if err != nil {
		h.t.Fatal(err)
	}
	return events
}

// rows counts what the tables hold.
func (h *house) rows() (n int) {
	h.t.Helper()
	if err := h.db.Read.DB.QueryRow(`SELECT (SELECT COUNT(*) FROM relationship) + (SELECT COUNT(*) FROM relationship_break)
		+ (SELECT COUNT(*) FROM relationship_break WHERE ended IS NOT NULL)
		+ (SELECT COUNT(*) FROM relationship_objection) + (SELECT COUNT(*) FROM relationship_objection WHERE ended IS NOT NULL)`).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func isBad(err error) bool {
	var bad interface{ BadInput() bool }
	return errors.As(err, &bad) && bad.BadInput()
}

const (
	whyClaim = "She came in without an appointment"
	whyBreak = "Found unconscious, allergies must be known"
)

func (h *house) claim(s *auth.Session, patient string) relationship.Relationship {
	h.t.Helper()
	r, err := h.Claim(context.Background(), s, patient, "walk-in", whyClaim)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h *house) smash(s *auth.Session, patient string) relationship.BreakGlass {
	h.t.Helper()
	b, err := h.Break(context.Background(), s, patient, "patient-unconscious", whyBreak)
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

func (h *house) learn(rs ...relationship.Relationship) {
	h.t.Helper()
	if err := h.Learn(context.Background(), rs); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) found(patient, organisation string, kind relationship.Kind, evidence string, lasts time.Duration) relationship.Relationship {
	return relationship.Relationship{
		Patient: patient, Organisation: organisation, Kind: kind, Evidence: evidence,
		From: h.clock.now(), Until: h.clock.now().Add(lasts),
	}
}
