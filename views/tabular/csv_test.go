package tabular

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// opens says whether a spreadsheet may take a cell for a formula: by what it looks like when
// blanks and signs that are not seen are gone and forms are folded. It is written otherwise
// than the guard on purpose.
func opens(cell string) bool {
	if cell != "" && strings.Contains("=+-@\t\r\n", cell[:1]) {
		return true
	}
	seen := strings.TrimLeft(norm.NFKC.String(cell), " \t\r\n\v\f\x00\u00A0\u200B\u200E\u202E\uFEFF\u2060\u00AD")
	return seen != "" && strings.ContainsRune("=+-@\u2212", []rune(seen)[0])
}

// TestFormulas: nothing that a spreadsheet runs begins a cell, and everything can be undone.
func TestFormulas(t *testing.T) {
	t.Parallel()
	of := Table{Name: "t", Columns: []Column{{Name: "a", Kind: String}, {Name: "d", Kind: Date}}}
	for _, text := range []string{
		`=cmd|' /C calc'!A0`, `+1`, `-1+1`, `@SUM(1)`, "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠SUM", "﹦1", "⁼1", "−1",
		" =1", "\u00A0=1", "\u200B=1", "\uFEFF=1", "\u202E=1", "\x00=1", "\x1b=1", " \t ＝1", `"=1"`, `'=1`, `'`, "''", "a=1", "é", "", "-", `=HYPERLINK("http://x","y")`,
		"NHS 943 476 5919", "a\r\n=1", "😀=1",
	} {
		file := written(t, CSV, of, [][]any{{text, text}})
		record := cells(t, file)[1]
		_, rows := readCSV(t, of, file)
		for i, cell := range record {
			if opens(cell) {
				t.Errorf("%q: the cell %q opens a formula", text, cell)
			}
			if want := lineEnds.ReplaceAllString(text, "\n"); rows[0][i] != want {
				t.Errorf("%q: undone it is %q", text, rows[0][i])
			}
		}
	}
	for _, plain := range []string{"a=1", "é", "NHS 943 476 5919", "😀=1", `"=1"`, "O'Neil"} {
		if got := neutral(plain); got != plain {
			t.Errorf("%q needs no guard: got %q", plain, got)
		}
	}
}

func cells(t *testing.T, file []byte) [][]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\uFEFF")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// FuzzCSV: encoding/csv reads back what went in, and no cell begins a formula.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"", "=1+1", "'=", "a\r\r\nb", "\"", "\"\"\r\n\"", ",", "\uFEFF=", "－1", "\xff=", "\r", "a\r", "\x00", "INCOMPLETE"} {
		f.Add(seed, "x", int64(-1))
		f.Add("x", seed, int64(0))
	}
	of := Table{Name: "t", Columns: []Column{{Name: "a", Kind: String}, {Name: "n", Kind: Integer}, {Name: "b", Kind: DateTime}, {Name: "c", Kind: String}}}
	f.Fuzz(func(t *testing.T, a, b string, n int64) {
		rows := [][]any{{a, n, b, nil}, {b, nil, a, a}}
		file := written(t, CSV, of, rows)
		for _, record := range cells(t, file)[1:] {
			for _, i := range []int{0, 2, 3} {
				if opens(record[i]) {
					t.Fatalf("the cell %q opens a formula", record[i])
				}
			}
		}
		for _, row := range rows {
			for i, value := range row {
				if text, ok := value.(string); ok {
					row[i] = strings.ToValidUTF8(text, "\uFFFD")
				}
			}
		}
		_, got := readCSV(t, of, file)
		compare(t, CSV, got, rows)
	})
}
