package stages_test

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
	"github.com/patchworkcare/patchwork/stages"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

var silent = slog.New(slog.NewTextHandler(io.Discard, nil))

func now() time.Time { return time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC) }

var configured = []record.StageRule{{Source: "gp", Stage: record.Live}, {Source: "lab", Stage: record.Shadow}}

// serve is one server of several on a database.
func serve(t *testing.T, db *migrations.DB, ledger *audit.Ledger) *stages.Store {
	t.Helper()
	s, err := stages.Open(t.Context(), db.Write, db.Read, ledger, configured, now, silent)
	if err != nil {
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

func administrator() context.Context {
	return auth.WithSession(context.Background(), &auth.Session{Issuer: "local", Subject: "ada", Name: "Ada", Role: auth.RoleAdministrator})
}

// within waits until it is so, at most a second, and gives how long it took.
func within(t *testing.T, what string, so func() bool) time.Duration {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	begun := time.Now()
	for ; !so(); <-tick.C {
		if time.Since(begun) > time.Second {
			t.Fatalf("not within a second: %s", what)
		}
	}
	return time.Since(begun)
}

// TestAStageIsInEffectEverywhere: at once on the server that changes it, within a second on
// the others, from the first moment on one that starts, by the command line too; what was
// told is told again, and nothing else is changed.
func TestAStageIsInEffectEverywhere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ledger := ledgerOf(t, db)
		a, b := serve(t, db, ledger), serve(t, db, ledger)
		told := make(chan *record.Stages, 8)
		b.Tell(func(s *record.Stages) { told <- s })
		if s := <-told; s.Of("lab", "results", "A11") != record.Shadow || s.Of("gp", "results", "A11") != record.Live {
			t.Fatal("not as the configuration says")
		}
		live := record.StageRule{Source: "lab", Section: "results", Organisation: "A11", Stage: record.Live}
		if err := a.Set(administrator(), live, "Signed off by the board"); err != nil {
			t.Fatal(err)
		}
		if a.Current().Of("lab", "results", "A11") != record.Live {
			t.Error("not in effect here")
		}
		took := within(t, "in effect there", func() bool { return b.Current().Of("lab", "results", "A11") == record.Live })
		t.Logf("in effect on another server after %v", took.Round(time.Millisecond))
		if s := <-told; s.Of("lab", "results", "A11") != record.Live {
			t.Error("not told")
		}
		if started := serve(t, db, ledger); started.Current().Of("lab", "results", "A11") != record.Live {
			t.Error("a server that starts does not know")
		}
		for _, s := range []*stages.Store{a, b} {
			if s.Current().Of("lab", "results", "B22") != record.Shadow || s.Current().Of("lab", "problems", "A11") != record.Shadow || s.Current().Of("gp", "results", "A11") != record.Live {
				t.Error("another was changed too")
			}
		}
		beside, none := stages.New(db.Write, db.Read, ledger, now), live
		none.Stage = ""
		if err := beside.Set(administrator(), none, "It was too early"); err != nil {
			t.Fatal(err)
		}
		within(t, "taken away", func() bool {
			return a.Current().Of("lab", "results", "A11") == record.Shadow && b.Current().Of("lab", "results", "A11") == record.Shadow
		})
	})
}

func TestAStageIsInTheLedgerWithWhoAndWhy(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ledger := ledgerOf(t, db)
		s := serve(t, db, ledger)
		rule := record.StageRule{Source: "lab", Section: "results", Stage: record.ClinicalSafety}
		for range 2 { // what is so already is no event
			if err := s.Set(administrator(), rule, "  The numbers\nare good "); err != nil {
				t.Fatal(err)
			}
		}
		states, err := s.States(t.Context())
		want := stages.State{StageRule: rule, At: now(), Maker: "Ada", Reason: "The numbers are good"}
		if err != nil || len(states) != 1 || states[0] != want {
			t.Errorf("%+v %v", states, err)
		}
		rule.Stage = ""
		if err := s.Set(administrator(), rule, "It was too early"); err != nil {
			t.Fatal(err)
		}
		if states, err := s.States(t.Context()); err != nil || len(states) != 0 {
			t.Errorf("%+v %v", states, err)
		}
		events, err := ledger.Events(t.Context(), audit.Filter{Limit: 10})
		if err != nil || len(events) != 2 {
			t.Fatalf("%+v %v", events, err)
		}
		for _, e := range events {
			if e.Action != audit.ActionAccess || e.Decision != audit.Permit || e.Target != "source:lab" || e.Actor.Name != "Ada" || e.Actor.Role != "administrator" ||
				e.Reason != "stage of results for everybody from none of its own to clinical-safety: The numbers are good" &&
					e.Reason != "stage of results for everybody from clinical-safety to none of its own: It was too early" {
				t.Errorf("%+v", e)
			}
		}
	})
}

// TestWhatIsRefusedChangesNothing (hazard H-15): also without the ledger.
func TestWhatIsRefusedChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ledger := ledgerOf(t, db)
		s := serve(t, db, ledger)
		rule := record.StageRule{Source: "lab", Stage: record.Live}
		if err := s.Set(context.Background(), rule, "Signed off by the board"); !errors.Is(err, stages.ErrNobody) {
			t.Errorf("nobody: %v", err)
		}
		for _, reason := range []string{"", "gone", "\u202eabcdef", "a\x00bcdef", strings.Repeat("x", 501)} {
			var input *accounts.InputError
			if err := s.Set(administrator(), rule, reason); !errors.As(err, &input) {
				t.Errorf("%q: %v", reason, err)
			}
		}
		if err := s.Set(administrator(), record.StageRule{Source: "lab", Stage: "alive"}, "Signed off by the board"); err == nil {
			t.Error("a stage that there is not")
		}
		if err := ledger.Close(); err != nil {
			t.Fatal(err)
		}
		if err := s.Set(administrator(), rule, "Signed off by the board"); err == nil {
			t.Error("without the ledger")
		}
		if states, err := s.States(t.Context()); err != nil || len(states) != 0 || s.Current().Of("lab", "results", "") != record.Shadow {
			t.Errorf("%+v %v", states, err)
		}
	})
}
