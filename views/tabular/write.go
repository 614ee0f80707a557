package tabular

import (
	"fmt"
	"io"
	"iter"
)

// Write writes rows. A value is nil, string, bool, int64, float64 or json.Number; the slice
// is not kept. The first error of rows ends it and is returned, and what was written is then
// no file to hand out: whoever streams it must break the connection off.
func Write(w io.Writer, f Format, t Table, rows iter.Seq2[[]any, error]) error {
	if err := t.Check(); err != nil {
		return err
	}
	switch f {
	case CSV:
		return writeCSV(w, t, t.checked(rows))
	case NDJSON:
		return writeNDJSON(w, t, t.checked(rows))
	case Parquet:
		return writeParquet(w, t, t.checked(rows))
	case SQLite:
		return writeSQLite(w, t, t.checked(rows))
	}
	return fmt.Errorf("tabular: there is no format %.40q", string(f))
}

// checked hands on rows whose values are those of their columns: nil, string, bool, int64,
// or json.Number for a decimal. The slice is used for every row again.
func (t Table) checked(rows iter.Seq2[[]any, error]) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		checked := make([]any, len(t.Columns))
		number := 0
		for row, err := range rows {
			number++
			if err == nil && len(row) != len(t.Columns) {
				err = &ValueError{Row: number, Reason: fmt.Sprintf("it has %d values for %d columns", len(row), len(t.Columns))}
			}
			for i := 0; i < len(row) && err == nil; i++ {
				var reason string
				if checked[i], reason = t.Columns[i].Kind.value(row[i]); reason != "" {
					err = &ValueError{Row: number, Column: t.Columns[i].Name, Reason: reason}
				}
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(checked, nil) {
				return
			}
		}
	}
}
