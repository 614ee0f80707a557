package migrations

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"modernc.org/sqlite"
)

// one opens a database of one connection, and gives the connection.
func one(t *testing.T) (*sql.DB, *preparedConn) {
	t.Helper()
	c, err := sqlite.NewConnector("file:" + filepath.Join(t.TempDir(), "db") + "?" + sqliteSettings)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(prepared{c})
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE a (n INTEGER PRIMARY KEY, text TEXT)`); err != nil {
		t.Fatal(err)
	}
	for n := range 20 {
		if _, err := db.Exec(`INSERT INTO a VALUES ($1, $2)`, n, fmt.Sprint("row ", n)); err != nil {
			t.Fatal(err)
		}
	}
	var inner *preparedConn
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.Raw(func(c any) error { inner, _ = c.(*preparedConn); return nil }); err != nil || inner == nil {
		t.Fatal("the connection keeps no statements", err)
	}
	return db, inner
}

func textOf(t *testing.T, q interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, n int) (text string) {
	t.Helper()
	if err := q.QueryRowContext(t.Context(), `SELECT text FROM a WHERE n = $1`, n).Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

// A statement is compiled once, gives what is asked for each time, and sees a table that was
// changed meanwhile.
func TestAStatementIsKept(t *testing.T) {
	t.Parallel()
	db, c := one(t)
	for n := range 20 {
		if got := textOf(t, db, n); got != fmt.Sprint("row ", n) {
			t.Fatal(n, got)
		}
	}
	if len(c.kept) != 2 { // the INSERT and the SELECT
		t.Errorf("%d statements are kept", len(c.kept))
	}
	if _, err := db.Exec(`ALTER TABLE a ADD COLUMN more TEXT NOT NULL DEFAULT 'x'`); err != nil {
		t.Fatal(err)
	}
	if got := textOf(t, db, 3); got != "row 3" {
		t.Error(got)
	}
	var n int
	if err := db.QueryRow(`SELECT COUNT(*) FROM a WHERE n = $1 AND text = $2`, 3, "row 4").Scan(&n); err != nil || n != 0 {
		t.Error("what was bound before is bound still", n, err)
	}
}

// A statement whose rows are being read is not begun anew under them.
func TestAStatementInUse(t *testing.T) {
	t.Parallel()
	db, _ := one(t)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	rows, err := tx.Query(`SELECT n FROM a WHERE n >= $1 ORDER BY n`, 0)
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for ; rows.Next(); read++ {
		var n, below int
		if err := rows.Scan(&n); err != nil || n != read {
			t.Fatal(n, read, err)
		}
		if err := tx.QueryRow(`SELECT n FROM a WHERE n >= $1 ORDER BY n`, n).Scan(&below); err != nil || below != n {
			t.Fatal(below, n, err)
		}
	}
	if err := rows.Err(); err != nil || read != 20 {
		t.Error(read, err)
	}
}

// The statements of a connection do not grow without bound, and one that fails is none.
func TestStatementsAreBounded(t *testing.T) {
	t.Parallel()
	db, c := one(t)
	for i := range 3 * mostPrepared {
		var got int
		if err := db.QueryRow(fmt.Sprintf(`SELECT n + %d FROM a WHERE n = $1`, i), 1).Scan(&got); err != nil || got != i+1 {
			t.Fatal(got, err)
		}
	}
	if len(c.kept) > mostPrepared || len(c.order) != len(c.kept) {
		t.Errorf("%d statements are kept, %d in order", len(c.kept), len(c.order))
	}
	if err := db.QueryRow(`SELECT nothing FROM nowhere WHERE n = $1`, 1).Err(); err == nil {
		t.Error("a statement that cannot be compiled gave no error")
	}
	if _, err := db.Exec(`INSERT INTO a VALUES ($1, 'again')`, 1); err == nil {
		t.Error("a row was doubled")
	}
	if _, err := db.Exec(`INSERT INTO a VALUES ($1, 'again')`, 100); err != nil {
		t.Error("a statement that failed is of no use any more:", err)
	}
}

// Many readers and a writer, and contexts that end in the middle.
func TestStatementsAreNotShared(t *testing.T) {
	t.Parallel()
	db, err := openSQLite(filepath.Join(t.TempDir(), "db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.Write.Exec(`CREATE TABLE a (n INTEGER PRIMARY KEY, text TEXT)`); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for w := range 8 {
		group.Go(func() {
			for i := range 100 {
				n := w*100 + i
				if _, err := db.Write.DB.ExecContext(t.Context(), `INSERT INTO a VALUES ($1, $2)`, n, fmt.Sprint("row ", n)); err != nil {
					t.Error(err)
					return
				}
				gone, cancel := context.WithCancel(t.Context())
				if i%3 == 0 {
					cancel()
				}
				var read string
				err := db.Read.DB.QueryRowContext(gone, `SELECT text FROM a WHERE n = $1`, n).Scan(&read)
				cancel()
				if i%3 == 0 && err == nil {
					t.Error("somebody who had gone was answered")
				}
				if got := textOf(t, db.Read.DB, n); got != fmt.Sprint("row ", n) {
					t.Error(n, got)
				}
			}
		})
	}
	group.Wait()
}
