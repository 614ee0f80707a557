package pgwire

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// Gate is asked before every query that reads, with "/" and the first table it
// reads ("/" alone when there is none), and says how to misbehave. It may be
// called by several connections at once; ctx ends with the query.
type Gate func(ctx context.Context, path string) Fault

// Fault is how one query is answered. The zero Fault answers it well.
type Fault struct {
	// Kind is one of Kinds; an unknown one is answered as an internal error, so
	// that a misspelt fault is never mistaken for good behaviour.
	Kind string
	// Delay is waited before anything else. For "drip" it is the pause between
	// two bytes instead, and zero means one second.
	Delay time.Duration
	// Until, when closed, ends the delay or the hanging early, and the query is
	// then answered: a healed database lets go of what it held. nil never is.
	Until <-chan struct{}
	// Column is the result column that names the patient, for the kinds that
	// mix patients up. "" means "pas_id". Where it is absent nothing is changed.
	Column string
	// Other gives the patient to name in place of id. nil changes the id's last
	// digit, which may or may not be another patient's.
	Other func(id string) string
}

// Kinds are the faults that can be played over a database connection, by the
// names the demo's control uses. "refused" here answers a query with "cannot
// connect now" and hangs up; Server.Refuse closes the port itself. Faults of
// paging and redirection have no meaning here and are left out. "flapping" is
// the owner's: it chooses between this and no fault, query by query.
func Kinds() []string {
	return []string{"", "slow", "hang", "drip", "reset", "refused",
		"status-500", "status-503", "status-429", "status-401",
		"bad-json", "html", "outcome-in-200", "empty", "huge", "duplicates", "wrong-patient", "mixed-patients"}
}

// before plays the part of a fault that comes before the query is run.
func (f Fault) before(ctx context.Context) error {
	if f.Kind != "drip" && !f.wait(ctx) {
		return ctx.Err()
	}
	switch f.Kind {
	case "hang":
		select {
		case <-ctx.Done():
		case <-f.Until:
		}
		return ctx.Err()
	case "refused", "status-503":
		return &sqlError{code: "57P03", text: "the database system is shutting down", fatal: true}
	case "status-500":
		return refusal("XX000", "internal error")
	case "status-429":
		return refusal("53300", "too many requests, try again later")
	case "status-401":
		return refusal("42501", "permission denied")
	}
	if !slices.Contains(Kinds(), f.Kind) {
		return refusal("XX000", "unknown fault "+f.Kind)
	}
	return nil
}

// wait lasts for the delay, and reports whether the query is still wanted.
func (f Fault) wait(ctx context.Context) bool {
	if f.Delay > 0 {
		t := time.NewTimer(f.Delay)
		defer t.Stop()
		select {
		case <-t.C:
		case <-f.Until:
		case <-ctx.Done():
		}
	}
	return ctx.Err() == nil
}

// rows plays the part of a fault that changes what is answered.
func (f Fault) rows(r *result) {
	switch f.Kind {
	case "empty":
		r.rows = nil
	case "duplicates":
		twice := make([][]any, 0, 2*len(r.rows))
		for _, row := range r.rows {
			twice = append(twice, row, row)
		}
		r.rows = twice
	case "wrong-patient":
		for i := range r.rows {
			f.rename(r, i)
		}
	case "mixed-patients":
		if len(r.rows) == 1 { // half of one row: one row more
			r.rows = append(r.rows, slices.Clone(r.rows[0]))
		}
		for i := 1; i < len(r.rows); i += 2 {
			f.rename(r, i)
		}
	}
}

// rename gives row i to another patient.
func (f Fault) rename(r *result, i int) {
	name := f.Column
	if name == "" {
		name = "pas_id"
	}
	for j, column := range r.columns {
		if column.name == name && r.rows[i][j] != nil {
			r.rows[i] = slices.Clone(r.rows[i])
			r.rows[i][j] = f.other(r.rows[i][j])
		}
	}
}

func (f Fault) other(id any) any {
	text := asText(id)
	if f.Other != nil {
		text = f.Other(text)
	} else {
		text = neighbour(text)
	}
	if _, number := id.(int64); number {
		n, _ := strconv.ParseInt(text, 10, 64)
		return n
	}
	return text
}

// neighbour is text with its last digit raised by one.
func neighbour(text string) string {
	if text == "" || !isDigit(text[len(text)-1]) {
		return text + "X"
	}
	last := text[len(text)-1] - '0'
	return text[:len(text)-1] + string('0'+rune(last+1)%10)
}
