package patient

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// errRaced: another server was faster; what it wrote must be read first.
var errRaced = errors.New("the patient index was changed meanwhile")

// lockKey serialises the settling of all servers on one PostgreSQL database, as the
// single writer does on SQLite; any fixed number.
const lockKey = 7283902152

// settle writes what the inquiries have learned, in one transaction.
func (s store) settle(ctx context.Context, systems []System, linking *Linking, inquiries []*inquiry, now time.Time) error {
	kept := make([]bool, len(inquiries))
	err := s.change(ctx, now, func(w *settling) error {
		w.systems, w.linking = systems, linking
		if err := w.load(inquiries); err != nil {
			return err
		}
		var err error
		for i, q := range inquiries {
			if kept[i], err = w.settle(q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("settling: %w", err)
	}
	for i, q := range inquiries {
		q.fresh, q.kept = false, kept[i]
	}
	return nil
}

// change does something to the tables in one transaction, alone on all servers; again if
// another server was faster.
func (s store) change(ctx context.Context, now time.Time, do func(*settling) error) error {
	const tries = 8
	var err error
	for range tries {
		if err = s.tryChange(ctx, now, do); !errors.Is(err, errRaced) {
			break
		}
	}
	return err
}

func (s store) tryChange(ctx context.Context, now time.Time, do func(*settling) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if s.postgres {
		if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, int64(lockKey)); err != nil {
			return err
		}
	}
	w := &settling{
		ctx: ctx, tx: tx, now: now.UTC().Truncate(time.Microsecond), book: map[record.NHSNumber]*stored{}, people: map[string]*stored{},
		owners: map[owned]holding{}, pairs: map[pair]*proposal{}, records: map[owned][]*proposal{},
		registrations: map[place]*Registration{}, links: map[string]newLink{}, changed: map[pair]bool{},
	}
	if err := do(w); err != nil {
		return err
	}
	if err := w.sever(); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	return tx.Commit()
}

// settling is one transaction. What it has read it keeps as it changes it.
type settling struct {
	ctx     context.Context
	tx      *sql.Tx
	systems []System
	linking *Linking
	now     time.Time
	book    map[record.NHSNumber]*stored
	people  map[string]*stored // by id
	owners  map[owned]holding  // who holds a local id

	pairs   map[pair]*proposal
	records map[owned][]*proposal

	registrations map[place]*Registration // to write
	links         map[string]newLink      // to write, by a new id
	changed       map[pair]bool           // proposals to write
	heirs         []*stored               // into whom others were merged
}

// place is a patient's registration in a system; owned a local id in one.
type (
	place   struct{ patient, source string }
	owned   struct{ source, localID string }
	holding struct {
		patient string
		status  LinkStatus
	}
)

type newLink struct {
	patient string
	Link
}

// load reads every patient and every owner of a local id that the inquiries touch.
func (w *settling) load(inquiries []*inquiry) error {
	numbers, locals, ids := map[record.NHSNumber]bool{}, map[string]bool{}, map[string]bool{}
	for _, q := range inquiries {
		numbers[q.asked], numbers[q.current] = true, true
		ids[q.patient] = true
		for _, f := range q.formers {
			numbers[f] = true
		}
		for i := range q.answers {
			a := &q.answers[i]
			for _, c := range slices.Concat(a.people, a.found) {
				locals[c.localID] = true
				for _, f := range c.formers { // decide may confirm more than were asked by
					numbers[f] = true
				}
			}
			for _, id := range a.scored {
				locals[id] = true
			}
			for _, c := range a.found {
				numbers[c.number] = numbers[c.number] || q.asked == "" && c.verified
			}
		}
	}
	delete(numbers, "")
	delete(ids, "")
	var err error
	if w.book, err = load(w.ctx, w.tx, slices.Collect(maps.Keys(numbers))); err != nil {
		return err
	}
	for _, p := range w.book {
		w.people[p.id] = p
	}
	if err := w.loadPeople(slices.Collect(maps.Keys(ids))); err != nil {
		return err
	}
	return w.loadRecords(slices.Collect(maps.Keys(locals)))
}

// loadPeople reads patients by id, those that are not read yet.
func (w *settling) loadPeople(ids []string) error {
	ids = slices.DeleteFunc(ids, func(id string) bool { return w.people[id] != nil })
	if len(ids) == 0 {
		return nil
	}
	people, err := loadIDs(w.ctx, w.tx, ids)
	if err != nil {
		return err
	}
	for id, p := range people {
		if w.people[id] != nil {
			continue
		}
		w.people[id] = p
		for _, n := range append(slices.Clone(p.formers), p.current) {
			if n != "" {
				w.book[n] = p
			}
		}
	}
	return nil
}

// loadRecords reads who holds local ids, and what was proposed and decided about them and
// about the people that were read.
func (w *settling) loadRecords(locals []string) error {
	for part := range slices.Chunk(locals, chunk) {
		if err := w.loadOwners(part); err != nil {
			return err
		}
	}
	return w.loadProposals(slices.Collect(maps.Keys(w.people)), locals)
}

func (w *settling) loadOwners(locals []string) error {
	args := make([]any, len(locals))
	for i := range locals {
		args[i] = locals[i]
	}
	rows, err := w.tx.QueryContext(w.ctx, `SELECT source, local_id, patient_id, status FROM patient_link
		WHERE ended IS NULL AND local_id IN (`+list(0, len(args))+`)`, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var o owned
		var h holding
		if err := rows.Scan(&o.source, &o.localID, &h.patient, &h.status); err != nil {
			return err
		}
		w.owners[o] = h
	}
	return rows.Err()
}

// settle works one inquiry in; kept is false if nobody knows the person.
func (w *settling) settle(q *inquiry) (kept bool, err error) {
	if q.asked == "" {
		return true, w.settleLocal(q)
	}
	v, home := w.decide(q)
	if home == nil && !v.known {
		return false, nil
	}
	p, err := w.patient(home, &v)
	if err != nil {
		return false, err
	}
	if p.birth == "" && v.birth != "" {
		p.birth = v.birth
		if err := w.exec(`UPDATE patient SET birth_date = $1 WHERE id = $2`, string(v.birth), p.id); err != nil {
			return false, err
		}
	}
	q.addFormers(p.formers...) // some may have come from another inquiry meanwhile
	for i, r := range v.registrations {
		if r == nil || r.State == Absent && q.unput(i) {
			continue
		}
		if err := w.register(p, r, v.seen[i], q, i); err != nil {
			return false, err
		}
	}
	return true, nil
}

// decide applies the linking rules with the birth date of the stored patient: that of
// the current number, else that of the number asked for.
func (w *settling) decide(q *inquiry) (verdict, *stored) {
	with := func(current record.NHSNumber, home *stored) verdict {
		if home == nil {
			return decide(w.systems, q.asked, current, nil, "", q.answers)
		}
		birth := home.birth
		if birth == "" && disputed(home, q) {
			birth = nobodys
		}
		v := decide(w.systems, q.asked, current, home.formers, birth, q.answers)
		if v.birth == nobodys {
			v.birth = ""
		}
		return v
	}
	home := w.book[q.current]
	if home == nil {
		home = w.book[q.asked]
	}
	v := with(q.current, home)
	if v.current != q.current { // not believed: the number asked for stands
		home = w.book[q.asked]
		v = with(q.asked, home)
	}
	return v, home
}

// nobodys is no birth date: nothing agrees with it.
const nobodys record.Date = "-"

// disputed reports whether systems gave a number to people of different birth dates, and one
// of them has not said now whether it still does: that it is silent does not make the others
// right (hazard H-01).
func disputed(home *stored, q *inquiry) bool {
	return slices.ContainsFunc(q.answers, func(a answer) bool {
		r := home.registrations[a.source]
		return r != nil && r.State == Conflict && (a.failed || !a.heard)
	})
}

// patient gives the stored patient of the verdict, new if there is none, with all the
// numbers the verdict confirms. A patient stored under a superseded number becomes
// this one if its birth date agrees.
func (w *settling) patient(home *stored, v *verdict) (*stored, error) {
	p := w.book[v.current]
	if p == nil && home != nil {
		if err := w.promote(home, v.current); err != nil {
			return nil, err
		}
		p = home
	}
	for _, f := range v.formers {
		other := w.book[f]
		if other == nil || other == p || other.birth != "" && other.birth != v.birth {
			continue
		}
		var err error
		if p == nil {
			err, p = w.promote(other, v.current), other
		} else {
			err = w.merge(other, p)
		}
		if err != nil {
			return nil, err
		}
	}
	if p == nil {
		var err error
		if p, err = w.create(v); err != nil {
			return nil, err
		}
	}
	for _, f := range v.formers {
		if w.book[f] == nil {
			if err := w.number(p, f, false); err != nil {
				return nil, err
			}
			p.formers = append(p.formers, f)
			w.doubt(p)
		}
	}
	return p, nil
}

// doubt makes the systems that do not know the patient be asked again, now that there
// is another number to ask by.
func (w *settling) doubt(p *stored) {
	for source, r := range p.registrations {
		if r.State == Absent {
			stale := *r
			stale.unasked()
			stale.traced = r.traced
			p.registrations[source] = &stale
			w.registrations[place{p.id, source}] = &stale
		}
	}
}

func (w *settling) create(v *verdict) (*stored, error) {
	p := &stored{id: newID(), current: v.current, birth: v.birth, registrations: map[string]*Registration{}}
	if err := w.exec(`INSERT INTO patient (id, birth_date, created) VALUES ($1, $2, $3)`, p.id, string(p.birth), stamp(w.now)); err != nil {
		return nil, err
	}
	w.people[p.id] = p
	return p, w.number(p, v.current, true)
}

// number gives a number to a patient; errRaced if somebody has it by now.
func (w *settling) number(p *stored, n record.NHSNumber, current bool) error {
	done, err := w.tx.ExecContext(w.ctx, `INSERT INTO patient_number (nhs_number, patient_id, is_current, since)
		VALUES ($1, $2, $3, $4) ON CONFLICT (nhs_number) DO NOTHING`, string(n), p.id, current, stamp(w.now))
	if err != nil {
		return err
	}
	if rows, err := done.RowsAffected(); err != nil || rows != 1 {
		return errors.Join(errRaced, err)
	}
	w.book[n] = p
	return nil
}

// promote gives a patient a new current number; the one before becomes a former one.
func (w *settling) promote(p *stored, n record.NHSNumber) error {
	if err := w.exec(`UPDATE patient_number SET is_current = $1 WHERE patient_id = $2`, false, p.id); err != nil {
		return err
	}
	if p.current != "" {
		p.formers = append(p.formers, p.current)
	}
	p.current = n
	return w.number(p, n, true)
}

func (w *settling) exec(query string, args ...any) error {
	_, err := w.tx.ExecContext(w.ctx, query, args...)
	return err
}

// newID is 128 random bits in hexadecimal.
func newID() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails: crypto/rand
	return hex.EncodeToString(b)
}
