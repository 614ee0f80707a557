package audit_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// byHand is a notary that seals only when it is asked, so that a test decides when.
const byHand = time.Hour

func notaryIn(dir string) audit.NotaryConfig {
	return audit.NotaryConfig{Key: filepath.Join(dir, "key"), Witness: filepath.Join(dir, "witness"), Every: byHand}
}

func openNotary(t testing.TB, l *audit.Ledger, c audit.NotaryConfig) *audit.Notary {
	t.Helper()
	n, err := audit.OpenNotary(context.Background(), l, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	return n
}

func recordSome(t testing.TB, l *audit.Ledger, n int) {
	t.Helper()
	for range n {
		if err := l.Record(context.Background(), sample("p")); err != nil {
			t.Fatal(err)
		}
	}
}

func seal(t testing.TB, n *audit.Notary) {
	t.Helper()
	if err := n.Seal(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// whole verifies against everything and gives the report.
func whole(t testing.TB, db *migrations.DB, c audit.NotaryConfig) audit.Report {
	t.Helper()
	r, err := audit.Verify(context.Background(), db.Read, evidence(t, c))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func evidence(t testing.TB, c audit.NotaryConfig) audit.Evidence {
	t.Helper()
	key, err := audit.ReadKey(c.Key)
	if err != nil {
		t.Fatal(err)
	}
	return audit.Evidence{Key: key, Witness: c.Witness}
}

// TestEveryEventIsProved: with the proof, the event and the public key alone; and the
// ledger of every older checkpoint is the beginning of the newest.
func TestEveryEventIsProved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		l, c := open(t, db), notaryIn(t.TempDir())
		n := openNotary(t, l, c)
		for range 5 {
			recordSome(t, l, 3)
			seal(t, n)
		}
		recordSome(t, l, 1)
		public := evidence(t, c).Key.Public
		for seq := int64(1); seq <= 15; seq++ {
			p, err := audit.Prove(ctx, db.Read, seq)
			if err != nil || p.Check(public) != nil {
				t.Fatalf("event %d: %v %v", seq, err, p.Check(public))
			}
			p.Event[len(p.Event)-1] ^= 1
			var broken *audit.BrokenError
			if err := p.Check(public); !errors.As(err, &broken) || broken.Seq != seq {
				t.Errorf("another event is proved at %d: %v", seq, err)
			}
			p.Event[len(p.Event)-1] ^= 1
			p.Seq = seq%15 + 1
			if p.Check(public) == nil {
				t.Errorf("event %d is proved at place %d", seq, p.Seq)
			}
		}
		for _, seq := range []int64{-1, 0, 16, 17} {
			if _, err := audit.Prove(ctx, db.Read, seq); !errors.Is(err, audit.ErrNotSealed) {
				t.Errorf("event %d: %v", seq, err)
			}
		}
		for older := int64(3); older <= 15; older += 3 {
			for newer := older; newer <= 15; newer += 3 {
				g, err := audit.ProveGrowth(ctx, db.Read, older, newer)
				if err != nil || g.Check(public) != nil {
					t.Errorf("from %d to %d: %v %v", older, newer, err, g.Check(public))
				}
				if newer > older {
					if g.Old, g.New = g.New, g.Old; g.Check(public) == nil {
						t.Errorf("it shrank from %d to %d", newer, older)
					}
				}
			}
		}
		if g, err := audit.ProveGrowth(ctx, db.Read, 0, 0); err != nil || g.Check(public) != nil {
			t.Errorf("from the oldest to the newest: %v", err)
		}
		other, err := audit.OpenKey(filepath.Join(t.TempDir(), "other"))
		if err != nil {
			t.Fatal(err)
		}
		if p, err := audit.Prove(ctx, db.Read, 1); err != nil || p.Check(other.Public) == nil {
			t.Errorf("it is proved with another ledger's key: %v", err)
		}
	})
}

// TestANotaryGoesOn: after a clean stop, after one that could seal nothing, and with a
// witness whose end was torn.
func TestANotaryGoesOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		l, c := open(t, db), notaryIn(t.TempDir())
		total := int64(0)
		for round := range 6 {
			n := openNotary(t, l, c)
			recordSome(t, l, 7)
			total += 7
			if err := n.Close(); err != nil {
				t.Fatal(err)
			}
			if r := whole(t, db, c); r.Events != total || r.Sealed != total || r.Witnessed != total {
				t.Fatalf("round %d: %+v, want %d", round, r, total)
			}
			recordSome(t, l, round) // by somebody without a notary
			total += int64(round)
			tear(t, c.Witness, round)
			if r := whole(t, db, c); r.Events != total {
				t.Fatalf("round %d with a torn witness: %+v", round, r)
			}
		}
		n := openNotary(t, l, c)
		seal(t, n)
		if r := whole(t, db, c); r.Witnessed != total || r.WitnessCheckpoints < 2 {
			t.Errorf("in the end: %+v, want %d", r, total)
		}
	})
}

// tear leaves the witness as a crash might.
func tear(t *testing.T, path string, how int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch how % 6 {
	case 1:
		text = text[:len(text)-1] // the last line has no end
	case 2:
		text = text[:len(text)-150] // in the middle of the checkpoint
	case 3:
		text = append(text, "23 AbCd"...)
	case 4:
		text = append(text, make([]byte, 100_000)...) // the file's length reached the disk, its end did not
	case 5:
		text = text[:len(text)/2]
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestAWitnessThatCannotBeWrittenCatchesUp: nothing waits for it, and afterwards it has
// everything.
func TestAWitnessThatCannotBeWrittenCatchesUp(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		l, c := open(t, db), notaryIn(t.TempDir())
		c.Witness = filepath.Join(filepath.Dir(c.Key), "away", "witness")
		n := openNotary(t, l, c)
		recordSome(t, l, 5)
		if err := n.Seal(context.Background()); err == nil || n.Err() == nil {
			t.Fatal("nobody says that the witness cannot be written")
		}
		if n.Size() != 5 || l.Ready() != nil {
			t.Fatalf("the ledger waits for the witness: %d %v", n.Size(), l.Ready())
		}
		recordSome(t, l, 5)
		if err := os.Mkdir(filepath.Dir(c.Witness), 0o700); err != nil {
			t.Fatal(err)
		}
		seal(t, n)
		if r := whole(t, db, c); r.Witnessed != 10 || n.Err() != nil {
			t.Errorf("after it healed: %+v %v", r, n.Err())
		}
	})
}

// TestARolledBackDatabaseIsRefused: the witness knows more than an earlier copy of the
// database, and a longer database than the witness may still be another one.
func TestARolledBackDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := notaryIn(dir)
	file := filepath.Join(dir, "patchwork.db")
	begin := func() (*audit.Ledger, *migrations.DB) {
		db := dbtest.Open(t, "sqlite:"+file)
		return open(t, db), db
	}
	record := func(n int) {
		l, db := begin()
		notary := openNotary(t, l, c)
		recordSome(t, l, n)
		_, _, _ = notary.Close(), l.Close(), db.Close()
	}
	record(5)
	backup := read(t, file)
	record(5)
	write(t, file, backup)
	l, db := begin()
	var broken *audit.BrokenError
	if _, err := audit.OpenNotary(context.Background(), l, c); !errors.As(err, &broken) || broken.Seq != 6 {
		t.Fatalf("an earlier copy was taken: %v", err)
	}
	_, _ = l.Close(), db.Close()

	// The witness is away while somebody lets the earlier copy grow beyond it.
	seen := read(t, c.Witness)
	if err := os.Remove(c.Witness); err != nil {
		t.Fatal(err)
	}
	record(12)
	write(t, c.Witness, seen)
	l, db = begin()
	if _, err := audit.OpenNotary(context.Background(), l, c); !errors.As(err, &broken) {
		t.Fatalf("another history was taken: %v", err)
	}
	if _, err := audit.Verify(context.Background(), db.Read, evidence(t, c)); !errors.As(err, &broken) || broken.Seq != 6 {
		t.Errorf("verify names %v, want 6", err)
	}
	events, err := l.Events(context.Background(), audit.Filter{})
	if err != nil || len(events) != 18 || events[5].Action != audit.ActionWitness {
		t.Errorf("the ledger does not say that its witness was away: %d %v", len(events), err)
	}
}

// TestAnotherKeyIsRefused, unless the old public key stands below the new one.
func TestAnotherKeyIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		dir := t.TempDir()
		l, c := open(t, db), notaryIn(dir)
		n := openNotary(t, l, c)
		recordSome(t, l, 3)
		seal(t, n)
		_ = n.Close()
		old := evidence(t, c).Key.Public
		other := c
		other.Key = filepath.Join(dir, "other")
		if _, err := audit.OpenNotary(context.Background(), l, other); err == nil || !strings.Contains(err.Error(), "same audit key") {
			t.Fatalf("another key was taken: %v", err)
		}
		write(t, other.Key, append(read(t, other.Key), old+"\n"...))
		n = openNotary(t, l, other)
		recordSome(t, l, 3)
		seal(t, n)
		if r := whole(t, db, other); r.Checkpoints < 2 || r.Sealed != 6 {
			t.Errorf("with two keys: %+v", r)
		}
	})
}

// TestTwoNotariesOnOneLedger: the hashes are the same, whoever is first; each has a
// witness of its own, and each witness knows everything.
func TestTwoNotariesOnOneLedger(t *testing.T) {
	t.Parallel()
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn, dir := fresh(t), t.TempDir()
			var group sync.WaitGroup
			var configs []audit.NotaryConfig
			var notaries []*audit.Notary
			var ledgers []*audit.Ledger
			for i := range 2 {
				c := notaryIn(dir)
				c.Witness, c.Every = filepath.Join(dir, "witness"+string(rune('a'+i))), time.Millisecond
				l := open(t, dbtest.Open(t, dsn))
				configs, notaries = append(configs, c), append(notaries, openNotary(t, l, c))
				ledgers = append(ledgers, l)
			}
			for _, l := range ledgers {
				group.Go(func() { recordSome(t, l, 60) })
			}
			group.Wait()
			for _, n := range notaries {
				if err := n.Close(); err != nil {
					t.Error(err)
				}
				seal(t, n) // whatever the other's last ones were
				_ = n.Close()
			}
			for _, c := range configs {
				if r := whole(t, dbtest.Open(t, dsn), c); r.Events != 120 || r.Witnessed != 120 || r.Sealed != 120 {
					t.Errorf("%+v", r)
				}
			}
		})
	}
}

// TestAWitnessHasOneWriter: a second server waits for the first to let go of it.
func TestAWitnessHasOneWriter(t *testing.T) {
	t.Parallel()
	dsn := dbtest.SQLite(t)
	c := notaryIn(t.TempDir())
	first, second := open(t, dbtest.Open(t, dsn)), open(t, dbtest.Open(t, dsn))
	holder := openNotary(t, first, c)
	recordSome(t, first, 2)
	seal(t, holder)
	other := openNotary(t, second, c)
	recordSome(t, second, 2)
	if err := other.Seal(context.Background()); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Fatalf("both write it: %v", err)
	}
	_ = holder.Close()
	seal(t, other)
	if r := whole(t, dbtest.Open(t, dsn), c); r.Witnessed != 4 {
		t.Errorf("%+v", r)
	}
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t testing.TB, file string, b []byte) {
	t.Helper()
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
