package patient

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/record"
)

const (
	// recheck is how old an answer that did not link may be before it is asked again.
	recheck = 10 * time.Minute
	// recheckLinked is how old a link may be before it is checked in the background.
	recheckLinked = 12 * time.Hour
	// defaultWait is how long a caller waits who does not say.
	defaultWait = time.Second
	// defaultDeadline bounds a question to a system that has no deadline of its own.
	defaultDeadline = 5 * time.Second
)

// Index finds patients. Safe for concurrent use; several servers may share one
// database. Close it before the database.
type Index struct {
	// Linking is about records without a verified NHS number. Set it before the Index is
	// shared.
	Linking Linking
	// Mute reports whether a system has no say in who is who at the moment: it is not asked,
	// and what it said before does not count. Nil is none. Set it as Linking.
	Mute func(source string) bool

	store   store
	systems []System
	now     func() time.Time
	log     *slog.Logger

	life    context.Context // of the questions under way, which no caller's context governs
	stop    context.CancelFunc
	rounds  sync.WaitGroup
	mu      sync.Mutex
	closed  bool
	flights map[flight]*round
	landed  int // grows whenever flights are let go of
}

var errClosed = errors.New("the patient index is closed")

// flight is one question under way: at most one for each system and number, or patient
// without one.
type flight struct {
	system int
	about  string
}

// NewIndex keeps the index in the database. The order of systems decides whose birth
// date counts when there is no majority. now is the clock; log never gets numbers,
// local ids or dates.
func NewIndex(write, read *bun.DB, systems []System, now func() time.Time, log *slog.Logger) *Index {
	life, stop := context.WithCancel(context.Background())
	return &Index{
		store: newStore(write, read), systems: systems, now: now, log: log,
		life: life, stop: stop, flights: map[flight]*round{},
	}
}

// Close ends the questions under way and waits for them.
func (x *Index) Close() error {
	x.mu.Lock()
	x.closed = true
	x.mu.Unlock()
	x.stop()
	x.rounds.Wait()
	return nil
}

// Get gives a patient as the index has it, asking nobody; ErrNotFound if there is no
// such id. The id of a patient that was found to be the same as another gives the other.
func (x *Index) Get(ctx context.Context, id string) (*Patient, error) {
	s, err := x.store.byID(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("reading the patient index: %w", err)
	}
	if s == nil {
		return nil, ErrNotFound
	}
	p, _ := x.seen(ctx, s)
	if p == nil {
		return nil, ErrNotFound
	}
	return p, nil
}

// ByNHSNumbers gives a Found for each number, aligned. Systems that have not said
// whether they know a person, or not lately, are asked: each once for all numbers.
// It waits at most wait (0 is one second, negative not at all); who has not answered
// by then is PENDING and settles in the background: ask again. A malformed number or
// a placeholder is ErrNotFound. The error is about the index itself.
func (x *Index) ByNHSNumbers(ctx context.Context, ns []record.NHSNumber, wait time.Duration) ([]Found, error) {
	valid := unique(ns)
	known, joined, err := x.lookUp(ctx, valid)
	if err != nil {
		return nil, err
	}
	if len(joined) > 0 {
		if err := x.await(ctx, joined, wait); err != nil {
			return nil, err
		}
		if known, err = x.store.byNumbers(ctx, valid); err != nil {
			return nil, fmt.Errorf("reading the patient index: %w", err)
		}
	}
	found := make([]Found, len(ns))
	for i, n := range ns {
		if s := known[n]; s != nil {
			var missing []string
			if found[i].Patient, missing = x.seen(ctx, s); found[i].Patient == nil {
				found[i].Err = unseen(missing)
			}
			continue
		}
		found[i].Err = x.nobody(ctx, n, joined)
	}
	return found, nil
}

// lookUp reads what the index has and asks for what it lacks. What was written between
// the reading and the asking is read again, so that nobody is asked twice for it.
func (x *Index) lookUp(ctx context.Context, ns []record.NHSNumber) (map[record.NHSNumber]*stored, []*round, error) {
	const tries = 3
	for try := 1; ; try++ {
		x.mu.Lock()
		seen, closed := x.landed, x.closed
		x.mu.Unlock()
		known, err := x.store.byNumbers(ctx, ns)
		if err != nil {
			return nil, nil, fmt.Errorf("reading the patient index: %w", err)
		}
		people := make([]wanted, len(ns))
		for i, n := range ns {
			people[i] = wanted{n, known[n]}
			if known[n] != nil {
				people[i].number = known[n].current
			}
		}
		if joined, ok := x.ask(people, seen, try == tries); ok {
			return known, joined, nil
		}
		if closed {
			return nil, nil, errClosed
		}
	}
}

// Refresh asks the systems whose registration is unknown or stale, as ByNHSNumbers
// does, and gives the patient as it is then.
func (x *Index) Refresh(ctx context.Context, p *Patient, wait time.Duration) (*Patient, error) {
	if p.NHSNumber == "" {
		return x.refreshLocal(ctx, p.ID, wait)
	}
	found, err := x.ByNHSNumbers(ctx, []record.NHSNumber{p.NHSNumber}, wait)
	if err != nil {
		return nil, err
	}
	if got := found[0].Patient; got != nil && got.ID == p.ID {
		return got, nil
	}
	return x.Get(ctx, p.ID)
}

// Known gives the patients of numbers as the index has them, asking nobody; numbers
// that it does not know are left out.
func (x *Index) Known(ctx context.Context, ns []record.NHSNumber) (map[record.NHSNumber]*Patient, error) {
	found, err := x.store.byNumbers(ctx, unique(ns))
	if err != nil {
		return nil, err
	}
	known := make(map[record.NHSNumber]*Patient, len(found))
	for n, p := range found {
		if seen, _ := x.seen(ctx, p); seen != nil {
			known[n] = seen
		}
	}
	return known, nil
}

// nobody says why a number has no patient: not all answered, or nobody knows it.
func (x *Index) nobody(ctx context.Context, n record.NHSNumber, joined []*round) error {
	silent := map[int]bool{}
	for _, r := range joined {
		r.silent(n, silent)
	}
	var missing NotAllAnswered
	for i := range x.systems {
		if silent[i] && !x.hides(ctx, x.systems[i].ID) {
			missing.Sources = append(missing.Sources, x.systems[i].ID)
		}
	}
	if len(missing.Sources) > 0 {
		return &missing
	}
	return ErrNotFound
}

// view shows a stored patient with one registration for each configured system.
func (x *Index) view(s *stored) *Patient {
	p := &Patient{
		ID: s.id, FormerIDs: s.merged, NHSNumber: s.current, FormerNHSNumbers: s.formers, BirthDate: s.birth,
		Registrations: make([]Registration, len(x.systems)),
	}
	for _, r := range s.registrations {
		p.Restricted = p.Restricted || r.Restricted
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for i, system := range x.systems {
		r := Registration{Source: system.ID, State: Unanswered, Code: "not-asked", Reason: "It has not been asked yet"}
		if kept := s.registrations[system.ID]; kept != nil {
			r = *kept
		}
		_, asking := x.flights[flight{i, wanted{s.current, s}.about()}]
		switch {
		case r.State == Linked:
		case system.Finder == nil:
			r = Registration{Source: system.ID, State: Unsearchable, Code: "unsearchable", Reason: "It cannot be asked whether it knows somebody"}
		case !asking && r.Code == "not-asked" && s.current == "":
			r.Code, r.Reason = "no-nhs-number", "It cannot be asked for a person without a verified NHS number"
		case asking:
			r = Registration{Source: system.ID, State: Pending, Code: "pending", Reason: "It is being asked", Checked: r.Checked}
		}
		p.Registrations[i] = r
		p.Links = append(p.Links, r.Links...)
	}
	return p
}

// unique gives the well-formed numbers once each, in order.
func unique(ns []record.NHSNumber) []record.NHSNumber {
	seen := make(map[record.NHSNumber]bool, len(ns))
	out := make([]record.NHSNumber, 0, len(ns))
	for _, n := range ns {
		if n = wellFormed(n); n != "" && !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// wellFormed gives a number as ten digits, or "" for a malformed one or a placeholder.
func wellFormed(n record.NHSNumber) record.NHSNumber {
	ok, err := record.ParseNHSNumber(string(n))
	if err != nil {
		return ""
	}
	return ok
}
