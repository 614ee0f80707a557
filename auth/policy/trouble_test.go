package policy_test

import (
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// Without the ledger no policy changes (hazard H-15).
func TestWithoutTheLedgerNothingChanges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		s := h.open()
		if err := h.ledger.Close(); err != nil {
			t.Fatal(err)
		}
		_, imported := s.Import(h.ctx, h.admin, builtIn(t), why)
		for what, err := range map[string]error{
			"put": s.Put(h.ctx, h.admin, 1, blind(), why), "remove": s.Remove(h.ctx, h.admin, 1, "paramedics-read-for-emergencies", why),
			"restore": s.Restore(h.ctx, h.admin, 1, 1, why), "import": imported,
		} {
			if !errors.Is(err, audit.ErrClosed) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if h.count("policy_version") != 1 || !sees(s) {
			t.Error("something was changed")
		}
	})
}

// A server that cannot read the policies goes on for five seconds, refuses everything
// then, says so once, and recovers by itself.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		var log said
		s, err := policy.Open(h.ctx, db.Write, db.Read, h.ledger, classes(t), builtIn(t), h.now, slog.New(slog.NewJSONHandler(&log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		rename := func(from, to string) {
			if _, err := db.Write.DB.ExecContext(h.ctx, "ALTER TABLE "+from+" RENAME TO "+to); err != nil {
				t.Fatal(err)
			}
		}
		rename("policy_version", "policy_away")
		took := until(t, 7*time.Second, "everything refused", func() bool { return !sees(s) })
		if took < 4*time.Second {
			t.Errorf("refused after %v: a hiccup of the database must not stop care (H-05)", took)
		}
		if admits(s, h.admin) || s.Guard.Current().Version != "none" {
			t.Error("a server that cannot read its policies still decides")
		}
		if err := s.Put(h.ctx, h.admin, 1, blind(), why); err == nil {
			t.Error("changed without the table")
		}
		rename("policy_away", "policy_version")
		back := until(t, 3*time.Second, "recovered", func() bool { return sees(s) })
		if n := strings.Count(log.String(), "\n"); n != 1 || !strings.Contains(log.String(), "everything is refused until they can") {
			t.Errorf("%d lines of log: %s", n, log.String())
		}
		t.Logf("refused after %v, back after %v", took, back)
	})
}

// said is a log that may be read while it is written.
type said struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// A stored version that cannot be read, or that this program does not understand, never
// decides; an import replaces it.
func TestUnreadableDocument(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		for name, document := range map[string]string{
			"no JSON": "{", "no policies": "[]", "a later program's": `[{"id":"a","effect":"allow","roles":["wizard"],"actions":["read"],"resources":["record:allergies"]}]`,
			"another schema": `[{"id":"a","effect":"allow","roles":["gp"],"actions":["read"],"resources":["record:spells"]}]`,
		} {
			t.Run(name, func(t *testing.T) {
				h := build(t, db)
				s := h.open()
				newest, _, err := s.At(h.ctx, 0)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := db.Write.DB.ExecContext(h.ctx, `INSERT INTO policy_version (version, at, issuer, subject, name, reason, document) VALUES ($1, 0, '', '', '', '', $2)`, newest.Version+1, document); err != nil {
					t.Fatal(err)
				}
				if _, err := policy.Open(h.ctx, db.Write, db.Read, h.ledger, classes(t), builtIn(t), h.now, slog.New(slog.DiscardHandler)); err == nil {
					t.Error("a server starts on it")
				}
				version, err := policy.New(db.Write, db.Read, h.ledger, classes(t), h.now).Import(h.ctx, h.admin, builtIn(t), why)
				if err != nil || version != newest.Version+2 {
					t.Fatalf("import made version %d: %v", version, err)
				}
				if again := h.open(); !sees(again) {
					t.Error("and is not mended by the import")
				}
			})
		}
	})
}
