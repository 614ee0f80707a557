package accounts_test

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
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/record"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// clock is a clock that tests move.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time      { return time.UnixMicro(c.at.Load()).UTC() }
func (c *clock) add(d time.Duration) { c.at.Add(d.Microseconds()) }

// house is the accounts, and other, a second server on the same database.
type house struct {
	*accounts.Accounts
	other  *accounts.Accounts
	users  *local.Users
	t      testing.TB
	db     *migrations.DB
	ledger *audit.Ledger
	clock  *clock
}

func build(t testing.TB, db *migrations.DB) *house {
	t.Helper()
	c := &clock{}
	c.at.Store(time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC).UnixMicro()) // the night the clocks go back
	ledger, err := audit.Open(context.Background(), db.Write, c.now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ledger.Close() })
	return &house{
		Accounts: accounts.New(db.Write, db.Read, ledger, c.now), other: accounts.New(db.Write, db.Read, ledger, c.now),
		users: local.New(db.Write, db.Read, ledger, c.now), t: t, db: db, ledger: ledger, clock: c,
	}
}

const riverside = "https://login.riverside.example"

func position(role auth.Role, ods string) auth.Position {
	return auth.Position{Role: role, Organisation: record.Organisation{ODS: ods, Name: "The " + ods}, CareSetting: "acute"}
}

// doctor is a hospital doctor as a provider has them.
func doctor(subject, name string) auth.Identity {
	return auth.Identity{
		Issuer: riverside, Subject: subject, Name: name, Identifiers: map[string]string{"gmc": "7000001", "email": "same@riverside.example"},
		Positions: []auth.Position{position(auth.RoleHospitalDoctor, "RRV01")},
	}
}

// in signs somebody in by a login.
func (h *house) in(login string, who auth.Identity) accounts.Account {
	h.t.Helper()
	account, err := h.Admit(context.Background(), login, who)
	if err != nil {
		h.t.Fatal(err)
	}
	return account
}

// administrator signs in as one by a login of their own and gives the context of their session.
func (h *house) administrator(subject, ods, login string) (context.Context, accounts.Account) {
	h.t.Helper()
	who := auth.Identity{Issuer: "https://" + login + ".example", Subject: subject, Name: "Ada " + subject, Positions: []auth.Position{position(auth.RoleAdministrator, ods)}}
	account := h.in(login, who)
	return auth.WithSession(context.Background(), &auth.Session{
		ID: "s-" + subject, Issuer: who.Issuer, Subject: subject, Name: who.Name, Role: auth.RoleAdministrator,
		Organisation: who.Positions[0].Organisation, Purpose: auth.PurposeOperations,
	}), account
}

func (h *house) off(ctx context.Context, kind accounts.Kind, what string) {
	h.t.Helper()
	if err := h.SwitchOff(ctx, kind, what, "It was stolen"); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) events() []audit.Event {
	h.t.Helper()
	events, err := h.ledger.Events(context.Background(), audit.Filter{Limit: 1000})
	if err != nil {
		h.t.Fatal(err)
	}
	return events
}

// count asks the tables themselves.
func (h *house) count(query string) (n int) {
	h.t.Helper()
	if err := h.db.Read.DB.QueryRow(query).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func isBad(err error) bool {
	var bad interface{ BadInput() bool }
	return errors.As(err, &bad) && bad.BadInput()
}

// refusedAs gives the code of a refusal; "" if it is none.
func refusedAs(err error) auth.RefusalCode {
	var refusal *auth.Refusal
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	return ""
}
