package audit

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
)

// inserter writes rows, many to a statement.
//
// SQLite parses in our process and takes longer the more named parameters there are:
// a few sizes of statement are prepared once, with nameless parameters. PostgreSQL is
// asked in as few round trips as possible, and nothing is prepared by name there.
type inserter struct {
	sqlite   bool
	prepared map[int]*sql.Stmt
}

// mostRows keeps below PostgreSQL's 65,535 parameters.
const mostRows = 512

// insert writes the first rows and says how many it wrote.
func (w *inserter) insert(ctx context.Context, tx *sql.Tx, rows []row) (n int, err error) {
	if !w.sqlite {
		n = min(len(rows), mostRows)
		_, err = tx.ExecContext(ctx, statement(n, false), values(rows[:n])...)
		return n, err
	}
	for _, n = range [...]int{32, 8, 1} {
		if len(rows) >= n {
			break
		}
	}
	_, err = tx.StmtContext(ctx, w.prepared[n]).ExecContext(ctx, values(rows[:n])...)
	return n, err
}

// open prepares the statements.
func (w *inserter) open(ctx context.Context, db *sql.DB, sqlite bool) (err error) {
	w.sqlite, w.prepared = sqlite, map[int]*sql.Stmt{}
	if !sqlite {
		return nil
	}
	for _, n := range [...]int{32, 8, 1} {
		if w.prepared[n], err = db.PrepareContext(ctx, statement(n, true)); err != nil {
			return err
		}
	}
	return nil
}

// close lets go of the statements.
func (w *inserter) close() {
	for _, s := range w.prepared {
		_ = s.Close()
	}
}

// statement inserts n rows.
func statement(n int, nameless bool) string {
	var b strings.Builder
	b.Grow(128 + n*48)
	b.WriteString(`INSERT INTO audit_event (` + columns + `) VALUES `)
	for i := range n * width {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%width == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		if nameless {
			b.WriteByte('?')
			continue
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(i + 1))
		if i == 0 { // a server that does not know of others takes its turn with the statement itself
			b.WriteString(`::bigint + (SELECT CASE WHEN ` + turn + ` IS NULL THEN 0 ELSE 0 END)`)
		}
	}
	b.WriteByte(')')
	return b.String()
}

// width is the number of columns.
const width = 7

func values(rows []row) []any {
	args := make([]any, 0, len(rows)*width)
	for i := range rows {
		r := &rows[i]
		args = append(args, r.seq, r.at, r.patient, r.subject, r.requestID, r.previous, r.body)
	}
	return args
}
