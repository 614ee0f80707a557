package review

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
)

// scanner reads the columns of one row.
type scanner func(into ...any) error

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// each runs a query and gives every row.
func each(ctx context.Context, db querier, query string, args []any, row func(scanner) error) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// list is "$1, $2, …" for n parameters after the first `after`.
func list(after, n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = placeholder(after + i + 1)
	}
	return strings.Join(names, ", ")
}

func placeholder(n int) string { return "$" + strconv.Itoa(n) }
