package audit_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestDamageIsNamedAtTheStartAndByVerify: at the ends, where a start looks, and within.
func TestDamageIsNamedAtTheStartAndByVerify(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sql           string
		start, verify int64 // the event that is named; 0 is none
	}{
		"the last event is gone":             {`DELETE FROM audit_event WHERE seq = 9`, 9, 9},
		"all events are gone":                {`DELETE FROM audit_event`, 1, 1},
		"the last hashes are gone":           {`DELETE FROM audit_hash WHERE seq > 7`, 8, 8},
		"all hashes are gone":                {`DELETE FROM audit_hash`, 1, 1},
		"a hash of the edge is gone":         {`DELETE FROM audit_hash WHERE seq = 8`, 8, 8},
		"a hash within is gone":              {`DELETE FROM audit_hash WHERE seq = 3`, 0, 3},
		"a hash is cut short":                {`UPDATE audit_hash SET hashes = (SELECT hashes FROM audit_hash WHERE seq = 1) WHERE seq = 8`, 8, 8},
		"the last checkpoint is another":     {`UPDATE audit_checkpoint SET note = (SELECT note FROM audit_checkpoint WHERE size = 3) WHERE size = 9`, 0, 9},
		"a checkpoint is of what is not yet": {`UPDATE audit_checkpoint SET size = 12 WHERE size = 9`, 10, 9},
		"events, hashes, checkpoints gone":   {`DELETE FROM audit_event WHERE seq > 6; DELETE FROM audit_hash WHERE seq > 6; DELETE FROM audit_checkpoint WHERE size > 6`, 7, 7},
		"all of the proof is gone":           {`DELETE FROM audit_hash; DELETE FROM audit_checkpoint`, 0, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
				ctx, config := context.Background(), notaryIn(t.TempDir())
				l := open(t, db)
				n := openNotary(t, l, config)
				for range 3 {
					recordSome(t, l, 3)
					seal(t, n)
				}
				_ = n.Close()
				dropGuards(t, db)
				for sql := range strings.SplitSeq(c.sql, ";") {
					if _, err := db.Write.DB.Exec(sql); err != nil {
						t.Fatal(err)
					}
				}
				_, err := audit.Verify(ctx, db.Read, evidence(t, config))
				if named(err) != c.verify {
					t.Errorf("verify: %v, want %d", err, c.verify)
				}
				n, err = audit.OpenNotary(ctx, l, config)
				if named(err) != c.start || (c.start == 0 && err != nil) {
					t.Errorf("start: %v, want %d", err, c.start)
				}
				if err == nil {
					_ = n.Close()
				}
			})
		})
	}
}

// named is the event that an error names; 0 if none.
func named(err error) int64 {
	var broken *audit.BrokenError
	if errors.As(err, &broken) {
		return broken.Seq
	}
	return 0
}

// TestADamagedWitnessIsNamed, at the start if it is its end.
func TestADamagedWitnessIsNamed(t *testing.T) {
	t.Parallel()
	db := dbtest.Open(t, dbtest.SQLite(t))
	ctx, config := context.Background(), notaryIn(t.TempDir())
	l := open(t, db)
	n := openNotary(t, l, config)
	recordSome(t, l, 5)
	seal(t, n)
	_ = n.Close()
	text := string(read(t, config.Witness))
	write(t, config.Witness, []byte(strings.Replace(text, "\n3 ", "\n3  ", 1)))
	if _, err := audit.OpenNotary(ctx, l, config); named(err) != 3 {
		t.Errorf("start: %v", err)
	}
	if _, err := audit.Verify(ctx, db.Read, evidence(t, config)); named(err) != 3 || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("verify: %v", err)
	}
	if err := os.Remove(config.Witness); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Verify(ctx, db.Read, evidence(t, config)); err == nil || !strings.Contains(err.Error(), "is not there") {
		t.Errorf("without it: %v", err)
	}
	// A folder in its place: it can be neither read nor written, and is no reason to stay closed.
	if err := os.Mkdir(config.Witness, 0o700); err != nil {
		t.Fatal(err)
	}
	n = openNotary(t, l, config)
	recordSome(t, l, 1)
	if err := n.Seal(ctx); err == nil || n.Size() != 6 {
		t.Errorf("%d sealed, %v", n.Size(), err)
	}
}

// TestAWitnessThatComesBackIsCompared: it was away when a server started on an earlier
// copy of the database.
func TestAWitnessThatComesBackIsCompared(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	config := notaryIn(dir)
	long := dbtest.Open(t, dbtest.SQLite(t))
	l := open(t, long)
	n := openNotary(t, l, config)
	recordSome(t, l, 8)
	seal(t, n)
	_ = n.Close()
	away := config.Witness + ".away"
	if err := os.Rename(config.Witness, away); err != nil {
		t.Fatal(err)
	}
	other := config
	other.Witness = filepath.Join(dir, "mount", "witness")
	short := dbtest.Open(t, dbtest.SQLite(t))
	l = open(t, short)
	n = openNotary(t, l, other)
	recordSome(t, l, 5)
	if err := n.Seal(context.Background()); err == nil {
		t.Fatal("there is no folder for the witness and it was written")
	}
	if err := os.Mkdir(filepath.Dir(other.Witness), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(away, other.Witness); err != nil {
		t.Fatal(err)
	}
	before := read(t, other.Witness)
	if err := n.Seal(context.Background()); named(err) != 6 {
		t.Errorf("a longer witness: %v", err)
	}
	recordSome(t, l, 5) // other events than those it saw
	e := sample("another")
	if err := l.Record(context.Background(), e); err != nil {
		t.Fatal(err)
	}
	if string(read(t, other.Witness)) != string(before) {
		t.Error("the witness of another history was written")
	}
}

// TestKeyFiles: what a key file may hold, and that its secret is never said.
func TestKeyFiles(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "key")
	k, err := audit.OpenKey(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v %v", info, err)
	}
	if again, err := audit.OpenKey(file); err != nil || again.Public != k.Public {
		t.Errorf("another key: %v", err)
	}
	private, public, _ := strings.Cut(string(read(t, file)), "\n")
	for name, c := range map[string]struct{ text, want string }{
		"public only":    {"# for the auditors\n\n" + public, ""},
		"empty":          {"", "no public key"},
		"private only":   {private + "\n", "no public key"},
		"a cut secret":   {private[:len(private)-4] + "\n" + public, "is damaged"},
		"a cut public":   {private + "\n" + public[:len(public)-4], "a public key cannot be read"},
		"somebody else":  {private + "\n" + otherPublic(t) + "\n", "not the private key's"},
		"words":          {"hello\n", "a public key cannot be read"},
		"a folder of it": {"", "no public key"},
	} {
		bad := filepath.Join(t.TempDir(), "key")
		write(t, bad, []byte(c.text))
		_, err := audit.ReadKey(bad)
		if (c.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "PRIVATE") {
			t.Errorf("%s: the secret shows", name)
		}
	}
	if _, err := audit.OpenKey(filepath.Join(t.TempDir(), "none", "key")); err == nil {
		t.Error("a key was made in no folder")
	}
	if err := (audit.Proof{}).Check("hello"); err == nil {
		t.Error("a proof holds with no key")
	}
	if err := (audit.Growth{}).Check(k.Public); err == nil {
		t.Error("nothing grew and it holds")
	}
}

func otherPublic(t *testing.T) string {
	t.Helper()
	k, err := audit.OpenKey(filepath.Join(t.TempDir(), "other"))
	if err != nil {
		t.Fatal(err)
	}
	return k.Public
}

// TestWhatCannotBeReadIsNoDamage: a database that is away is said to be away, never
// broken; and sealing goes on when it is back.
func TestWhatCannotBeReadIsNoDamage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx, config := context.Background(), notaryIn(t.TempDir())
		l := open(t, db)
		n := openNotary(t, l, config)
		recordSome(t, l, 4)
		seal(t, n)
		for _, table := range []string{"audit_hash", "audit_checkpoint", "audit_event"} {
			rename := func(from, to string) {
				if _, err := db.Write.DB.Exec(`ALTER TABLE ` + from + ` RENAME TO ` + to); err != nil {
					t.Fatal(err)
				}
			}
			if table != "audit_event" {
				recordSome(t, l, 1)
			}
			rename(table, "away")
			if err := n.Seal(ctx); err == nil || n.Err() == nil {
				t.Errorf("%s is away and the ledger was sealed", table)
			}
			for what, try := range map[string]func() error{
				"verify":      func() error { _, err := audit.Verify(ctx, db.Read, evidence(t, config)); return err },
				"prove":       func() error { _, err := audit.Prove(ctx, db.Read, 2); return err },
				"open":        func() error { _, err := audit.OpenNotary(ctx, l, config); return err },
				"growth":      func() error { _, err := audit.ProveGrowth(ctx, db.Read, 4, 0); return err },
				"the entries": func() error { _, err := audit.Entries(ctx, db.Read, audit.Range{}, 0); return err },
				"the last":    func() error { _, err := audit.LastSeq(ctx, db.Read); return err },
			} {
				err := try()
				touches := what != "growth" && !strings.HasPrefix(what, "the ")
				switch table {
				case "audit_event":
					touches = what != "growth"
				case "audit_checkpoint":
					touches = !strings.HasPrefix(what, "the ")
				}
				if named(err) != 0 || touches && err == nil {
					t.Errorf("%s without %s: %v", what, table, err)
				}
			}
			rename("away", table)
			seal(t, n)
		}
		if r := whole(t, db, config); r.Events != 6 || r.Sealed != 6 {
			t.Errorf("%+v", r)
		}
	})
}
