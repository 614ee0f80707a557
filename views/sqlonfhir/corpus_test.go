package sqlonfhir

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const corpus = "../../../shared/data/sql-on-fhir/"

type corpusFile struct {
	Resources []json.RawMessage
	Tests     []struct {
		Title         string
		Tags          []string
		View          json.RawMessage
		Expect        []map[string]any
		ExpectColumns []string
		ExpectError   bool
	}
}

// TestCorpus runs the official tests of SQL on FHIR; all that are shareable must pass.
func TestCorpus(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob(corpus + "*.json")
	if len(files) == 0 {
		t.Skip("skipped: absent: ../shared/data/sql-on-fhir")
	}
	passed, all := map[bool]int{}, map[bool]int{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var tests corpusFile
		if err := json.Unmarshal(text, &tests); err != nil {
			t.Fatal(err)
		}
		for _, test := range tests.Tests {
			shareable := slices.Contains(test.Tags, "shareable")
			all[shareable]++
			columns, rows, err := runText(t, test.View, tests.Resources)
			var ok bool
			switch {
			case test.ExpectError:
				ok = err != nil
			case err == nil:
				ok = sameRows(columns, rows, test.Expect) && (test.ExpectColumns == nil || slices.Equal(columns, test.ExpectColumns))
			}
			name := filepath.Base(file) + ": " + test.Title
			switch {
			case ok:
				passed[shareable]++
			case shareable:
				t.Errorf("%s: got %v %v, want %v (error: %v)", name, rows, err, test.Expect, test.ExpectError)
			default:
				t.Logf("experimental, does not pass: %s: got %v %v, want %v", name, rows, err, test.Expect)
			}
		}
	}
	t.Logf("SQL on FHIR: %d of %d shareable and %d of %d other tests pass", passed[true], all[true], passed[false], all[false])
	if all[true] < 123 {
		t.Errorf("only %d shareable tests were found", all[true])
	}
}

// runText runs a definition over resources, all in JSON.
func runText(t *testing.T, view json.RawMessage, resources []json.RawMessage) (columns []string, rows []Row, err error) {
	t.Helper()
	v, err := Compile(view)
	if err != nil {
		return nil, nil, err
	}
	for _, column := range v.Columns() {
		columns = append(columns, column.Name)
	}
	for row, err := range v.Run(decoded(resources)) {
		if err != nil {
			return columns, rows, err
		}
		rows = append(rows, row)
	}
	return columns, rows, nil
}

func decoded(resources []json.RawMessage) func(yield func(map[string]any, error) bool) {
	return func(yield func(map[string]any, error) bool) {
		for _, text := range resources {
			value, _ := readValue(text)
			resource, _ := value.(map[string]any)
			if !yield(resource, nil) {
				return
			}
		}
	}
}

// sameRows compares rows in any order, as the corpus asks; numbers by their value.
func sameRows(columns []string, rows []Row, expect []map[string]any) bool {
	var got, want []string
	for _, row := range rows {
		object := map[string]any{}
		for i, value := range row {
			object[columns[i]] = value
		}
		got = append(got, canonical(object))
	}
	for _, object := range expect {
		want = append(want, canonical(object))
	}
	slices.Sort(got)
	slices.Sort(want)
	return slices.Equal(got, want)
}

func canonical(value any) string {
	text, _ := json.Marshal(value)
	var plain any
	_ = json.Unmarshal(text, &plain)
	text, _ = json.Marshal(plain)
	return string(text)
}
