package migrations

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func open(t *testing.T, dsn string) *DB {
	t.Helper()
	db, err := Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func tables(t *testing.T, db *DB, name string) (n int) {
	t.Helper()
	if err := db.Read.DB.QueryRow(`SELECT COUNT(*) FROM sqlite_master WHERE name = $1`, name).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestApplyTwiceIsOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a name with ? # % in it.db")
	db := open(t, "sqlite:"+path)
	for range 2 {
		if err := Apply(context.Background(), db); err != nil {
			t.Fatal(err)
		}
	}
	if tables(t, db, "audit_event") != 1 {
		t.Error("the tables are not there")
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file can be read by others: %v %v", info.Mode(), err)
	}
}

func TestAStepThatFailsLeavesNothingAndGoesOnLater(t *testing.T) {
	t.Parallel()
	db := open(t, "sqlite:"+filepath.Join(t.TempDir(), "p.db"))
	broken := steps(t, map[string]string{
		"steps/0001_one.sql": `CREATE TABLE one (id BIGINT);`,
		"steps/0002_two.sql": `CREATE TABLE two (id BIGINT); CREATE TABLE one (id BIGINT);`,
	})
	err := apply(context.Background(), db, broken)
	if err == nil || !strings.Contains(err.Error(), "0002_two") {
		t.Fatalf("got %v", err)
	}
	if tables(t, db, "one") != 1 || tables(t, db, "two") != 0 {
		t.Error("half a step was kept")
	}
	mended := steps(t, map[string]string{
		"steps/0001_one.sql": `CREATE TABLE one (id BIGINT);`,
		"steps/0002_two.sql": `CREATE TABLE two (id BIGINT);`,
	})
	if err := apply(context.Background(), db, mended); err != nil {
		t.Fatal(err)
	}
	if tables(t, db, "two") != 1 {
		t.Error("the second step did not run")
	}
}

func TestAnOldProgramRefusesANewerDatabase(t *testing.T) {
	t.Parallel()
	db := open(t, "sqlite:"+filepath.Join(t.TempDir(), "p.db"))
	if err := Apply(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	old := steps(t, map[string]string{"steps/0001_one.sql": `SELECT 1;`})
	err := apply(context.Background(), db, old)
	if err == nil || !strings.Contains(err.Error(), "newer than this program") {
		t.Fatalf("got %v", err)
	}
}

func TestStepsHaveNoGaps(t *testing.T) {
	t.Parallel()
	_, err := load(fstest.MapFS{"steps/0002_two.sql": {}})
	if err == nil {
		t.Error("a gap was accepted")
	}
	all, err := load(stepFiles)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		for _, d := range []string{SQLite, Postgres} {
			if text, err := s.render(d); err != nil || strings.Contains(text, "{{") {
				t.Errorf("%s for %s: %v", s.name, d, err)
			}
		}
	}
}

func TestWhatIsWrongIsSaidPlainly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database at all\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for dsn, want := range map[string]string{
		"":                                     `must be written as`,
		"mysql://x":                            `must be written as`,
		"sqlite:":                              `needs a file`,
		"sqlite::memory:":                      `needs a file`,
		"sqlite:" + dir:                        `cannot be opened`,
		"sqlite:" + dir + "/none/p.db":         `its folder does not exist`,
		"sqlite:" + text:                       `not a database`,
		"postgres://u:secret@127.0.0.1:1/none": `cannot be reached`,
		"postgres://u:secret@127.0.0.1:x/none": `cannot be understood`,
	} {
		_, err := Open(context.Background(), dsn)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want …%s…", dsn, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the password shows: %v", dsn, err)
		}
	}
}

func TestALockedDatabaseIsSaidPlainly(t *testing.T) {
	t.Parallel()
	path := "sqlite:" + filepath.Join(t.TempDir(), "p.db")
	holder, other := open(t, path), open(t, path)
	tx, err := holder.Write.DB.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := other.Write.DB.Exec(`PRAGMA busy_timeout = 1`); err != nil {
		t.Fatal(err)
	}
	err = Apply(context.Background(), other)
	if err == nil || !strings.Contains(err.Error(), "locked") {
		t.Fatalf("got %v", err)
	}
}

func TestTheReadPoolRefusesChanges(t *testing.T) {
	t.Parallel()
	db := open(t, "sqlite:"+filepath.Join(t.TempDir(), "p.db"))
	if _, err := db.Read.DB.Exec(`CREATE TABLE x (id BIGINT)`); err == nil {
		t.Error("the read pool changed the database")
	}
	var mode, sync string
	if err := db.Write.DB.QueryRow(`PRAGMA journal_mode`).Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("journal mode %q %v", mode, err)
	}
	if err := db.Write.DB.QueryRow(`PRAGMA synchronous`).Scan(&sync); err != nil || sync != "2" {
		t.Errorf("synchronous %q %v, want FULL", sync, err)
	}
}

func steps(t *testing.T, files map[string]string) []step {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	out, err := load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
