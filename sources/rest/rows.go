package rest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// maxBytes bounds the text of all rows of one answer and its pages.
const maxBytes = 10 << 20

// table gathers the rows that a mapping gives, until they are read by their header.
type table struct {
	program *program
	rows    []map[string]string
	names   map[string]bool
	most    int
	size    int
	gap     *sources.Gap // why not all rows were taken
}

func newTable(p *program, most int) *table {
	return &table{program: p, names: map[string]bool{}, most: most}
}

// take takes one value of the mapping: an object of plain values. Null is no row, so that
// a mapping may leave one out.
func (t *table) take(v any) error {
	fields, ok := v.(map[string]any)
	if v == nil || t.gap != nil {
		return nil
	}
	if !ok {
		return t.program.fault("mapping-row", "gives something that is no object")
	}
	if len(t.rows) == t.most {
		gap := columns.Partial("row-cap", "It has more rows than are read at once")
		t.gap = &gap
		return nil
	}
	row := make(map[string]string, len(fields))
	for name, v := range fields {
		text, ok := plain(v)
		if !ok {
			return t.program.fault("mapping-row", "gives a list or an object in place of a value")
		}
		row[name] = text
		t.names[name] = true
		t.size += len(text) + len(name)
	}
	if t.size > maxBytes {
		gap := columns.Partial("size-cap", "It has more text than is read at once")
		t.gap = &gap
		return nil
	}
	t.rows = append(t.rows, row)
	return nil
}

// plain writes a value as text, a number in its own digits.
func plain(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case json.Number:
		return v.String(), true
	case int:
		return strconv.Itoa(v), true
	case *big.Int:
		return v.String(), true
	case float64:
		if a := math.Abs(v); a != 0 && (a >= 1e21 || a < 1e-9) {
			return strconv.FormatFloat(v, 'g', -1, 64), true
		}
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}

// each gives the rows in the order of a header to what begin returns for it. Without rows
// there is no header to be wrong.
func (t *table) each(begin func(header []string) (func(cells []string) error, error)) error {
	if len(t.rows) == 0 {
		return nil
	}
	header := slices.Sorted(maps.Keys(t.names))
	take, err := begin(header)
	if err != nil {
		return err
	}
	cells := make([]string, len(header))
	for _, row := range t.rows {
		for i, name := range header {
			cells[i] = row[name]
		}
		if err := take(cells); err != nil {
			return err
		}
	}
	return nil
}

// noSubject is the error of a row that does not say whose it is.
func (p *program) noSubject() error {
	return p.fault("no-subject", "gives a row without a subject: whose it is must stand in the answer")
}

// gaps is why not all rows were taken.
func (t *table) gaps() []sources.Gap {
	if t.gap == nil {
		return nil
	}
	return []sources.Gap{*t.gap}
}

// String keeps rows out of what prints a table.
func (t *table) String() string { return fmt.Sprintf("%d rows", len(t.rows)) }
