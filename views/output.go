package views

import (
	"context"
	"fmt"
	"iter"
)

// Page gives rows of a run of the caller, from an offset on. Those of other purposes than care
// are there when the run is done.
func (s *Store) Page(ctx context.Context, r *Run, offset, first int) ([][]any, error) {
	if err := r.readable(); err != nil {
		return nil, err
	}
	var page [][]any
	at := 0
	for rows, err := range s.pages(ctx, r.ID) {
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if at >= offset && len(page) < first {
				page = append(page, r.cells(row))
			}
			at++
		}
		if len(page) == first {
			break
		}
	}
	return page, nil
}

func (r *Run) readable() error {
	switch {
	case r.State == Done, !r.Secondary && r.State == Running:
		return nil
	case r.State == Expired:
		return wrong("The rows are past their time: run the view again.")
	}
	return wrong("The run has no rows yet, or none any more.")
}

// cells are a row's, as many as there are headings: a row that an older Patchwork kept may have
// fewer.
func (r *Run) cells(row row) []any {
	for len(row.Cells) < len(r.Headings) {
		row.Cells = append(row.Cells, nil)
	}
	return row.Cells
}

// Rows hands out all rows of a run of the caller, a page of people at a time.
func (s *Store) Rows(ctx context.Context, r *Run) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		if err := r.readable(); err != nil {
			yield(nil, err)
			return
		}
		for rows, err := range s.pages(ctx, r.ID) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range rows {
				if !yield(r.cells(row), nil) {
					return
				}
			}
		}
	}
}

// pages hands out what was kept of a run, page by page.
func (s *Store) pages(ctx context.Context, run string) iter.Seq2[[]row, error] {
	return func(yield func([]row, error) bool) {
		for page := 0; ; page++ {
			var sealed string
			err := s.read.QueryRowContext(ctx, `SELECT body FROM view_rows WHERE run = $1 AND page = $2`, run, page).Scan(&sealed)
			if isNoRow(err) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("reading rows: %w", err))
				return
			}
			text, err := s.unseal(fmt.Sprintf("rows %s %d", run, page), sealed)
			if err != nil {
				yield(nil, err)
				return
			}
			rows, err := readRows(text)
			if !yield(rows, err) || err != nil {
				return
			}
		}
	}
}

// mostCells bounds what is counted by.
const mostCells = 2000

// Counts counts the people of a run by the values of at most two of its columns. For other
// purposes than care small numbers are suppressed.
func (s *Store) Counts(ctx context.Context, r *Run, columns []string) ([]Cell, error) {
	if err := r.readable(); err != nil {
		return nil, err
	}
	if len(columns) == 0 || len(columns) > 2 {
		return nil, wrong("People are counted by one column or two.")
	}
	places := make([]int, len(columns))
	for i, name := range columns {
		places[i] = -1
		for at, h := range r.Headings {
			if h.Name == name {
				places[i] = at
			}
		}
		if places[i] < 0 {
			return nil, wrong("The run has no column %s.", quoted(name))
		}
	}
	add := func(each func(person string, values []string)) error {
		for rows, err := range s.pages(ctx, r.ID) {
			if err != nil {
				return err
			}
			for _, row := range rows {
				values := make([]string, len(places))
				for i, at := range places {
					if cell := r.cells(row)[at]; cell != nil {
						values[i] = fmt.Sprint(cell)
					}
				}
				each(row.Person, values)
			}
		}
		return nil
	}
	if r.Secondary {
		return s.Governance.Counts(columns, add)
	}
	return plainCounts(add)
}

// plainCounts counts distinct people, nothing hidden: their own care team looks at them.
func plainCounts(add func(func(string, []string)) error) ([]Cell, error) {
	type key struct{ a, b string }
	seen := map[key]map[string]bool{}
	var order []key
	two, over := false, false
	err := add(func(person string, values []string) {
		k := key{a: values[0]}
		if two = len(values) > 1; two {
			k.b = values[1]
		}
		if seen[k] == nil {
			if len(order) == mostCells {
				over = true
				return
			}
			seen[k] = map[string]bool{}
			order = append(order, k)
		}
		seen[k][person] = true
	})
	if err != nil {
		return nil, err
	}
	if over {
		return nil, wrong("There are more than %d different values: count by another column.", mostCells)
	}
	cells := make([]Cell, len(order))
	for i, k := range order {
		values := []string{k.a}
		if two {
			values = append(values, k.b)
		}
		cells[i] = Cell{Values: values, Totals: make([]bool, len(values)), People: int64(len(seen[k]))}
	}
	return cells, nil
}
