package lists_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/lists"
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
	*lists.Store
	other  *lists.Store
	t      testing.TB
	ctx    context.Context
	db     *migrations.DB
	ledger *audit.Ledger
	clock  *clock
}

func build(t testing.TB, db *migrations.DB) *house {
	t.Helper()
	c := &clock{}
	c.set(time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)) // the night the clocks go back
	ledger, err := audit.Open(context.Background(), db.Write, c.now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ledger.Close() })
	ledger.ReadFrom(db.Read)
	h := &house{
		Store: lists.New(db.Write, db.Read, ledger, c.now), other: lists.New(db.Write, db.Read, ledger, c.now),
		t: t, ctx: context.Background(), db: db, ledger: ledger, clock: c,
	}
	t.Cleanup(h.Close)
	t.Cleanup(h.other.Close)
	return h
}

// caller is a nurse of an organisation.
func caller(subject, organisation string) lists.Caller {
	return lists.Caller{
		User: lists.User{Issuer: "local", Subject: subject}, Name: "Nurse " + subject, Role: auth.RoleHospitalNurse,
		Organisation: record.Organisation{ODS: organisation, Name: "The " + organisation},
	}
}

var (
	ann  = caller("ann", "RXX")
	bob  = caller("bob", "RXX")
	cleo = caller("cleo", "RYY")
)

func (h *house) make(c lists.Caller, title string, patients ...string) lists.List {
	h.t.Helper()
	l, err := h.Create(h.ctx, c, lists.Draft{Title: title})
	if err != nil {
		h.t.Fatal(err)
	}
	if len(patients) == 0 {
		return l
	}
	return h.put(c, l.ID, patients...)
}

func (h *house) put(c lists.Caller, id string, patients ...string) (l lists.List) {
	h.t.Helper()
	var err error
	for part := range slices.Chunk(patients, lists.MaxAtOnce) {
		if _, _, l, err = h.Add(h.ctx, c, id, items(part...)); err != nil {
			h.t.Fatal(err)
		}
	}
	return l
}

func items(patients ...string) (out []lists.Item) {
	for _, p := range patients {
		out = append(out, lists.Item{Patient: p})
	}
	return out
}

// order is who is on a list, read in pages by the other server.
func (h *house) order(c lists.Caller, id string) (order []string) {
	h.t.Helper()
	for next := ""; ; {
		page, after, err := h.other.Items(h.ctx, c, id, 7, next)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, i := range page {
			order = append(order, i.Patient)
		}
		if next = after; next == "" {
			return order
		}
	}
}

func (h *house) get(c lists.Caller, id string) lists.List {
	h.t.Helper()
	l, err := h.other.Get(h.ctx, c, id)
	if err != nil {
		h.t.Fatal(err)
	}
	return l
}

// events are those of the ledger after the first n.
func (h *house) events(after int64) []audit.Event {
	h.t.Helper()
	events, err := h.ledger.Events(h.ctx, audit.Filter{After: after, Limit: 1000})
	if err != nil {
		h.t.Fatal(err)
	}
	return events
}

func (h *house) count(query string, args ...any) (n int) {
	h.t.Helper()
	if err := h.db.Read.DB.QueryRow(query, args...).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func isBad(err error) bool {
	var bad interface{ BadInput() bool }
	return errors.As(err, &bad) && bad.BadInput()
}
