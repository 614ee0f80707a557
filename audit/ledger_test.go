package audit_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

func at() time.Time { return time.Date(2026, 3, 29, 0, 59, 59, 123456000, time.UTC) }

func open(t testing.TB, db *migrations.DB) *audit.Ledger {
	t.Helper()
	l, err := audit.Open(context.Background(), db.Write, at, quiet)
	if err != nil {
		t.Fatal(err)
	}
	l.ReadFrom(db.Read)
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func sample(patient string) audit.Event {
	return audit.Event{
		RequestID: "req-1", Action: audit.ActionRead, Decision: audit.Permit,
		Actor: audit.Actor{
			Issuer: "https://login.example", Subject: "u-17", Name: "Dr A. Example", Role: "gp",
			Organisation: "A99001", OrganisationName: "Example Surgery", CareSetting: "general-practice",
		},
		Purpose: "TREAT", Client: "viewer", Device: "192.0.2.7", Patient: patient,
		Sources: []audit.SourceRead{
			{Source: "gp", LocalIDs: []string{"17"}, Section: "allergies", Status: "ANSWERED", Entries: 3},
			{Source: "hospital", LocalIDs: []string{"H-9", "H-10"}, Section: "allergies", Status: "TIMED_OUT"},
		},
		Fields:    []string{"Allergy.code", "Allergy.reaction", "Patient.allergies", "Patient.name"},
		Withheld:  []string{"R"},
		Operation: "full-record", OperationHash: "9f86d081884c7d65", Relationship: "registered GP practice", PolicyVersion: "3",
	}
}

func TestWhatWasRecordedIsThereAfterReopening(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		l := open(t, db)
		want := sample("p1")
		if err := l.Record(ctx, want, sample("p2")); err != nil {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if err := l.Record(ctx, want); !errors.Is(err, audit.ErrClosed) {
			t.Errorf("after closing: %v", err)
		}
		again := open(t, db)
		if err := again.Record(ctx, sample("p1")); err != nil {
			t.Fatal(err)
		}
		got, err := again.Events(ctx, audit.Filter{Patient: "p1"})
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 2 || got[0].Seq != 1 || got[1].Seq != 3 {
			t.Fatalf("got %+v", got)
		}
		want.Seq, want.Time = 1, at()
		if a, b := print(got[0]), print(want); a != b {
			t.Errorf("got  %s\nwant %s", a, b)
		}
		if n, err := again.Verify(ctx); err != nil || n != 3 {
			t.Errorf("verify: %d %v", n, err)
		}
	})
}

func TestFiltersAndPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		l := open(t, db)
		for i := range 25 {
			e := sample("p" + strconv.Itoa(i%2))
			e.Actor.Subject = "u" + strconv.Itoa(i%5)
			if err := l.Record(ctx, e); err != nil {
				t.Fatal(err)
			}
		}
		for name, c := range map[string]struct {
			f           audit.Filter
			n           int
			first, last int64
		}{
			"all":               {audit.Filter{}, 25, 1, 25},
			"a page":            {audit.Filter{Limit: 10}, 10, 1, 10},
			"the next page":     {audit.Filter{Limit: 10, After: 10}, 10, 11, 20},
			"a patient":         {audit.Filter{Patient: "p0"}, 13, 1, 25},
			"an actor":          {audit.Filter{Actor: "u1"}, 5, 2, 22},
			"both":              {audit.Filter{Patient: "p0", Actor: "u1"}, 2, 7, 17},
			"quoting is inert":  {audit.Filter{Patient: "p0' OR '1'='1"}, 0, 0, 0},
			"nobody":            {audit.Filter{Patient: "p9"}, 0, 0, 0},
			"NUL finds nothing": {audit.Filter{Actor: "u1\x00"}, 0, 0, 0},
		} {
			got, err := l.Events(ctx, c.f)
			if err != nil || len(got) != c.n {
				t.Errorf("%s: %d events, %v", name, len(got), err)
				continue
			}
			if c.n > 0 && (got[0].Seq != c.first || got[c.n-1].Seq != c.last) {
				t.Errorf("%s: %d to %d", name, got[0].Seq, got[c.n-1].Seq)
			}
		}
	})
}

func TestGaplessAndTogetherUnderLoad(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		l := open(t, db)
		const writers, calls, each = 64, 5, 3
		var group sync.WaitGroup
		for w := range writers {
			group.Go(func() {
				for c := range calls {
					events := make([]audit.Event, each)
					for i := range events {
						events[i] = sample("p")
						events[i].RequestID = strconv.Itoa(w) + "-" + strconv.Itoa(c)
					}
					if err := l.Record(ctx, events...); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		if n, err := l.Verify(ctx); err != nil || n != writers*calls*each {
			t.Fatalf("verify: %d %v", n, err)
		}
		got, err := l.Events(ctx, audit.Filter{Limit: audit.MaxLimit})
		if err != nil || len(got) != writers*calls*each {
			t.Fatal(len(got), err)
		}
		for i := 0; i < len(got); i += each {
			for k := range each {
				if got[i+k].RequestID != got[i].RequestID {
					t.Fatalf("the events of one call are apart at %d", got[i].Seq)
				}
			}
		}
	})
}

// TestTwoServersShareOneLedger: both append to one chain.
func TestTwoServersShareOneLedger(t *testing.T) {
	t.Parallel()
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := fresh(t)
			first := dbtest.Open(t, dsn)
			ledgers := []*audit.Ledger{open(t, first), open(t, dbtest.Open(t, dsn))}
			const n = 30
			var group sync.WaitGroup
			for _, l := range ledgers {
				group.Go(func() {
					for range n {
						if err := l.Record(context.Background(), sample("p")); err != nil {
							t.Error(err)
						}
					}
				})
			}
			group.Wait()
			if got, err := ledgers[0].Verify(context.Background()); err != nil || got != 2*n {
				t.Errorf("verify: %d %v", got, err)
			}
		})
	}
}

func TestTheLedgerOnlyGrows(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		l := open(t, db)
		if err := l.Record(ctx, sample("p"), sample("p")); err != nil {
			t.Fatal(err)
		}
		attempts := []string{
			`UPDATE audit_event SET body = '{}' WHERE seq = 1`,
			`DELETE FROM audit_event WHERE seq = 2`,
			`DELETE FROM audit_event`,
		}
		if db.Dialect == migrations.SQLite {
			attempts = append(attempts, `INSERT OR REPLACE INTO audit_event VALUES (1, 0, '', '', '', x'00', '{}')`,
				`REPLACE INTO audit_event VALUES (2, 0, '', '', '', x'00', '{}')`)
		} else {
			attempts = append(attempts, `TRUNCATE audit_event`,
				`INSERT INTO audit_event VALUES (1, 0, '', '', '', '\x00', '{}') ON CONFLICT (seq) DO UPDATE SET body = '{}'`)
		}
		for _, sql := range attempts {
			if _, err := db.Write.DB.Exec(sql); err == nil {
				t.Errorf("allowed: %s", sql)
			}
		}
		if n, err := l.Verify(ctx); err != nil || n != 2 {
			t.Errorf("verify: %d %v", n, err)
		}
	})
}

// TestTamperingIsFound: somebody with the database's own power drops the guards.
func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	for name, sql := range map[string]string{
		"changed":  `UPDATE audit_event SET subject = 'somebody else' WHERE seq = 2`,
		"removed":  `DELETE FROM audit_event WHERE seq = 2`,
		"inserted": `INSERT INTO audit_event SELECT 0, at, patient, subject, request_id, previous, body FROM audit_event WHERE seq = 1`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := dbtest.Open(t, dbtest.SQLite(t))
			l := open(t, db)
			if err := l.Record(context.Background(), sample("a"), sample("b"), sample("c")); err != nil {
				t.Fatal(err)
			}
			for _, trigger := range []string{"update", "delete", "replace"} {
				if _, err := db.Write.DB.Exec(`DROP TRIGGER audit_event_no_` + trigger); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := db.Write.DB.Exec(sql); err != nil {
				t.Fatal(err)
			}
			var broken *audit.BrokenError
			if _, err := l.Verify(context.Background()); !errors.As(err, &broken) {
				t.Errorf("not found: %v", err)
			}
		})
	}
}

func TestAFailureIsSaidAndHealsByItself(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		l := open(t, db)
		if err := l.Record(ctx, sample("before")); err != nil {
			t.Fatal(err)
		}
		rename := func(from, to string) {
			t.Helper()
			if _, err := db.Write.DB.Exec(`ALTER TABLE ` + from + ` RENAME TO ` + to); err != nil {
				t.Fatal(err)
			}
		}
		rename("audit_event", "away")
		if err := l.Record(ctx, sample("lost")); !errors.Is(err, audit.ErrUnavailable) {
			t.Fatalf("while it cannot be written: %v", err)
		}
		if err := l.Ready(); !errors.Is(err, audit.ErrUnavailable) {
			t.Fatalf("ready says %v", err)
		}
		if err := l.Record(ctx, sample("lost too")); !errors.Is(err, audit.ErrUnavailable) {
			t.Fatalf("while it is down: %v", err)
		}
		rename("away", "audit_event")
		limit := time.After(5 * time.Second)
		for tick := time.NewTicker(5 * time.Millisecond); l.Ready() != nil; {
			select {
			case <-tick.C:
			case <-limit:
				t.Fatal("it did not heal within 5 s")
			}
		}
		if err := l.Record(ctx, sample("after")); err != nil {
			t.Fatal(err)
		}
		got, err := l.Events(ctx, audit.Filter{})
		if err != nil || len(got) != 3 || got[1].Action != audit.ActionRestored || got[2].Patient != "after" {
			t.Fatalf("got %+v %v", got, err)
		}
		if n, err := l.Verify(ctx); err != nil || n != 3 {
			t.Errorf("verify: %d %v", n, err)
		}
	})
}

func TestSomebodyWhoWaitsNoLongerIsNotTold(t *testing.T) {
	t.Parallel()
	l := open(t, dbtest.Open(t, dbtest.SQLite(t)))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 50 {
		if err := l.Record(ctx, sample("p")); err != nil && !errors.Is(err, audit.ErrUnavailable) {
			t.Fatal(err)
		}
	}
	if _, err := l.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}
