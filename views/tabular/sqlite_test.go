package tabular

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestSQLiteTellsWhatItIs: its own tables hold what the dictionary does.
func TestSQLiteTellsWhatItIs(t *testing.T) {
	t.Parallel()
	db := openSQLite(t, written(t, SQLite, table(), nil))
	for query, want := range map[string]string{
		"SELECT value FROM _about WHERE name = 'marking'":                                      "Identifiable: direct care only",
		"SELECT value FROM _about WHERE name = 'made'":                                         "2026-11-28T06:00:00Z",
		"SELECT group_concat(name || '=' || value, ' ') FROM _about WHERE name > 'run'":        "title=Bloods version=3 view=bloods",
		"SELECT group_concat(name, ' ') FROM (SELECT name FROM _dictionary ORDER BY position)": "zeta alpha mid select born seen",
		"SELECT name FROM _dictionary WHERE personal":                                          "zeta",
		"SELECT title FROM _dictionary WHERE kind = 'decimal'":                                 "The middle",
		"PRAGMA integrity_check":                                                               "ok",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: got %q (%v)", query, got, err)
		}
	}
}

// TestSQLiteLeavesNothingBehind: the file's name is gone while it is written, and its folder
// is whichever way it ends. The test sets TMPDIR, so it does not run beside others.
func TestSQLiteLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	row := []any{"SECRET", int64(1), nil, nil, nil, nil}
	empty := func(when string) {
		t.Helper()
		var found []string
		_ = filepath.WalkDir(dir, func(path string, _ os.DirEntry, _ error) error {
			if path != dir {
				found = append(found, path)
			}
			return nil
		})
		if len(found) > 0 {
			t.Errorf("%s: %v", when, found)
		}
	}
	during := func(last error) func(yield func([]any, error) bool) {
		return func(yield func([]any, error) bool) {
			for range 50_000 {
				if !yield(row, nil) {
					return
				}
			}
			if runtime.GOOS != "windows" {
				empty("while it is written")
			}
			if last != nil {
				yield(nil, last)
			}
		}
	}
	var out bytes.Buffer
	if err := Write(&out, SQLite, table(), during(nil)); err != nil || !strings.HasPrefix(out.String(), "SQLite format 3") {
		t.Fatalf("got %v", err)
	}
	empty("when it is done")
	if err := Write(&out, SQLite, table(), during(errLast)); !errors.Is(err, errLast) {
		t.Errorf("got %v", err)
	}
	empty("when rows end with an error")
	if err := Write(full{}, SQLite, table(), during(nil)); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
	empty("when it cannot be handed out")
	func() {
		defer func() { _ = recover() }()
		_ = Write(&out, SQLite, table(), func(func([]any, error) bool) { panic("a bug in the maker of rows") })
	}()
	empty("when the maker of rows panics")
	t.Setenv("TMPDIR", filepath.Join(dir, "absent"))
	if err := Write(&out, SQLite, table(), during(nil)); err == nil {
		t.Error("without a folder for temporary files there can be no file")
	}
}
