package pgwire

import (
	"context"
	"database/sql"
	"strconv"
)

// column is one column of an answer.
type column struct {
	name string
	oid  int
}

// result is a whole answer. It is held in memory, so that a client that reads
// slowly, or a fault that answers slowly, never keeps the database busy.
type result struct {
	columns []column
	rows    [][]any
}

// maxHeld bounds a result in memory, in bytes of text; a query that exceeds it
// is refused as PostgreSQL refuses a program that grows too large.
const maxHeld = 64 << 20

// named gives SQLite the parameters by the names the translation uses.
func named(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = sql.Named("p"+strconv.Itoa(i+1), a)
	}
	return out
}

// load runs a query and reads it to its end, or to at most limit rows when
// limit is not negative.
func load(ctx context.Context, db *sql.DB, query string, args []any, limit int) (*result, error) {
	rows, err := db.QueryContext(ctx, query, named(args)...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	r := &result{}
	for _, t := range types {
		r.columns = append(r.columns, column{t.Name(), declared(t.DatabaseTypeName())})
	}
	held := 0
	for (limit < 0 || len(r.rows) < limit) && rows.Next() {
		row, size, err := scan(rows, len(r.columns))
		if err != nil {
			return nil, err
		}
		if held += size; held > maxHeld {
			return nil, refusal("54000", "result is too large")
		}
		r.rows = append(r.rows, row)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return r, ctx.Err()
}

func scan(rows *sql.Rows, n int) (row []any, size int, err error) {
	row = make([]any, n)
	into := make([]any, n)
	for i := range row {
		into[i] = &row[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, 0, err
	}
	size = 24
	for i, v := range row {
		size += 16
		switch v := v.(type) {
		case string:
			size += len(v)
		case []byte:
			row[i] = string(v) // Scan may reuse the bytes
			size += len(v)
		}
	}
	return row, size, nil
}

// settle gives every column one type that all of its values have. Declared types
// win where the values agree: SQLite does not enforce them.
func (r *result) settle() {
	for i := range r.columns {
		seen := 0
		for _, row := range r.rows {
			if row[i] == nil {
				continue
			}
			switch oid := oidOf(row[i]); {
			case seen == 0, seen == oid:
				seen = oid
			case seen != oidText && oid != oidText:
				seen = oidReal
			default:
				seen = oidText
			}
		}
		switch {
		case seen == oidText, seen == 0 && r.columns[i].oid == 0:
			r.columns[i].oid = oidText
		case seen == oidReal || r.columns[i].oid == 0:
			r.columns[i].oid = seen
		}
	}
}

// shape finds the columns of a query before it is bound to values: declared
// types where there are any, otherwise those of the row it gives for no values
// (an aggregate gives one). It opens no result the client would see.
func shape(ctx context.Context, db *sql.DB, q *query) ([]column, error) {
	args := make([]any, len(q.params))
	for i, oid := range q.params {
		if oid == oidInt {
			args[i] = int64(1) // LIMIT takes no NULL
		}
	}
	r, err := load(ctx, db, "SELECT * FROM ("+q.sql+") LIMIT 0", args, 0)
	if err != nil {
		return nil, err
	}
	open := false
	for _, c := range r.columns {
		open = open || c.oid == 0
	}
	if open {
		if r, err = load(ctx, db, q.sql, args, 1); err != nil {
			return nil, err
		}
	}
	for i, c := range r.columns {
		if c.oid != 0 {
			continue
		}
		r.columns[i].oid = oidText
		if len(r.rows) == 1 && r.rows[0][i] != nil {
			r.columns[i].oid = oidOf(r.rows[0][i])
		}
	}
	return r.columns, nil
}
