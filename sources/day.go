package sources

import (
	"sync"
	"time"
)

// day counts the reads of the last 24 hours by the hour, and how many were answered.
type day struct {
	mu    sync.Mutex
	hours [24]hour
}

type hour struct {
	number         int64 // hours since 1970
	asked, answers int
}

// count takes in a read that reached the source. A patient's own refusal is an answer.
func (d *day) count(now time.Time, e *Error) {
	number := now.Unix() / 3600
	d.mu.Lock()
	defer d.mu.Unlock()
	h := &d.hours[number%int64(len(d.hours))]
	if h.number != number {
		*h = hour{number: number}
	}
	h.asked++
	if e == nil || e.Kind == Refused && e.Code == "consent" {
		h.answers++
	}
}

func (d *day) sum(now time.Time) (asked, answered int) {
	oldest := now.Unix()/3600 - int64(len(d.hours))
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, h := range d.hours {
		if h.number > oldest {
			asked, answered = asked+h.asked, answered+h.answers
		}
	}
	return asked, answered
}

// Day gives how many reads reached the source in the last 24 hours, to the hour, and how many of
// them it answered: of this server, since its start.
func (s *System) Day() (asked, answered int) { return s.health.day.sum(s.now()) }

// Closed is why the source may not be asked at this time of the week; nil if it may.
func (s *System) Closed() *Error { return s.gate.hours.shut() }
