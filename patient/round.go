package patient

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// round finds out about some numbers: one question for all of them to each system,
// all systems at once. It outlives the caller who started it; others who ask the same
// meanwhile join it. It writes what it learned when all have answered, or when the
// first caller will wait no longer, and from then on whenever somebody answers.
type round struct {
	x        *Index
	arrivals chan arrival
	pokes    chan chan struct{}
	done     chan struct{}

	mu        sync.Mutex // over what follows
	inquiries []*inquiry
	err       error // of the last writing
}

// arrival is one system's answer to some questions, aligned with them.
type arrival struct {
	system int
	asked  []put
	people [][]record.Person
	err    error
}

// put is a question put on behalf of an inquiry.
type put struct {
	inquiry *inquiry
	number  record.NHSNumber
}

// ask starts the rounds that the numbers need and gives those worth waiting for, its
// own and others' that are under way. If it would start one and something has landed
// since the caller read (landed was seen), it starts none and is not ok, unless forced.
func (x *Index) ask(known map[record.NHSNumber]*stored, ns []record.NHSNumber, seen int, forced bool) (rounds []*round, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	now := x.now()
	var joined []*round
	join := func(r *round) {
		for _, j := range joined {
			if j == r {
				return
			}
		}
		joined = append(joined, r)
	}
	front, back := x.newRound(), x.newRound()
	for _, n := range ns {
		s := known[n]
		if s != nil {
			n = s.current
		}
		for i := range x.systems {
			n, urgent := n, true
			if x.systems[i].Finder == nil {
				continue
			}
			if s != nil {
				need, wait := due(s.registrations[x.systems[i].ID], now)
				if !need {
					continue
				}
				urgent = wait
			}
			if r := x.flights[flight{i, n}]; r != nil {
				if urgent && r != back {
					join(r)
				}
				continue
			}
			if x.closed || seen != x.landed && !forced {
				return nil, false
			}
			seen = x.landed
			r := back
			if urgent {
				r = front
				join(r)
			}
			r.include(n, i, s)
			x.flights[flight{i, n}] = r
		}
	}
	for _, r := range []*round{front, back} {
		if len(r.inquiries) > 0 {
			x.rounds.Add(1)
			go r.run()
		}
	}
	return joined, true
}

// due reports whether a system must be asked again, and whether a caller should wait
// for it: a link that holds is checked behind the scenes.
func due(r *Registration, now time.Time) (need, wait bool) {
	if r == nil {
		return true, true
	}
	age := now.Sub(r.Checked)
	switch r.State {
	case Linked:
		return age >= recheckLinked, false
	case Absent, Conflict, Unverified:
		return age >= recheck, true
	}
	return true, true
}

func (x *Index) newRound() *round {
	return &round{x: x, arrivals: make(chan arrival), pokes: make(chan chan struct{}), done: make(chan struct{})}
}

// include adds a number and a system to a round that has not started.
func (r *round) include(n record.NHSNumber, system int, s *stored) {
	var q *inquiry
	for _, have := range r.inquiries {
		if have.asked == n {
			q = have
		}
	}
	if q == nil {
		q = newInquiry(n, len(r.x.systems))
		if s != nil {
			q.addFormers(s.formers...)
			q.kept = true
		}
		r.inquiries = append(r.inquiries, q)
	}
	q.answers[system].asked = true
}

// run is the round's one goroutine; nobody else changes its inquiries once it runs.
func (r *round) run() {
	defer r.x.rounds.Done()
	defer close(r.done)
	defer r.land(true)
	open := r.put(r.first())
	wrote := false
	for open > 0 {
		select {
		case a := <-r.arrivals:
			open += r.put(r.take(a)) - 1
			if wrote || open == 0 {
				r.write()
				open += r.put(r.more())
			}
		case reply := <-r.pokes:
			r.write()
			wrote = true
			open += r.put(r.more())
			close(reply)
		}
	}
}

// more gives the questions that follow from what was found in the tables.
func (r *round) more() map[int][]put {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[int][]put{}
	for _, q := range r.inquiries {
		r.followUp(q, out)
	}
	return out
}

// followUp adds the questions that follow from an inquiry's answers.
func (r *round) followUp(q *inquiry, out map[int][]put) {
	for _, next := range q.next() {
		if q.ask(next.system, next.number) {
			out[next.system] = append(out[next.system], put{q, next.number})
		}
	}
}

// first gives the questions a round begins with, for each system.
func (r *round) first() map[int][]put {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[int][]put{}
	for _, q := range r.inquiries {
		for i := range q.answers {
			if q.answers[i].asked && q.ask(i, q.asked) {
				out[i] = append(out[i], put{q, q.asked})
			}
		}
	}
	return out
}

// put asks each system its questions, all in one call, and gives the number of calls.
func (r *round) put(questions map[int][]put) int {
	for system, asked := range questions {
		go func() { r.arrivals <- r.find(system, asked) }()
	}
	return len(questions)
}

// take works an answer in and gives the questions that follow.
func (r *round) take(a arrival) map[int][]put {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.x.now().UTC().Truncate(time.Microsecond)
	strangers := 0
	touched := map[*inquiry]bool{}
	for i, p := range a.asked {
		said := &p.inquiry.answers[a.system]
		said.open--
		said.at = now
		p.inquiry.fresh, touched[p.inquiry] = true, true
		if a.err != nil {
			said.failed = true
			said.code, said.reason = why(a.err)
			continue
		}
		before := p.inquiry.current
		strangers += p.inquiry.absorb(a.system, p.number, a.people[i])
		if p.inquiry.current != before {
			r.follow(p.inquiry)
		}
	}
	if strangers > 0 {
		r.x.log.Warn("a system answered with people who were not asked for; they were left out",
			"source", r.x.systems[a.system].ID, "people", strangers)
	}
	out := map[int][]put{}
	for q := range touched {
		r.followUp(q, out)
	}
	return out
}

// follow lets callers who ask for the number that superseded another join the round.
func (r *round) follow(q *inquiry) {
	r.x.mu.Lock()
	defer r.x.mu.Unlock()
	for i := range q.answers {
		key := flight{i, q.current}
		if q.answers[i].asked && r.x.flights[key] == nil {
			r.x.flights[key] = r
		}
	}
}

// find asks one system, within its own deadline and nobody else's.
func (r *round) find(system int, asked []put) arrival {
	s := &r.x.systems[system]
	deadline := s.Deadline
	if deadline <= 0 {
		deadline = defaultDeadline
	}
	ctx, cancel := context.WithTimeout(r.x.life, deadline)
	defer cancel()
	queries := make([]record.PersonQuery, len(asked))
	for i := range asked {
		queries[i].NHSNumber = asked[i].number
	}
	a := arrival{system: system, asked: asked}
	answered := make(chan struct{})
	var people [][]record.Person
	var err error
	go func() {
		defer close(answered)
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("a finder panicked: %T", p)
			}
		}()
		people, err = s.Finder.Find(ctx, queries)
	}()
	select {
	case <-answered:
		a.people, a.err = people, err
	case <-ctx.Done():
		a.err = ctx.Err()
	}
	if a.err == nil && len(a.people) != len(asked) {
		a.err = errMisaligned
	}
	return a
}

var errMisaligned = errors.New("a system's answer does not fit the question")

// why gives a failure in the reader's words.
func why(err error) (code, reason string) {
	var f Failure
	switch {
	case errors.As(err, &f):
		return f.Failure()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return "timeout", "It did not answer in time"
	case errors.Is(err, errMisaligned):
		return "malformed", "Its answer could not be understood"
	}
	return "failed", "It could not be asked whether it knows this person"
}

// write stores what is known by now. When the server stops, what was cut short is not
// written down as the systems' failure.
func (r *round) write() {
	if r.x.life.Err() != nil {
		return
	}
	r.mu.Lock()
	var fresh []*inquiry
	for _, q := range r.inquiries {
		if q.fresh {
			fresh = append(fresh, q)
		}
	}
	if len(fresh) > 0 {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.x.life), 10*time.Second)
		r.err = r.x.store.settle(ctx, r.x.systems, fresh, r.x.now())
		cancel()
		if r.err != nil {
			r.x.log.Error("the patient index cannot be written", "kind", fmt.Sprintf("%T", errors.Unwrap(r.err)))
		}
	}
	r.mu.Unlock()
	r.land(false)
}

// land lets go of the questions whose answers are stored, or failed: the next caller
// may ask anew. In the end it lets go of all.
func (r *round) land(all bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.x.mu.Lock()
	defer r.x.mu.Unlock()
	for _, q := range r.inquiries {
		for i := range q.answers {
			a := &q.answers[i]
			if !all && (!a.settled() || !q.kept && !a.failed) {
				continue
			}
			for _, n := range []record.NHSNumber{q.asked, q.current} {
				if key := (flight{i, n}); r.x.flights[key] == r {
					delete(r.x.flights, key)
					r.x.landed++
				}
			}
		}
	}
}

// silent adds the systems that have not answered for a number.
func (r *round) silent(n record.NHSNumber, into map[int]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, q := range r.inquiries {
		if q.asked != n && q.current != n {
			continue
		}
		for i := range q.answers {
			if a := &q.answers[i]; a.asked && (a.open > 0 || a.failed) {
				into[i] = true
			}
		}
	}
}

// await waits until the rounds are done, but no longer than the caller will; then it
// has them write down what they know.
func (x *Index) await(ctx context.Context, rounds []*round, wait time.Duration) error {
	if wait == 0 {
		wait = defaultWait
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	late := false
	for _, r := range rounds {
		if !late {
			select {
			case <-r.done:
			case <-timer.C:
				late = true
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if late {
			if err := r.poke(ctx); err != nil {
				return err
			}
		}
		r.mu.Lock()
		err := r.err
		r.mu.Unlock()
		if err != nil {
			return fmt.Errorf("writing the patient index: %w", err)
		}
	}
	return nil
}

func (r *round) poke(ctx context.Context) error {
	reply := make(chan struct{})
	select {
	case r.pokes <- reply:
	case <-r.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-reply:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
