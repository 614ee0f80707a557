package sources

import (
	"container/heap"
	"time"
)

// What is in flight and what is remembered live in one map under one lock, so that a
// key is always exactly one of: not there, on its way, answered. (A cache library
// beside a map of flights would leave a gap between the two in which a second read
// could start.) Remembered answers also stand in a heap by the time they are to be
// forgotten, which bounds their number; a timer empties it when nobody asks any more.

const (
	// errorsKept is how long a failure is remembered, so that 500 users opening one
	// patient at a dead source do not storm it.
	errorsKept = time.Second
	// slow is from when on an answer counts as late. Readers wait a few hundred
	// milliseconds and then show PENDING.
	slow = 250 * time.Millisecond
	// lateKept is the least time a late answer stays: its asker may have gone on with
	// PENDING, and must find it when asking again, however slow the source is.
	lateKept = 5 * time.Second
	// sweepEvery is the least time between two sweeps.
	sweepEvery = time.Second
)

// remembered is how long an answer is kept: a failure for a second; an answer for
// what the settings say for its section, but five seconds at least if it was late.
// What System refused without asking is not kept at all.
func (s Settings) remembered(k Key, a Answer) time.Duration {
	if a.Err != nil {
		if AsError(a.Err).unasked {
			return 0
		}
		return errorsKept
	}
	d, ok := s.RememberBy[k.Section]
	if !ok {
		d = s.Remember
	}
	if a.Took > slow {
		late := s.RememberLate
		if late == 0 {
			late = lateKept
		}
		d = max(d, late)
	}
	return d
}

// remember keeps a settled flight for as long as it may be, or drops it; under s.mu.
func (s *System) remember(f *flight) {
	d := s.settings.remembered(f.key, f.answer)
	if d <= 0 || s.closed || s.Off() != nil {
		s.drop(f)
		return
	}
	now := time.Now()
	f.until = now.Add(d)
	heap.Push(&s.memory, f)
	for len(s.memory) > s.settings.Memory {
		s.forget(s.memory[0])
	}
	s.sweepLater(now)
}

// forget lets go of a remembered flight; under s.mu.
func (s *System) forget(f *flight) {
	if f.index >= 0 {
		heap.Remove(&s.memory, f.index)
	}
	s.drop(f)
}

// Forget lets go of what was read for somebody who will not ask for it again, so that many
// people who are read one after the other neither fill the memory nor push out what others come
// back to. What is still on its way stays, and so do failures, which keep the next asker away.
func (s *System) Forget(reads []*Read) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range reads {
		if f := r.flight; f.index >= 0 && f.answer.Err == nil {
			s.forget(f)
		}
	}
}

// drop takes the flight out of the map, unless its key was asked anew; under s.mu.
func (s *System) drop(f *flight) {
	if s.flights[f.key] == f {
		delete(s.flights, f.key)
	}
}

// sweepLater makes sure that a timer runs while anything is remembered; under s.mu.
func (s *System) sweepLater(now time.Time) {
	if s.sweeping || s.closed || len(s.memory) == 0 {
		return
	}
	s.sweeping = true
	s.sweeper = time.AfterFunc(max(sweepEvery, s.memory[0].until.Sub(now)), s.sweep)
}

// sweep forgets what is over, so that no record stays in memory because nobody asks.
func (s *System) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for len(s.memory) > 0 && !now.Before(s.memory[0].until) {
		s.forget(s.memory[0])
	}
	s.sweeping = false
	s.sweepLater(now)
}

// byUntil is a heap of remembered flights, the first to be forgotten on top.
type byUntil []*flight

func (h byUntil) Len() int           { return len(h) }
func (h byUntil) Less(i, j int) bool { return h[i].until.Before(h[j].until) }
func (h byUntil) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

// Push is for container/heap.
func (h *byUntil) Push(x any) {
	f := x.(*flight)
	f.index = len(*h)
	*h = append(*h, f)
}

// Pop is for container/heap.
func (h *byUntil) Pop() any {
	old := *h
	f := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	f.index = -1
	return f
}
