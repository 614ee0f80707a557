package tabular

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

// each hands out rows and then an error, if there is one.
func each(rows [][]any, last error) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
		if last != nil {
			yield(nil, last)
		}
	}
}

var errLast = errors.New("the run was cancelled")

// table has a column of each kind.
func table() Table {
	return Table{Name: "bloods", Title: "Bloods", Version: "3", Marking: "Identifiable: direct care only", Run: "run-1", Audit: "audit-1",
		Made: time.Date(2026, 11, 28, 6, 0, 0, 0, time.UTC), Columns: []Column{
			{Name: "zeta", Kind: String, Personal: true}, {Name: "alpha", Kind: Integer}, {Name: "mid", Kind: Decimal, Title: "The middle"},
			{Name: "select", Kind: Boolean}, {Name: "born", Kind: Date}, {Name: "seen", Kind: DateTime},
		}}
}

func written(t *testing.T, f Format, of Table, rows [][]any) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, f, of, each(rows, nil)); err != nil {
		t.Fatalf("%s: %v", f, err)
	}
	return out.Bytes()
}

// readBack reads a file as its readers do: names, and values as nil, string, bool, int64 or
// json.Number (as written where the format keeps that).
func readBack(t *testing.T, f Format, of Table, file []byte) (names []string, rows [][]any) {
	t.Helper()
	switch f {
	case CSV:
		return readCSV(t, of, file)
	case NDJSON:
		return readNDJSON(t, of, file)
	case Parquet:
		return readParquet(t, of, file)
	}
	return readSQLite(t, of, file)
}

// readCSV asks encoding/csv for the cells, and where they stand whether they were quoted.
func readCSV(t *testing.T, of Table, file []byte) (names []string, rows [][]any) {
	t.Helper()
	rest, marked := strings.CutPrefix(string(file), "\uFEFF")
	if !marked {
		t.Fatal("no byte order mark")
	}
	lines := strings.SplitAfter(rest, "\n")
	reader := csv.NewReader(strings.NewReader(rest))
	for first := true; ; first = false {
		record, err := reader.Read()
		if err == io.EOF {
			return names, rows
		}
		if err != nil {
			t.Fatal(err)
		}
		if first {
			names = record
			continue
		}
		var row []any
		for i, cell := range record {
			line, column := reader.FieldPos(i)
			isQuoted := strings.HasPrefix(lines[line-1][column-1:], `"`)
			row = append(row, ofCSV(of.Columns[i].Kind, cell, isQuoted && len(of.Columns) > 1))
		}
		rows = append(rows, row)
	}
}

func ofCSV(k Kind, cell string, isQuoted bool) any {
	switch {
	case cell == "" && !isQuoted:
		return nil
	case k == Boolean:
		return cell == "true"
	case k == Integer:
		n, _ := strconv.ParseInt(cell, 10, 64)
		return n
	case k == Decimal:
		return json.Number(cell)
	}
	return strings.TrimPrefix(cell, "'")
}

func readNDJSON(t *testing.T, of Table, file []byte) (names []string, rows [][]any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(file))
	decoder.UseNumber()
	for decoder.More() {
		var object map[string]any
		if err := decoder.Decode(&object); err != nil {
			t.Fatal(err)
		}
		if len(object) != len(of.Columns) {
			t.Fatalf("%d keys", len(object))
		}
		var row []any
		for _, c := range of.Columns {
			row = append(row, object[c.Name])
			if n, ok := object[c.Name].(json.Number); ok && c.Kind == Integer {
				row[len(row)-1], _ = n.Int64()
			}
		}
		rows = append(rows, row)
	}
	for _, c := range of.Columns {
		names = append(names, c.Name)
	}
	return names, rows
}

func readParquet(t *testing.T, _ Table, file []byte) (names []string, rows [][]any) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, column := range f.Schema().Columns() {
		names = append(names, column[0])
	}
	for _, group := range f.RowGroups() {
		reader := group.Rows()
		buffer := make([]parquet.Row, 10)
		for {
			n, err := reader.ReadRows(buffer)
			for _, r := range buffer[:n] {
				rows = append(rows, ofParquet(r))
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		_ = reader.Close()
	}
	return names, rows
}

func ofParquet(r parquet.Row) (row []any) {
	for _, v := range r {
		switch {
		case v.IsNull():
			row = append(row, nil)
		case v.Kind() == parquet.Boolean:
			row = append(row, v.Boolean())
		case v.Kind() == parquet.Int64:
			row = append(row, v.Int64())
		case v.Kind() == parquet.Double:
			row = append(row, json.Number(strconv.FormatFloat(v.Double(), 'g', -1, 64)))
		default:
			row = append(row, string(v.ByteArray()))
		}
	}
	return row
}

func openSQLite(t *testing.T, file []byte) *sql.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "table.sqlite")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func readSQLite(t *testing.T, of Table, file []byte) (names []string, rows [][]any) {
	t.Helper()
	db := openSQLite(t, file)
	defer db.Close()
	found, err := db.Query(`SELECT * FROM "` + of.Name + `" ORDER BY rowid`)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	names, _ = found.Columns()
	for found.Next() {
		row, into := make([]any, len(names)), make([]any, len(names))
		for i := range row {
			into[i] = &row[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for i, value := range row {
			switch v := value.(type) {
			case int64:
				if of.Columns[i].Kind == Boolean {
					row[i] = v == 1
				}
			case float64:
				row[i] = json.Number(strconv.FormatFloat(v, 'g', -1, 64))
			}
		}
		rows = append(rows, row)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return names, rows
}
