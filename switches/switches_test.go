package switches_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/switches"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// clinic is a system without anybody.
type clinic struct{}

func (clinic) Validate() []sources.Problem                               { return nil }
func (clinic) Open(context.Context, sources.Env) (sources.Source, error) { return clinic{}, nil }
func (clinic) Offers() []record.Section                                  { return []record.Section{record.Allergies} }
func (clinic) Close() error                                              { return nil }
func (clinic) Fetch(_ context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	for _, k := range keys {
		answer(k, sources.Result{})
	}
}

// server is one of several on a database.
type server struct {
	*switches.Store
	gp, pas *sources.System
	ledger  *audit.Ledger
}

var silent = slog.New(slog.NewTextHandler(io.Discard, nil))

func serve(t *testing.T, db *migrations.DB, ledger *audit.Ledger) *server {
	t.Helper()
	s := &server{ledger: ledger}
	for id, system := range map[string]**sources.System{"gp": &s.gp, "pas": &s.pas} {
		var err error
		if *system, err = sources.Open(t.Context(), clinic{}, sources.Settings{Origin: record.Origin{ID: id}}, sources.Env{}, nil); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = (*system).Close() })
	}
	var err error
	if s.Store, err = switches.Open(t.Context(), db.Write, db.Read, ledger, []*sources.System{s.gp, s.pas}, now, silent); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func ledgerOf(t *testing.T, db *migrations.DB) *audit.Ledger {
	t.Helper()
	ledger, err := audit.Open(t.Context(), db.Write, now, silent)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ledger.Close() })
	return ledger
}

func now() time.Time { return time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC) }

func administrator() context.Context {
	return auth.WithSession(context.Background(), &auth.Session{Issuer: "local", Subject: "ada", Name: "Ada", Role: auth.RoleAdministrator})
}

// within waits until it is so, at most a second.
func within(t *testing.T, what string, so func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for begun := time.Now(); !so(); <-tick.C {
		if time.Since(begun) > time.Second {
			t.Fatalf("not within a second: %s", what)
		}
	}
}

// TestASwitchIsInEffectEverywhere: at once on the server that switches, within a second on
// the others, from the first moment on one that starts, by the command line too; and nothing
// else is switched.
func TestASwitchIsInEffectEverywhere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ledger := ledgerOf(t, db)
		a, b := serve(t, db, ledger), serve(t, db, ledger)
		ctx := administrator()
		if a.gp.Off() != nil || b.gp.Off() != nil {
			t.Fatal("off already")
		}
		if err := a.Switch(ctx, "gp", true, "It answers about others"); err != nil {
			t.Fatal(err)
		}
		if off := a.gp.Off(); off == nil || !off.Since.Equal(now()) {
			t.Errorf("not off here: %+v", off)
		}
		within(t, "off there", func() bool { return b.gp.Off() != nil })
		if started := serve(t, db, ledger); started.gp.Off() == nil || started.pas.Off() != nil {
			t.Error("a server that starts asks it")
		}
		if a.pas.Off() != nil || b.pas.Off() != nil {
			t.Error("another is off too")
		}
		beside := switches.New(db.Write, db.Read, ledger, now)
		if err := beside.Switch(ctx, "gp", false, "It is mended"); err != nil {
			t.Fatal(err)
		}
		within(t, "on again", func() bool { return a.gp.Off() == nil && b.gp.Off() == nil })
	})
}

func TestASwitchIsInTheLedgerWithWhoAndWhy(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		s := serve(t, db, ledgerOf(t, db))
		for range 2 { // what is so already is no event
			if err := s.Switch(administrator(), "gp", true, "  It answers\nabout others "); err != nil {
				t.Fatal(err)
			}
		}
		states, err := s.States(t.Context())
		want := switches.State{Source: "gp", Off: true, At: now(), Maker: "Ada", Reason: "It answers about others"}
		if err != nil || len(states) != 1 || states["gp"] != want {
			t.Errorf("%+v %v", states, err)
		}
		if err := s.Switch(administrator(), "gp", false, "It is mended"); err != nil {
			t.Fatal(err)
		}
		if states, err := s.States(t.Context()); err != nil || states["gp"].Off || states["gp"].Reason != "It is mended" {
			t.Errorf("%+v %v", states, err)
		}
		events, err := s.ledger.Events(t.Context(), audit.Filter{Limit: 10})
		if err != nil || len(events) != 2 {
			t.Fatalf("%+v %v", events, err)
		}
		for _, e := range events {
			if e.Action != audit.ActionAccess || e.Decision != audit.Permit || e.Target != "source:gp" || e.Actor.Name != "Ada" || e.Actor.Role != "administrator" ||
				e.Reason != "switch off: It answers about others" && e.Reason != "switch on: It is mended" {
				t.Errorf("%+v", e)
			}
		}
	})
}

// TestWhatIsRefusedSwitchesNothing (hazard H-15): also without the ledger.
func TestWhatIsRefusedSwitchesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		s := serve(t, db, ledgerOf(t, db))
		if err := s.Switch(context.Background(), "gp", true, "It answers about others"); !errors.Is(err, switches.ErrNobody) {
			t.Errorf("nobody: %v", err)
		}
		for _, reason := range []string{"", "gone", "\u202eabcdef", "a\x00bcdef", strings.Repeat("x", 501)} {
			var input *accounts.InputError
			if err := s.Switch(administrator(), "gp", true, reason); !errors.As(err, &input) {
				t.Errorf("%q: %v", reason, err)
			}
		}
		if err := s.ledger.Close(); err != nil {
			t.Fatal(err)
		}
		if err := s.Switch(administrator(), "gp", true, "It answers about others"); err == nil {
			t.Error("without the ledger")
		}
		if states, err := s.States(t.Context()); err != nil || len(states) != 0 || s.gp.Off() != nil {
			t.Errorf("%+v %v", states, err)
		}
	})
}
