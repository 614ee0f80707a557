package relationship

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"sync"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
)

// reader asks the one question of every request: what stands between this user and
// these patients.
//
// SQLite parses in our process, and takes longer the more named parameters there are:
// a few sizes of the question are prepared once, with nameless parameters. PostgreSQL
// is asked in one round trip, and nothing is prepared by name there.
type reader struct {
	*sql.DB
	postgres bool
	texts    [len(sizes)]string
	prepared *[len(sizes)]statement
}

// statement is prepared when it is first wanted.
type statement struct {
	once sync.Once
	stmt *sql.Stmt
	err  error
}

// sizes are how many patients the question can be about; fewer are filled up with the
// first, which changes no answer.
var sizes = [...]int{1, 5, 20, 50}

func newReader(read *bun.DB) reader {
	r := reader{DB: read.DB, postgres: read.Dialect().Name() == dialect.PG, prepared: new([len(sizes)]statement)}
	for i, n := range sizes {
		r.texts[i] = question(n, r.postgres)
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
	if r.postgres {
		return r.QueryContext(ctx, r.texts[size], args...)
	}
	p := &r.prepared[size]
	p.once.Do(func() { p.stmt, p.err = r.PrepareContext(context.WithoutCancel(ctx), r.texts[size]) })
	if p.err != nil {
		return r.QueryContext(ctx, r.texts[size], args...)
	}
	return p.stmt.QueryContext(ctx, args...)
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
// user never the subject "": the table refuses them, and so does this.
//
// An objection holds from when it was recorded whatever the clocks say: that a server
// is behind must not undo it (hazard H-14).
func question(n int, postgres bool) string {
	const text = `
SELECT 0, patient, id, kind, organisation, evidence, reason_code, reason, FALSE, since, until FROM relationship
 WHERE patient IN (PATIENTS) AND until > ? AND since <= ?
   AND (organisation = ? AND organisation <> '' AND subject = '' OR issuer = ? AND subject = ? AND subject <> '' AND organisation = '')
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
