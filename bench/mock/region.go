package mock

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// Region is the sources and what they share.
type Region struct {
	sources []*source
	people  map[string]*Person
	named   map[string][]*Person
	born    map[string][]*Person
	wait    atomic.Int64
	bytes   atomic.Int64

	mu         sync.Mutex
	recording  bool
	calls      []Call
	complaints map[string]int
}

// Call is one request that a source was sent.
type Call struct {
	Source, Method, Path, Body, ContentType string
}

// newRegion makes a region of people of every population.
func newRegion(people int) *Region {
	r := &Region{people: map[string]*Person{}, named: map[string][]*Person{}, born: map[string][]*Person{}, complaints: map[string]int{}}
	for _, of := range []Population{Whole, Listed, New} {
		all := People(of, people)
		for i := range all {
			p := &all[i]
			r.people[p.Number] = p
			r.named[p.Family+p.Birth] = append(r.named[p.Family+p.Birth], p)
			r.born[p.Birth] = append(r.born[p.Birth], p)
		}
	}
	return r
}

// pause lets the settable time pass since a request arrived.
func (r *Region) pause(arrived time.Time) {
	if wait := time.Duration(r.wait.Load()); wait > 0 {
		time.Sleep(wait - time.Since(arrived))
	}
}

func (r *Region) record(c Call) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.recording {
		r.calls = append(r.calls, c)
	}
}

func (r *Region) complain(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.complaints[text]++
}

// readFull fills b from a body of exactly that length.
func readFull(from io.Reader, b []byte) (int, error) {
	n, err := io.ReadFull(from, b)
	if errors.Is(err, io.EOF) && len(b) == 0 {
		err = nil
	}
	return n, err
}
