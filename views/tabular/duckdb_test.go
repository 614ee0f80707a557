package tabular

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestDuckDB runs the recipe for analysts by the real DuckDB, over what is written here.
func TestDuckDB(t *testing.T) {
	if os.Getenv("PATCHWORK_TEST_DUCKDB") == "" {
		t.Skip("skipped: PATCHWORK_TEST_DUCKDB is not set")
	}
	dir := t.TempDir()
	for name, from := range map[string]string{"package.json": "duckdb/package.json", "package-lock.json": "duckdb/package-lock.json",
		"check.mjs": "duckdb/check.mjs", "recipe.md": "../../docs/analyse-with-duckdb.md"} {
		text, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	writeLake(t, dir)
	hostile := Table{Name: "hostile", Columns: []Column{{Name: "n", Kind: Integer}, {Name: "text", Kind: String}, {Name: "flag", Kind: Boolean}, {Name: "number", Kind: Decimal}}}
	var rows [][]any
	for i, text := range []any{nil, "", "=1+1", "'=1", "'", "a,b", `a"b`, "\"", "a\nb", "a\r\nb", "\n", " x ", "NULL", "－1", "é😀", "\uFEFF=", ",", `""`, "\t=1", "-5", "007"} {
		rows = append(rows, []any{int64(i - 3), text, i%2 == 0, json.Number("-0.5")}, []any{nil, "only text", nil, nil})
	}
	for _, f := range []Format{CSV, NDJSON, Parquet} {
		writeFile(t, filepath.Join(dir, "hostile."+f.Extension()), written(t, f, hostile, rows))
	}
	for _, args := range [][]string{{"npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"}, {"node", "check.mjs"}} {
		cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		t.Logf("%s", out)
	}
}

// writeLake writes the runs that the recipe asks of.
func writeLake(t *testing.T, dir string) {
	t.Helper()
	of := Table{Name: "results", Version: "3", Marking: "Identifiable: direct care only", Columns: []Column{{Name: "person", Kind: String, Personal: true},
		{Name: "test", Kind: String}, {Name: "value", Kind: Decimal}, {Name: "taken", Kind: DateTime}, {Name: "_coverage", Kind: String}}}
	if err := os.Mkdir(filepath.Join(dir, "lake"), 0o700); err != nil {
		t.Fatal(err)
	}
	run := func(day int, version string, rows [][]any) {
		of.Made, of.Version = time.Date(2026, 11, day, 6, 0, 0, 0, time.UTC), version
		of.Run = "run-" + of.Made.Format("2006-01-02")
		if _, err := WritePartition(filepath.Join(dir, "lake"), of, each(rows, nil)); err != nil {
			t.Fatal(err)
		}
	}
	run(27, "2", [][]any{{"p9", "of an older version", nil, nil, "complete"}})
	run(27, "3", [][]any{{"p1", "Potassium", json.Number("4.1"), "2026-11-20T09:00:00Z", "complete"}, {"p2", `=HYPERLINK("http://x")`, nil, "2026", "complete"}})
	last := [][]any{{"p1", "Potassium", json.Number("4.40"), "2026-11-27T09:00:00Z", "complete"},
		{"p1", "Sodium", json.Number("140"), "2026-11-27T09:00:00Z", "complete"}, {"p2", `=HYPERLINK("http://x")`, nil, "2026", "partial"}}
	run(28, "3", last)
	for _, f := range []Format{CSV, NDJSON} {
		writeFile(t, filepath.Join(dir, "results."+f.Extension()), written(t, f, of, last))
	}
}

func writeFile(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
