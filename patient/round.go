package patient

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
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
	errs   []error // of each question, where they were put one by one
}

// of is why a question has no answer.
func (a *arrival) of(i int) error {
	if a.errs != nil {
		return a.errs[i]
	}
	return a.err
}

// put is a question put on behalf of an inquiry.
type put struct {
	inquiry *inquiry
	query   record.PersonQuery
}

// wanted is somebody of whom something is to be known: by a number, or by what is stored.
type wanted struct {
	number record.NHSNumber // "" of a patient who has none
	stored *stored          // nil if there is nothing
}

// about is what an inquiry about them is about.
func (w wanted) about() string {
	if w.number == "" {
		return "id " + w.stored.id
	}
	return string(w.number)
}

// ask starts the rounds that people need and gives those worth waiting for, its own and
// others' that are under way. If it would start one and something has landed since the
// caller read (landed was seen), it starts none and is not ok, unless forced.
func (x *Index) ask(people []wanted, seen int, forced bool) (rounds []*round, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	now := x.now()
	var joined []*round
	join := func(r *round) {
		if !slices.Contains(joined, r) {
			joined = append(joined, r)
		}
	}
	front, back := x.newRound(), x.newRound()
	for _, w := range people {
		for i := range x.systems {
			if x.systems[i].Finder == nil || x.mute(x.systems[i].ID) {
				continue
			}
			need, urgent := x.due(w, i, now)
			if !need {
				continue
			}
			key := flight{i, w.about()}
			if r := x.flights[key]; r != nil {
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
			r.include(w, i, now)
			x.flights[key] = r
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

func (x *Index) newRound() *round {
	return &round{x: x, arrivals: make(chan arrival), pokes: make(chan chan struct{}), done: make(chan struct{})}
}

// include adds somebody and a system to a round that has not started.
func (r *round) include(w wanted, system int, now time.Time) {
	var q *inquiry
	for _, have := range r.inquiries {
		if have.about()[0] == w.about() {
			q = have
		}
	}
	if q == nil {
		q = newInquiry(w.number, r.x.systems)
		if w.stored != nil {
			q.knows(w.stored, r.x.systems, r.x.mute)
		}
		r.inquiries = append(r.inquiries, q)
	}
	a := &q.answers[system]
	a.asked = true
	a.due = r.x.dueToSearch(w.stored, system, now) && !slices.ContainsFunc(q.own, func(l Link) bool { return l.Source == a.source })
	q.stating = slices.DeleteFunc(q.stating, func(i int) bool { return i == system }) // it says so anyway
	if w.stored != nil && w.stored.registrations[a.source] != nil {
		for _, l := range w.stored.registrations[a.source].Links {
			if l.Status.scored() {
				a.scored = append(a.scored, l.LocalID)
			}
		}
	}
}

// run is the round's one goroutine; nobody else changes its inquiries once it runs.
func (r *round) run() {
	defer r.x.rounds.Done()
	defer close(r.done)
	defer r.pursue()
	defer r.land(true)
	r.remember()
	open := r.put(r.first()) + r.put(r.search())
	wrote := false
	for open > 0 {
		select {
		case a := <-r.arrivals:
			open += r.put(r.take(a)) - 1
			if wrote || open == 0 {
				open += r.put(r.search())
			}
			if wrote || open == 0 {
				r.write()
				open += r.put(r.more())
			}
		case reply := <-r.pokes:
			open += r.put(r.search())
			r.write()
			wrote = true
			open += r.put(r.more())
			close(reply)
		}
	}
}

// remember adds the records that were confirmed by hand and are not linked now, so that
// they come back. If they cannot be read they come back another time.
func (r *round) remember() {
	if !r.x.Linking.on() {
		return
	}
	byID := map[string]*inquiry{}
	for _, q := range r.inquiries {
		if q.patient != "" {
			byID[q.patient] = q
		}
	}
	ctx, cancel := context.WithTimeout(r.x.life, defaultDeadline)
	defer cancel()
	confirmed, err := r.x.store.confirmed(ctx, slices.Collect(maps.Keys(byID)))
	if err != nil {
		r.x.log.Warn("what was confirmed by hand cannot be read", "kind", fmt.Sprintf("%T", err))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range confirmed {
		q := byID[c.patient]
		for i := range q.answers {
			if a := &q.answers[i]; a.source == c.source && a.asked && !slices.Contains(a.scored, c.localID) {
				a.scored = append(a.scored, c.localID)
			}
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
		if q.ask(next) {
			out[next.system] = append(out[next.system], put{q, next.query})
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
			if !q.answers[i].asked {
				continue
			}
			questions := q.rereads(i)
			if q.asked != "" {
				questions = append(questions, byNumber(i, q.asked))
			}
			for _, next := range questions {
				if q.ask(next) {
					out[i] = append(out[i], put{q, next.query})
				}
			}
		}
	}
	return out
}

// put asks each system its questions, all of one kind in one call, and gives the number
// of calls: that a system cannot be asked in one way must not spoil the others.
func (r *round) put(questions map[int][]put) (calls int) {
	for system, asked := range questions {
		kinds := map[int][]put{}
		for _, p := range asked {
			switch {
			case p.query.NHSNumber != "":
				kinds[0] = append(kinds[0], p)
			case p.query.LocalID != "":
				kinds[1] = append(kinds[1], p)
			default:
				kinds[2] = append(kinds[2], p)
			}
		}
		for _, of := range kinds {
			calls++
			go func() { r.arrivals <- r.find(system, of) }()
		}
	}
	return calls
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
		if p.query.FamilyName != "" {
			said.searching--
		} else {
			said.open--
		}
		said.at = now
		p.inquiry.fresh, touched[p.inquiry] = true, true
		if err := a.of(i); err != nil {
			code, reason := why(err)
			if p.query.NHSNumber == "" {
				said.miss(p.query, code, reason)
			} else {
				said.failed, said.code, said.reason = true, code, reason
			}
			continue
		}
		before := p.inquiry.current
		strangers += p.inquiry.absorb(a.system, p.query, a.people[i])
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
		key := flight{i, string(q.current)}
		if q.answers[i].asked && r.x.flights[key] == nil {
			r.x.flights[key] = r
		}
	}
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
		r.err = r.x.store.settle(ctx, r.x.systems, &r.x.Linking, fresh, r.x.now())
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
			for _, about := range q.about() {
				if key := (flight{i, about}); r.x.flights[key] == r {
					delete(r.x.flights, key)
					r.x.landed++
				}
			}
		}
	}
}
