package tabular

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// like says whether a value read back is the one written, as far as the format keeps it.
func like(f Format, got, want any) bool {
	switch w := want.(type) {
	case json.Number:
		if f == CSV || f == NDJSON {
			return got == want // as it was written
		}
		x, _ := w.Float64()
		g, ok := got.(json.Number)
		y, _ := g.Float64()
		return ok && x == y
	case string:
		if f == CSV {
			want = lineEnds.ReplaceAllString(w, "\n")
		}
	}
	return got == want
}

func compare(t interface {
	Helper()
	Fatalf(string, ...any)
}, f Format, got, want [][]any) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d rows, want %d", f, len(got), len(want))
	}
	for i := range want {
		for j := range want[i] {
			if len(got[i]) != len(want[i]) || !like(f, got[i][j], want[i][j]) {
				t.Fatalf("%s: row %d, column %d: got %#v, want %#v", f, i, j, got[i], want[i])
			}
		}
	}
}

// TestAllFormatsHoldTheSameRows: whatever goes in comes out of each.
func TestAllFormatsHoldTheSameRows(t *testing.T) {
	t.Parallel()
	null := func(g *rapid.Generator[any]) *rapid.Generator[any] {
		return rapid.OneOf(g, rapid.Just[any](nil))
	}
	texts := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ =+@'"\t\r\n,;a\x{FEFF}＝－-]{0,6}`)).AsAny()
	numbers := rapid.StringMatching(`-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,8})?([eE][+-]?[0-9]{1,2})?`).Filter(func(s string) bool { return s != "" })
	kinds := []*rapid.Generator[any]{
		null(texts), null(rapid.Int64().AsAny()), null(rapid.Map(numbers, func(s string) any { return json.Number(s) })),
		null(rapid.Bool().AsAny()), null(rapid.SampledFrom([]string{"1970", "1970-02", "1970-02-03"}).AsAny()), null(texts),
	}
	rapid.Check(t, func(r *rapid.T) {
		var rows [][]any
		for range rapid.IntRange(0, 12).Draw(r, "rows") {
			var row []any
			for i, kind := range kinds {
				row = append(row, kind.Draw(r, strconv.Itoa(i)))
			}
			rows = append(rows, row)
		}
		for _, f := range Formats() {
			names, got := readBack(t, f, table(), written(t, f, table(), rows))
			if !reflect.DeepEqual(names, []string{"zeta", "alpha", "mid", "select", "born", "seen"}) {
				r.Fatalf("%s: the columns are %v", f, names)
			}
			compare(r, f, got, rows)
		}
	})
}

// TestBytes: what a file looks like, for those who read it with their eyes.
func TestBytes(t *testing.T) {
	t.Parallel()
	rows := [][]any{
		{"Zoë <O'Neil>, \"Z\"", json.Number("-5"), json.Number("1.50"), true, "1970", nil},
		{"", nil, nil, nil, nil, nil},
		{"=1+1", int64(-7), 0.1, false, "'", "a\r\nb"},
	}
	for f, want := range map[Format]string{
		CSV: "\uFEFFzeta,alpha,mid,select,born,seen\r\n" +
			"\"Zoë <O'Neil>, \"\"Z\"\"\",-5,1.50,true,\"1970\",\r\n" +
			"\"\",,,,,\r\n" +
			"\"'=1+1\",-7,0.1,false,\"''\",\"a\nb\"\r\n",
		NDJSON: `{"zeta":"Zoë <O'Neil>, \"Z\"","alpha":-5,"mid":1.50,"select":true,"born":"1970","seen":null}` + "\n" +
			`{"zeta":"","alpha":null,"mid":null,"select":null,"born":null,"seen":null}` + "\n" +
			`{"zeta":"=1+1","alpha":-7,"mid":0.1,"select":false,"born":"'","seen":"a\r\nb"}` + "\n",
	} {
		if got := string(written(t, f, table(), rows)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", f, got, want)
		}
	}
	one := Table{Name: "one", Columns: []Column{{Name: "only", Kind: Integer}}}
	if got := string(written(t, CSV, one, [][]any{{nil}, {int64(1)}})); got != "\uFEFFonly\r\n\"\"\r\n1\r\n" {
		t.Errorf("a NULL alone would be an empty line: %q", got)
	}
}

// TestRowsThatEnd: an error of the rows comes back, and no reader takes the half for a whole.
func TestRowsThatEnd(t *testing.T) {
	t.Parallel()
	row := []any{"a", int64(1), json.Number("1"), true, "1970", "1970"}
	for _, f := range Formats() {
		var out bytes.Buffer
		if err := Write(&out, f, table(), each([][]any{row, row}, errLast)); !errors.Is(err, errLast) {
			t.Errorf("%s: got %v", f, err)
		}
		switch f {
		case CSV, NDJSON:
			if !strings.HasSuffix(out.String(), broken) || !strings.Contains(out.String(), "1970") {
				t.Errorf("%s: ends in %q", f, out.String())
			}
		case Parquet:
			if strings.HasSuffix(out.String(), "PAR1") && out.Len() > 4 {
				t.Error("Parquet has a footer")
			}
		case SQLite:
			if out.Len() > 0 {
				t.Error("SQLite was handed out")
			}
		}
		if err := Write(full{}, f, table(), each([][]any{row}, nil)); !errors.Is(err, errFull) {
			t.Errorf("%s: a full disk: got %v", f, err)
		}
	}
}

var errFull = errors.New("no space left on device")

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// TestValuesThatAreNone: refused by row and column, and never quoted.
func TestValuesThatAreNone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind  Kind
		value any
	}{
		"text for an integer": {Integer, "SECRET"}, "a fraction": {Integer, json.Number("1.5")}, "beyond 64 bits": {Integer, json.Number("9223372036854775808")},
		"a float for an integer": {Integer, 1.0}, "formula as a number": {Decimal, json.Number("=SECRET")}, "hex": {Decimal, json.Number("0x1p4")},
		"empty number": {Decimal, json.Number("")}, "infinity": {Decimal, json.Number("Inf")}, "beyond a float": {Decimal, json.Number("1e999")},
		"plus": {Integer, json.Number("+1")}, "text for a decimal": {Decimal, "1.5"}, "not a number": {Decimal, nan()},
		"number for a boolean": {Boolean, int64(1)}, "a list": {String, []any{"SECRET"}}, "an object": {String, map[string]any{}}, "int": {Integer, 1},
	} {
		of := Table{Name: "t", Columns: []Column{{Name: "ok", Kind: String}, {Name: "bad", Kind: c.kind}}}
		for _, f := range Formats() {
			err := Write(&bytes.Buffer{}, f, of, each([][]any{{"a", nil}, {"SECRET", c.value}}, nil))
			var wrong *ValueError
			if !errors.As(err, &wrong) || wrong.Row != 2 || wrong.Column != "bad" {
				t.Errorf("%s: %s: got %v", name, f, err)
			}
			if err != nil && strings.Contains(err.Error(), "SECRET") {
				t.Errorf("%s: the error quotes the value: %v", name, err)
			}
		}
	}
	short := each([][]any{{"a"}}, nil)
	if err := Write(&bytes.Buffer{}, CSV, table(), short); err == nil || !strings.Contains(err.Error(), "1 values for 6 columns") {
		t.Errorf("a short row: %v", err)
	}
}

func nan() float64 { zero := 0.0; return zero / zero }

// TestTablesThatAreNone: a hostile name is refused before a byte is written.
func TestTablesThatAreNone(t *testing.T) {
	t.Parallel()
	column := func(name string) Table { return Table{Name: "t", Columns: []Column{{Name: name, Kind: String}}} }
	many := Table{Name: "t"}
	for i := range maxColumns + 1 {
		many.Columns = append(many.Columns, Column{Name: fmt.Sprint("c", i), Kind: String})
	}
	for name, of := range map[string]Table{
		"no name": {Columns: column("a").Columns}, "no column": {Name: "t"}, "too many": many,
		"path": {Name: "../t", Columns: column("a").Columns}, "SQLite's own": {Name: "Sqlite_master", Columns: column("a").Columns},
		"ours": {Name: "_about", Columns: column("a").Columns}, "empty": column(""), "formula": column("=a"), "quote": column(`a"b`),
		"comma": column("a,b"), "semicolon": column("a; DROP TABLE t"), "NUL": column("a\x00"), "line": column("a\nb"), "long": column(strings.Repeat("a", 129)),
		"not ASCII": column("ä"), "twice": {Name: "t", Columns: []Column{{Name: "a", Kind: String}, {Name: "A", Kind: String}}},
		"no kind": {Name: "t", Columns: []Column{{Name: "a"}}}, "other kind": {Name: "t", Columns: []Column{{Name: "a", Kind: "float"}}},
	} {
		for _, f := range Formats() {
			var out bytes.Buffer
			if err := Write(&out, f, of, each(nil, nil)); err == nil || out.Len() > 0 {
				t.Errorf("%s: %s: got %v and %d bytes", name, f, err, out.Len())
			}
		}
		if _, err := Dictionary(of); err == nil {
			t.Errorf("%s: it has a dictionary", name)
		}
	}
	if err := Write(&bytes.Buffer{}, "xls", table(), each(nil, nil)); err == nil {
		t.Error("there is no such format")
	}
	for _, f := range Formats() {
		if f.ContentType() == "" || f.Extension() == "" {
			t.Errorf("%s has no type or no extension", f)
		}
	}
}

// TestWordsOfSQLAreNames: a column may be called as a word of SQL is.
func TestWordsOfSQLAreNames(t *testing.T) {
	t.Parallel()
	of := Table{Name: "table", Columns: []Column{{Name: "group", Kind: String}, {Name: "rowid", Kind: Integer}, {Name: "order", Kind: Integer}}}
	for _, f := range Formats() {
		_, rows := readBack(t, f, of, written(t, f, of, [][]any{{"a", int64(1), int64(2)}}))
		compare(t, f, rows, [][]any{{"a", int64(1), int64(2)}})
	}
}
