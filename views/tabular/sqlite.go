package tabular

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// writeSQLite builds the database in a temporary file and then copies it out.
//
// The file's name is taken away as soon as it is open: the system frees it with the last
// handle, however this ends, so not even a killed server leaves people's data behind. That
// needs a connection that is never opened again and a database without a journal, which
// nobody needs of a file that is either whole or not handed out.
func writeSQLite(w io.Writer, t Table, rows iter.Seq2[[]any, error]) (err error) {
	dir, err := os.MkdirTemp("", "patchwork-table-") // 0700
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // where names cannot be taken away from open files
	path := filepath.Join(dir, "table.sqlite")
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=locking_mode(EXCLUSIVE)&_pragma=temp_store(MEMORY)")
	if err != nil {
		return err
	}
	defer db.Close()            //nolint:errcheck // its file is nobody's any more
	ctx := context.Background() // the rows end when their maker is cancelled
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // as above
	if err := fillSQLite(ctx, conn, t, rows, func() { _ = os.RemoveAll(dir) }); err != nil {
		return err
	}
	_, err = io.Copy(w, file)
	return err
}

func fillSQLite(ctx context.Context, conn *sql.Conn, t Table, rows iter.Seq2[[]any, error], opened func()) error {
	if err := describeSQLite(ctx, conn, t); err != nil {
		return err
	}
	opened()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // of what is committed there is nothing to roll back
	insert, err := tx.PrepareContext(ctx, "INSERT INTO "+quoted(t.Name)+" VALUES (?"+strings.Repeat(",?", len(t.Columns)-1)+")")
	if err != nil {
		return err
	}
	defer insert.Close() //nolint:errcheck // as above
	values := make([]any, len(t.Columns))
	for row, err := range rows {
		if err != nil {
			return err
		}
		for i, value := range row {
			values[i] = value
			if n, ok := value.(json.Number); ok {
				values[i], _ = n.Float64() // it was checked to be one
			}
		}
		if _, err := insert.ExecContext(ctx, values...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// describeSQLite makes the tables, and fills those that say what the file is.
func describeSQLite(ctx context.Context, conn *sql.Conn, t Table) error {
	var columns []string
	for _, c := range t.Columns {
		columns = append(columns, quoted(c.Name)+" "+affinity(c.Kind))
	}
	for _, statement := range []string{
		"CREATE TABLE " + quoted(t.Name) + " (" + strings.Join(columns, ", ") + ")",
		"CREATE TABLE _about (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
		"CREATE TABLE _dictionary (position INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, personal INTEGER NOT NULL)",
	} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	for _, fact := range t.about() {
		if _, err := conn.ExecContext(ctx, "INSERT INTO _about VALUES (?, ?)", fact.name, fact.value); err != nil {
			return err
		}
	}
	for i, c := range t.Columns {
		if _, err := conn.ExecContext(ctx, "INSERT INTO _dictionary VALUES (?, ?, ?, ?, ?, ?)",
			i+1, c.Name, string(c.Kind), c.Title, c.Description, c.Personal); err != nil {
			return err
		}
	}
	return nil
}

func affinity(k Kind) string {
	switch k {
	case Integer, Boolean: // of a boolean 1 is true and 0 is false
		return "INTEGER"
	case Decimal:
		return "REAL"
	}
	return "TEXT"
}

// quoted keeps a name that is a word of SQL a name.
func quoted(name string) string { return `"` + name + `"` }
