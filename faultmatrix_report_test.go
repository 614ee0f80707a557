package main

import (
	"fmt"
	"strings"
	"testing"
)

// faultReport is what the matrix reached.
type faultReport struct {
	cells *cells
	rules []string // rows of the table
}

func newFaultReport() *faultReport { return &faultReport{cells: &cells{all: map[string]*cellCount{}}} }

// print writes the report as the text that docs/assurance/faults.md keeps.
func (r *faultReport) print(t *testing.T) {
	t.Helper()
	rows, all := r.cells.rows()
	t.Logf("\n\n| surface | cells | whole | said | faked | of healthy systems | late, and said | changed |\n|---|---|---|---|---|---|---|---|\n%s\n\n"+
		"%d cells, **%d faked**\n\n| rule | goal | reached |\n|---|---|---|\n%s\n", strings.Join(rows, "\n"), all.cells, all.faked, strings.Join(r.rules, "\n"))
}

// rule adds a row.
func (r *faultReport) rule(name, goal, format string, args ...any) {
	r.rules = append(r.rules, fmt.Sprintf("| %s | %s | %s |", name, goal, fmt.Sprintf(format, args...)))
}
