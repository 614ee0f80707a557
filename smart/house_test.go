package smart_test

import (
	"context"
	"io"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/smart"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// clock is the machine's clock, as fosite has no other, and what a test adds to it.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())).UTC() }

// house is the registry and the store, and other, those of a second server.
type house struct {
	*smart.Store
	other  *smart.Store
	t      testing.TB
	db     *migrations.DB
	ledger *audit.Ledger
	clock  *clock
	admin  context.Context
}

func build(t testing.TB, db *migrations.DB) *house {
	t.Helper()
	c := &clock{}
	ledger, err := audit.Open(context.Background(), db.Write, c.now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ledger.Close() })
	admin := auth.WithSession(context.Background(), &auth.Session{
		ID: "s-ada", Issuer: "https://riverside.example", Subject: "ada", Name: "Ada Lovelace", Role: auth.RoleAdministrator, Purpose: auth.PurposeOperations,
	})
	return &house{
		Store: smart.NewStore(smart.NewClients(db.Write, db.Read, ledger, c.now)), other: smart.NewStore(smart.NewClients(db.Write, db.Read, ledger, c.now)),
		t: t, db: db, ledger: ledger, clock: c, admin: admin,
	}
}

const callback = "https://app.example/callback"

// app is a public app that may be granted what apps usually are.
func app() smart.Client {
	return smart.Client{
		Name: "Growth charts", Method: smart.Public, RedirectURIs: []string{callback}, LaunchURL: "https://app.example/launch",
		Scopes: []string{"openid", "fhirUser", "launch", "launch/patient", "offline_access", "patient/*.rs"},
	}
}

// approved registers a client and approves it.
func (h *house) approved(c smart.Client) (*smart.Client, string) {
	h.t.Helper()
	made, secret, err := h.Propose(h.admin, c)
	if err == nil {
		err = h.Approve(h.admin, made.ID)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return made, secret
}

func (h *house) exec(query string, args ...any) {
	h.t.Helper()
	if _, err := h.db.Write.Exec(query, args...); err != nil {
		h.t.Fatal(err)
	}
}
