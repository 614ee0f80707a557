package migrations

import (
	"context"
	"fmt"
)

// Newest is the number of the last step that this program knows.
func Newest() (int, error) {
	steps, err := load(stepFiles)
	return len(steps), err
}

// Step is the number of the last step that the database has had, 0 if it has had none. It
// changes nothing.
func (db *DB) Step(ctx context.Context) (int, error) {
	tables, err := db.Tables(ctx)
	if err != nil {
		return 0, err
	}
	for _, name := range tables {
		if name == stepTable {
			return db.lastStep(ctx)
		}
	}
	return 0, nil
}

// stepTable is where it stands which steps the database has had.
const stepTable = "schema_step"

func (db *DB) lastStep(ctx context.Context) (last int, err error) {
	if err := db.Read.DB.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) FROM schema_step`).Scan(&last); err != nil {
		return 0, fmt.Errorf("the database's step cannot be read: %w", plain(err))
	}
	return last, nil
}

// Tables are the names of all tables of the database, on PostgreSQL of the schema that it
// works in, sorted; none in a new one.
func (db *DB) Tables(ctx context.Context) (names []string, err error) {
	query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`
	if db.Dialect == Postgres {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`
	}
	rows, err := db.Read.DB.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("the database's tables cannot be listed: %w", plain(err))
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("the database's tables cannot be listed: %w", plain(err))
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("the database's tables cannot be listed: %w", plain(err))
	}
	return names, nil
}
