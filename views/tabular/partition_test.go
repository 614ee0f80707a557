package tabular

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// files are all files below a folder.
func files(dir string) (found []string) {
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, _ error) error {
		if !d.IsDir() {
			path, _ = filepath.Rel(dir, path)
			found = append(found, filepath.ToSlash(path))
		}
		return nil
	})
	return found
}

// TestPartition: a run has its place, a second one of the day takes it, half a one has none.
func TestPartition(t *testing.T) {
	t.Parallel()
	dir, of := t.TempDir(), table()
	of.Made = time.Date(2026, 11, 28, 0, 30, 0, 0, time.FixedZone("", 3600)) // in UTC it was the 27th
	const where = "view=bloods/version=3/run_date=2026-11-28/part-0.parquet"
	row := func(name string) [][]any { return [][]any{{name, int64(1), nil, nil, nil, nil}} }
	for _, name := range []string{"first", "second"} {
		got, err := WritePartition(dir, of, each(row(name), nil))
		if err != nil || got != where {
			t.Fatalf("got %q (%v)", got, err)
		}
		file, err := os.ReadFile(filepath.Join(dir, where))
		if err != nil {
			t.Fatal(err)
		}
		_, rows := readParquet(t, of, file)
		compare(t, Parquet, rows, row(name))
	}
	if _, err := WritePartition(dir, of, each(row("third"), errLast)); !errors.Is(err, errLast) {
		t.Errorf("got %v", err)
	}
	if got := files(dir); !reflect.DeepEqual(got, []string{where}) {
		t.Errorf("there is %v", got)
	}
}

// TestPartitionsThatAreNone: no name leads out of the folder.
func TestPartitionsThatAreNone(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Table){
		"no version": func(t *Table) { t.Version = "" }, "path": func(t *Table) { t.Version = "../1" }, "points": func(t *Table) { t.Version = ".." },
		"no time": func(t *Table) { t.Made = time.Time{} }, "name": func(t *Table) { t.Name = "../x" },
		"column of the layout": func(t *Table) { t.Columns = []Column{{Name: "Run_Date", Kind: Date}} },
	} {
		of, dir := table(), t.TempDir()
		change(&of)
		if _, err := WritePartition(dir, of, each(nil, nil)); err == nil || len(files(dir)) > 0 {
			t.Errorf("%s: got %v", name, err)
		}
	}
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "view=bloods")); err != nil {
		t.Skip("no links here")
	}
	if _, err := WritePartition(dir, table(), each(nil, nil)); err == nil || len(files(outside)) > 0 {
		t.Errorf("a link led out: %v", err)
	}
	if _, err := WritePartition(filepath.Join(dir, "absent"), table(), each(nil, nil)); err == nil || !strings.Contains(err.Error(), "absent") {
		t.Errorf("got %v", err)
	}
}
