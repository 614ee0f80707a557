package relationship

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
)

// reader asks the one question of every request: what stands between this user and
// these patients.
//
// A few sizes of it are prepared once on every connection. SQLite parses in our process,
// and takes longer the more named parameters there are; PostgreSQL takes ten times as
// long to plan it as to answer it.
type reader struct {
	*sql.DB
	texts    [len(sizes)]string
	prepared *[len(sizes)]atomic.Pointer[sql.Stmt] // made when they are first wanted
}

// sizes are how many patients the question can be about; fewer are filled up with the
// first, which changes no answer.
var sizes = [...]int{1, 5, 20, 50}

func newReader(read *bun.DB) reader {
	r := reader{DB: read.DB, prepared: new([len(sizes)]atomic.Pointer[sql.Stmt])}
	for i, n := range sizes {
		r.texts[i] = question(n, read.Dialect().Name() == dialect.PG)
	}
	return r
}

// ask puts the question about at most the largest of sizes patients.
func (r reader) ask(ctx context.Context, q asked) (*sql.Rows, error) {
	size := 0
	for sizes[size] < len(q.patients) {
		size++
	}
	args := q.arguments(sizes[size])
	if stmt := r.statement(ctx, size); stmt != nil {
		rows, err := stmt.QueryContext(ctx, args...)
		if err == nil || ctx.Err() != nil {
			return rows, err
		}
	}
	// A proxy before PostgreSQL may not know what was prepared on another connection of
	// its own: then the question is asked as it stands, in a text that differs, because
	// the driver takes what it has prepared for the same text. Nobody is refused for that
	// (hazard H-05).
	return r.QueryContext(ctx, r.texts[size]+" ", args...)
}

// statement gives the prepared one, nil if it cannot be prepared at the moment.
func (r reader) statement(ctx context.Context, size int) *sql.Stmt {
	if stmt := r.prepared[size].Load(); stmt != nil {
		return stmt
	}
	stmt, err := r.PrepareContext(ctx, r.texts[size])
	if err != nil {
		return nil
	}
	if !r.prepared[size].CompareAndSwap(nil, stmt) { // another request was first
		_ = stmt.Close()
		return r.prepared[size].Load()
	}
	return stmt
}

// asked is who asks about whom, and when.
type asked struct {
	patients                      []string
	organisation, issuer, subject string
	now                           int64
}

// One row of the answer is of one of these tables.
const (
	fromRelationship = iota
	fromBreak
	fromObjection
)

// question reads each table once, all in one round trip. PATIENTS stands for the
// placeholders. A row of an organisation never has the organisation "", and one of a
// user never the subject "": the table refuses them, and so does this. (A bare "subject = ?"
// would have SQLite compile the statement anew for every caller: an index is of those rows
// alone whose subject is empty, and whether it may be used hangs on the parameter.)
//
// An objection holds from when it was recorded whatever the clocks say: that a server
// is behind must not undo it (hazard H-14).
func question(n int, postgres bool) string {
	const text = `
SELECT 0, patient, id, kind, organisation, evidence, reason_code, reason, FALSE, since, until FROM relationship
 WHERE patient IN (PATIENTS) AND until > ? AND since <= ?
   AND (organisation = NULLIF(?, '') AND subject = '' OR issuer = ? AND subject = NULLIF(?, '') AND organisation = '')
UNION ALL
SELECT 1, patient, id, '', '', '', reason_code, reason, FALSE, started, until FROM relationship_break
 WHERE patient IN (PATIENTS) AND issuer = ? AND subject = ? AND ended IS NULL AND until > ? AND started <= ?
UNION ALL
SELECT 2, patient, id, source, organisation, section, recorded_by, reason, absolute, since, 0 FROM relationship_objection
 WHERE patient IN (PATIENTS) AND ended IS NULL`
	whole := strings.ReplaceAll(text, "PATIENTS", strings.TrimSuffix(strings.Repeat("?, ", n), ", "))
	if !postgres {
		return whole
	}
	var b strings.Builder
	for i, part := range strings.Split(whole, "?") {
		if i > 0 {
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(i))
		}
		b.WriteString(part)
	}
	return b.String()
}

// arguments are the question's, in the order of its placeholders, about n patients.
func (q *asked) arguments(n int) []any {
	args := make([]any, 0, 3*n+9)
	patients := func() {
		for i := range n {
			if i >= len(q.patients) {
				i = 0
			}
			args = append(args, q.patients[i])
		}
	}
	patients()
	args = append(args, q.now, q.now, q.organisation, q.issuer, q.subject)
	patients()
	args = append(args, q.issuer, q.subject, q.now, q.now)
	patients()
	return args
}
