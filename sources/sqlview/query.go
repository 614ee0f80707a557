package sqlview

import (
	"context"
	"database/sql"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// maxBytes bounds the text of all rows of one query.
const maxBytes = 10 << 20

// take is given each row of a query. Its slice is not kept.
type take func(cells []string)

// run makes one query and gives its rows to what begin returns for their header.
// The gaps say what was left out because there was too much of it.
func (s *source) run(ctx context.Context, v *view, params map[string][]string, begin func(*columns.Binding) take) (gaps []sources.Gap, err error) {
	return s.rows(ctx, v.statement, params, func(header []string) (take, error) {
		binding, err := v.mapping.Bind(header)
		if err != nil {
			return nil, err
		}
		s.mention(v, binding)
		return begin(binding), nil
	})
}

// rows is run for rows that no mapping reads.
func (s *source) rows(ctx context.Context, st statement, params map[string][]string, begin func(header []string) (take, error)) (gaps []sources.Gap, err error) {
	// Its own context ends with the query: what is left unread is then not drained.
	ctx, done := context.WithCancel(ctx)
	defer done()
	query, args := st.render(params)
	q, end, err := s.reader(ctx)
	if err != nil {
		return nil, s.dialect.explain(ctx, err)
	}
	defer end() // before done: a transaction left with its context ended costs the connection
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, s.dialect.explain(ctx, err)
	}
	gaps, full, err := s.each(rows, begin)
	if full {
		done()
		_ = rows.Close()
		return gaps, nil
	}
	// Whether all rows came shows only when they are closed.
	if closing := rows.Close(); err == nil {
		err = closing
	}
	return gaps, s.dialect.explain(ctx, err)
}

// querier is a transaction or a plain connection.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// reader opens a read-only transaction where the database has them; end leaves it.
func (s *source) reader(ctx context.Context) (querier, func(), error) {
	if !s.dialect.transaction {
		return s.db, func() {}, nil
	}
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: !s.dialect.plain})
	if err != nil {
		return nil, nil, err
	}
	end := func() { _ = tx.Rollback() }
	if s.dialect.readOnly != "" {
		if _, err := tx.ExecContext(ctx, s.dialect.readOnly); err != nil {
			end()
			return nil, nil, err
		}
	}
	return tx, end, nil
}

// each reads the rows up to the caps; full says that there were more.
func (s *source) each(rows *sql.Rows, begin func(header []string) (take, error)) (gaps []sources.Gap, full bool, err error) {
	header, err := rows.Columns()
	if err != nil {
		return nil, false, err
	}
	row, err := begin(header)
	if err != nil {
		return nil, false, err
	}
	kinds := typeNames(rows, len(header))
	values, cells := make([]any, len(header)), make([]string, len(header))
	into := make([]any, len(header))
	for i := range values {
		into[i] = &values[i]
	}
	size := 0
	for n := 0; rows.Next(); n++ {
		if n == s.maxRows {
			return []sources.Gap{columns.Partial("row-cap", "It has more rows than are read at once")}, true, nil
		}
		if err := rows.Scan(into...); err != nil {
			return nil, false, err
		}
		for i, v := range values {
			cells[i] = cell(v, kinds[i], s.env.Zone)
			size += len(cells[i])
		}
		if size > maxBytes {
			return []sources.Gap{columns.Partial("size-cap", "It has more text than is read at once")}, true, nil
		}
		row(cells)
	}
	return nil, false, rows.Err()
}

func typeNames(rows *sql.Rows, n int) []string {
	out := make([]string, n)
	if types, err := rows.ColumnTypes(); err == nil {
		for i, t := range types {
			out[i] = t.DatabaseTypeName()
		}
	}
	return out
}

// mention tells the engineer once of columns that nothing uses: an alias may be
// mistyped. Names of columns are no personal data.
func (s *source) mention(v *view, b *columns.Binding) {
	if unused := b.Unused(); len(unused) > 0 {
		v.warned.Do(func() {
			s.env.Log.Warn("the query gives columns that no field uses", "section", b.Section().Name(), "columns", unused)
		})
	}
}
