package audit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// LookGap is how long somebody may pause and still be in the same look.
const LookGap = 15 * time.Minute

// Bounds of one page of looks.
const (
	DefaultLooks = 25
	MaxLooks     = 100
)

// LooksFilter says whose record was looked at, and which page is wanted.
type LooksFilter struct {
	// Patient is Patchwork's opaque id; it is required.
	Patient string
	// Organisation narrows to actors of one organisation (ODS code); "" is all.
	Organisation string
	// Before is the Seq of the last look already shown; 0 is from the newest.
	Before int64
	// Limit is the most looks wanted; 0 is DefaultLooks, more than MaxLooks is MaxLooks.
	Limit int
}

// Look is one plain line of "who has looked": what one user, in one role, for one
// organisation and purpose, did with one person's record without a pause of LookGap.
// It holds no clinical values, as the ledger holds none.
type Look struct {
	// Seq is the look's newest event, and its place in the order: page with it.
	Seq int64
	// Seqs are all its events, ascending.
	Seqs []int64
	// Actor is who, named as at the newest event.
	Actor Actor
	// From and To are the first and the last moment, UTC.
	From, To time.Time
	// Actions are what was done, each once, in the order in which it was first done.
	Actions []string
	// Sections are what was seen, in reading order, also where there was nothing to
	// see; Withheld are those of which policy held something back.
	Sections, Withheld []record.Section
	// Purpose is an HL7 PurposeOfUse code.
	Purpose string
	// Relationships are what it rested on, with evidence; Reasons are what the actor
	// gave as a reason, or why something was refused. Each once.
	Relationships, Reasons []string
	// BreakGlass: the glass was broken, or it rested on broken glass.
	BreakGlass bool
	// Denied is how many of the events were refusals.
	Denied int
	// Flags are what a privacy officer should look at, each once.
	Flags []string
}

// Looks tells who has looked at one person's record, newest first (domain.md: the
// per-patient "who has looked" report; hazard H-08). Every event of the person is in
// exactly one look, and a look is the same whatever the page. more is true if there
// are older ones: ask again with Before as the Seq of the last.
func (l *Ledger) Looks(ctx context.Context, f LooksFilter) (looks []Look, more bool, err error) {
	if f.Patient == "" {
		return nil, false, errors.New("audit: looks need a patient")
	}
	g := newGrouping(f)
	if err = l.eachDown(ctx, f, g); err != nil {
		return nil, false, fmt.Errorf("reading the audit ledger: %w", err)
	}
	return g.page(), g.more, nil
}

// eachDown gives the grouping the person's events, newest first: those at and above
// Before that may belong together with one below it, then those below it.
func (l *Ledger) eachDown(ctx context.Context, f LooksFilter, g *grouping) error {
	const chunk = 200
	before := f.Before
	for first := true; ; first = false {
		events, err := l.ofPatient(ctx, f.Patient, `seq < $2`, `DESC`, chunk, belowAll(before))
		if err != nil || len(events) == 0 {
			return err
		}
		if first && f.Before > 0 {
			above, err := l.above(ctx, f, events[0].Time)
			if err != nil {
				return err
			}
			for i := range slices.Backward(above) {
				g.add(&above[i])
			}
		}
		for i := range events {
			if done := g.add(&events[i]); done {
				return nil
			}
		}
		if len(events) < chunk {
			return nil
		}
		before = events[len(events)-1].Seq
	}
}

// above gives the events from Before on, ascending, up to the first that is too far in
// time from the newest below it for anything to belong together across both: an event
// joins over less than LookGap, and so does what lies between.
func (l *Ledger) above(ctx context.Context, f LooksFilter, newest time.Time) (out []Event, err error) {
	const chunk = 100
	for from := f.Before; ; {
		events, err := l.ofPatient(ctx, f.Patient, `seq >= $2`, `ASC`, chunk, from)
		if err != nil {
			return nil, err
		}
		for i := range events {
			if events[i].Time.Sub(newest).Abs() >= 2*LookGap {
				return out, nil
			}
			out = append(out, events[i])
		}
		if len(events) < chunk {
			return out, nil
		}
		from = events[len(events)-1].Seq + 1
	}
}

// ofPatient reads a person's events. The index leaves out the empty patient, and
// SQLite uses it only for a query that says so too.
func (l *Ledger) ofPatient(ctx context.Context, patient, bound, order string, limit int, seq int64) (out []Event, err error) {
	q := fmt.Sprintf(`SELECT seq, at, subject, request_id, body FROM audit_event
		WHERE patient = $1 AND patient <> '' AND %s ORDER BY seq %s LIMIT %d`, bound, order, limit)
	rows, err := l.read.QueryContext(ctx, q, clean(patient), seq)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		r := row{patient: patient}
		if err := rows.Scan(&r.seq, &r.at, &r.subject, &r.requestID, &r.body); err != nil {
			return nil, err
		}
		e, err := r.decode()
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

func belowAll(before int64) int64 {
	if before <= 0 {
		return 1<<63 - 1
	}
	return before
}
