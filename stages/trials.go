package stages

import (
	"context"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

const (
	// trialsAtOnce is how many people are tried at the same time, mostWaiting how many wait
	// for it: beyond that somebody is left out, since a trial is never worth a queue.
	trialsAtOnce, mostWaiting = 2, 64
	// againAfter is how soon a section of the same person is tried again: a page that is
	// asked for every second is one trial (hazard H-09).
	againAfter = 10 * time.Minute
	// mostTried bounds who is remembered for that.
	mostTried = 10_000
	// trialTime bounds one trial, beside the source's own deadline.
	trialTime = time.Minute
)

// Trials ask sources that are not live yet what they would have been asked, behind the
// answer, and keep nothing but numbers. Safe for concurrent use.
type Trials struct {
	scores *scores
	now    func() time.Time
	work   chan trial
	life   context.Context
	stop   context.CancelFunc
	done   sync.WaitGroup

	mu     sync.Mutex
	closed bool
	open   int // trials that were begun and are not counted yet
	tried  map[tried]time.Time
}

type trial struct {
	system   *sources.System
	number   record.NHSNumber
	birth    record.Date
	sections []record.Section
}

type tried struct {
	source, patient string
	section         record.Section
}

// Try begins to try a source on a person, and returns at once. Who has no verified NHS number
// and birth date is not tried: nothing else is certain enough.
func (t *Trials) Try(system *sources.System, p *patient.Patient, sections []record.Section) {
	if p.NHSNumber == "" || p.BirthDate == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	var due []record.Section
	for _, s := range sections {
		if at, ok := t.tried[tried{system.Origin().ID, p.ID, s}]; !ok || now.Sub(at) >= againAfter {
			due = append(due, s)
		}
	}
	if t.closed || len(due) == 0 {
		return
	}
	select {
	case t.work <- trial{system, p.NHSNumber, p.BirthDate, due}:
		t.open++
	default:
		return
	}
	if len(t.tried) > mostTried {
		clear(t.tried)
	}
	for _, s := range due {
		t.tried[tried{system.Origin().ID, p.ID, s}] = now
	}
}

// OpenTrials begins to take trials, until Close; their numbers are kept in the store.
func (s *Store) OpenTrials() *Trials {
	t := &Trials{
		scores: &scores{store: s, log: s.following.log, counts: map[scoreKey]Score{}}, now: s.now,
		work: make(chan trial, mostWaiting), tried: map[tried]time.Time{},
	}
	t.life, t.stop = context.WithCancel(context.Background())
	for range trialsAtOnce {
		t.done.Go(func() {
			for one := range t.work {
				t.run(one)
				t.mu.Lock()
				t.open--
				t.mu.Unlock()
			}
		})
	}
	t.done.Go(func() { t.scores.keep(t.life) })
	return t
}

// Idle reports whether everything that was begun has been counted.
func (t *Trials) Idle() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.open == 0
}

// Close ends the trials under way and keeps what was counted.
func (t *Trials) Close() {
	t.mu.Lock()
	closed := t.closed
	if t.closed = true; !closed {
		close(t.work)
	}
	t.mu.Unlock()
	t.stop()
	t.done.Wait()
	t.scores.write(context.Background())
}

// run asks a source whether it knows somebody, as the patient index does, and then for the
// sections. The index hears nothing of it.
func (t *Trials) run(one trial) {
	ctx, cancel := context.WithTimeout(t.life, trialTime)
	defer cancel()
	found, err := one.system.Find(ctx, []record.PersonQuery{{NHSNumber: one.number}})
	if t.life.Err() != nil {
		return
	}
	var keys []sources.Key
	for i := range found {
		keys = append(keys, keysOf(found[i], one)...)
	}
	if err != nil || len(keys) == 0 {
		o := record.Outcome{Status: record.NotRegistered}
		if err != nil {
			o = sources.OutcomeOf(sources.Answer{Result: sources.Result{Err: err}}, t.now())
		}
		for _, s := range one.sections {
			t.count(one.system, s, o)
		}
		return
	}
	for i, read := range one.system.Begin(keys) {
		select {
		case <-read.Done():
			t.count(one.system, keys[i].Section, sources.OutcomeOf(read.Answer(), t.now()))
		case <-ctx.Done():
			if t.life.Err() != nil {
				return
			}
			t.count(one.system, keys[i].Section, record.Outcome{Status: record.TimedOut})
		}
	}
}

// keysOf are the sections of the source's records that are surely the person's.
func keysOf(people []record.Person, one trial) (keys []sources.Key) {
	for i := range people {
		p := &people[i]
		if p.Subject == "" || p.NHSNumber != one.number || p.NHSNumberStatus != record.NumberVerified || p.BirthDate.Day() != one.birth.Day() {
			continue
		}
		for _, s := range one.sections {
			keys = append(keys, sources.Key{Section: s, LocalID: p.Subject})
		}
	}
	return keys
}

func (t *Trials) count(system *sources.System, s record.Section, o record.Outcome) {
	t.scores.add(scoreKey{t.now().UTC().Format(time.DateOnly), system.Origin().ID, s.Name(), string(o.Status)}, o)
}
