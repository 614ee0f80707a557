package viewer_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/viewer"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// house is a store with a clock that tests move.
type house struct {
	*viewer.Store
	t   testing.TB
	ctx context.Context
	db  *migrations.DB
	at  time.Time
}

var secret = []byte(strings.Repeat("s", 32))

func build(t testing.TB, db *migrations.DB) *house {
	t.Helper()
	h := &house{t: t, ctx: context.Background(), db: db, at: time.Date(2026, 11, 24, 9, 10, 0, 0, time.UTC)}
	h.Store = viewer.New(db.Write, db.Read, secret, viewer.Keeping{RecentFor: viewer.DefaultRecentFor, LooksFor: viewer.DefaultLooksFor}, h.now)
	return h
}

func (h *house) now() time.Time      { return h.at }
func (h *house) add(d time.Duration) { h.at = h.at.Add(d) }

// Two users of one subject: they are two people.
var (
	ann   = viewer.User{Issuer: "local", Subject: "ann"}
	other = viewer.User{Issuer: "https://id.example", Subject: "ann"}
)

func (h *house) open(u viewer.User, patients ...string) {
	h.t.Helper()
	for _, p := range patients {
		if err := h.Opened(h.ctx, u, p); err != nil {
			h.t.Fatal(err)
		}
		h.add(time.Minute)
	}
}

func (h *house) recent(u viewer.User) []string {
	h.t.Helper()
	list, err := h.Recent(h.ctx, u)
	if err != nil {
		h.t.Fatal(err)
	}
	var ids []string
	for _, r := range list {
		ids = append(ids, r.Patient)
	}
	return ids
}

func names(o viewer.Order) []string {
	var out []string
	for _, p := range o {
		out = append(out, p.Name)
	}
	return out
}

func equal(t testing.TB, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
