package patient

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/patchworkcare/patchwork/record"
)

// store is the index's tables. Every value goes to the database as a parameter.
type store struct {
	write, read *sql.DB
	postgres    bool
}

func newStore(write, read *bun.DB) store {
	return store{write: write.DB, read: read.DB, postgres: write.Dialect().Name() == dialect.PG}
}

// stored is a patient as the tables have it.
type stored struct {
	id            string
	merged        []string // ids of patients merged into it
	current       record.NHSNumber
	formers       []record.NHSNumber
	birth         record.Date
	registrations map[string]*Registration // by source
}

// querier is the pool for reading or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// chunk bounds the parameters of one statement.
const chunk = 400

// sizes are how many values a list of a statement has: a few, so that databases compile few
// statements. Longer ones are cut.
var sizes = [...]int{1, 2, 5, 10, 20, 50, 100, 200, chunk}

// sized fills the values of a list up to the next of sizes with the last of them, which changes
// no answer. There is at least one.
func sized(values []any) []any {
	for _, n := range sizes {
		if len(values) <= n {
			last := values[len(values)-1]
			for len(values) < n {
				values = append(values, last)
			}
			break
		}
	}
	return values
}

// list is "$1, $2, …" for n parameters after the first `after`.
func list(after, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(after + i + 1))
	}
	return b.String()
}

const patientColumns = `p.id, p.birth_date, COALESCE(n.nhs_number, ''), COALESCE(n.is_current, FALSE),
	COALESCE((SELECT string_agg(m.id, ' ') FROM patient m WHERE m.merged_into = p.id), '')`

// byNumbers gives the patients of the numbers, current or former, in two reads.
func (s store) byNumbers(ctx context.Context, ns []record.NHSNumber) (map[record.NHSNumber]*stored, error) {
	return load(ctx, s.read, ns)
}

// byID gives a patient, or the one it was merged into; nil if there is none.
func (s store) byID(ctx context.Context, id string) (*stored, error) {
	people, err := loadIDs(ctx, s.read, []string{id})
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		return p, nil
	}
	return nil, nil
}

// loadIDs gives patients by their ids, or those they were merged into, by their own ids.
func loadIDs(ctx context.Context, q querier, ids []string) (map[string]*stored, error) {
	people := map[string]*stored{}
	for part := range slices.Chunk(ids, chunk) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		args = sized(args)
		err := scanPatients(ctx, q, `SELECT `+patientColumns+` FROM patient p LEFT JOIN patient_number n ON n.patient_id = p.id
			WHERE p.id IN (SELECT COALESCE(merged_into, id) FROM patient WHERE id IN (`+list(0, len(args))+`))`, args, people)
		if err != nil {
			return nil, err
		}
	}
	return people, loadRegistrations(ctx, q, people)
}

// load gives the patients by each of their numbers, those asked for and their others.
func load(ctx context.Context, q querier, ns []record.NHSNumber) (map[record.NHSNumber]*stored, error) {
	people := map[string]*stored{}
	for part := range slices.Chunk(ns, chunk) {
		args := make([]any, len(part))
		for i, n := range part {
			args[i] = string(n)
		}
		args = sized(args)
		err := scanPatients(ctx, q, `SELECT `+patientColumns+` FROM patient_number a JOIN patient p ON p.id = a.patient_id
			JOIN patient_number n ON n.patient_id = p.id WHERE a.nhs_number IN (`+list(0, len(args))+`)`, args, people)
		if err != nil {
			return nil, err
		}
	}
	if err := loadRegistrations(ctx, q, people); err != nil {
		return nil, err
	}
	out := make(map[record.NHSNumber]*stored, len(people))
	for _, p := range people {
		out[p.current] = p
		for _, f := range p.formers {
			out[f] = p
		}
	}
	return out, nil
}

func scanPatients(ctx context.Context, q querier, query string, args []any, into map[string]*stored) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, birth, number, merged string
		var current bool
		if err := rows.Scan(&id, &birth, &number, &current, &merged); err != nil {
			return err
		}
		p := into[id]
		if p == nil {
			p = &stored{id: id, merged: strings.Fields(merged), birth: record.Date(birth), registrations: map[string]*Registration{}}
			into[id] = p
		}
		switch n := record.NHSNumber(number); {
		case n == "": // known only locally
		case current:
			p.current = n
		case !slices.Contains(p.formers, n): // two of its numbers were asked for
			p.formers = append(p.formers, n)
		}
	}
	for _, p := range into {
		slices.Sort(p.formers)
	}
	return rows.Err()
}

// loadRegistrations reads registrations with the links that hold.
func loadRegistrations(ctx context.Context, q querier, people map[string]*stored) error {
	ids := make([]any, 0, len(people))
	for id := range people {
		ids = append(ids, id)
	}
	for part := range slices.Chunk(ids, chunk) {
		part = sized(part)
		rows, err := q.QueryContext(ctx, `SELECT r.patient_id, r.source, r.state, r.code, r.reason, r.checked, r.labels, r.traced, r.trust,
				COALESCE(l.local_id, ''), COALESCE(l.status, ''), COALESCE(l.since, 0), COALESCE(l.evidence, '')
			FROM patient_registration r
			LEFT JOIN patient_link l ON l.patient_id = r.patient_id AND l.source = r.source AND l.ended IS NULL
			WHERE r.patient_id IN (`+list(0, len(part))+`) ORDER BY l.local_id`, part...)
		if err != nil {
			return err
		}
		if err := scanRegistrations(rows, people); err != nil {
			return err
		}
	}
	return nil
}

func scanRegistrations(rows *sql.Rows, people map[string]*stored) error {
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, state, status, labels string
		var checked, traced, since int64
		var r Registration
		var l Link
		if err := rows.Scan(&id, &r.Source, &state, &r.Code, &r.Reason, &checked, &labels, &traced, &r.trust, &l.LocalID, &status, &since, &l.Evidence); err != nil {
			return err
		}
		kept := people[id].registrations[r.Source]
		if kept == nil {
			r.State, r.Checked, r.traced = State(state), micro(checked), micro(traced)
			r.label(readLabels(labels))
			kept = &r
			people[id].registrations[r.Source] = kept
		}
		if l.LocalID != "" {
			l.Source, l.Status, l.Since = r.Source, LinkStatus(status), micro(since)
			kept.Links = append(kept.Links, l)
		}
	}
	return rows.Err()
}

// micro is a stored time; 0 is never.
func micro(at int64) time.Time {
	if at == 0 {
		return time.Time{}
	}
	return time.UnixMicro(at).UTC()
}

// stamp is a time to store.
func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
