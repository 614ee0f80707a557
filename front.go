package main

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// front is where requests arrive: it hands each to the server of the moment, which a reload
// replaces. What a request began on it ends on.
type front struct {
	now atomic.Pointer[shift]
	// handing counts the servers that were replaced and are not closed yet.
	handing sync.WaitGroup
}

func newFront(s *server) *front {
	f := &front{}
	f.now.Store(newShift(s))
	return f
}

// server is the one of the moment.
func (f *front) server() *server { return f.now.Load().server }

// ServeHTTP implements http.Handler.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for {
		s := f.now.Load()
		if !s.enter() {
			continue // it was replaced between the two: there is another by now
		}
		defer s.leave()
		s.handler.ServeHTTP(w, r)
		return
	}
}

// shift is a server and the requests on it.
type shift struct {
	server  *server
	handler http.Handler

	mu     sync.Mutex
	inside int
	over   bool
	empty  chan struct{} // closed when it is over and nobody is inside
}

func newShift(s *server) *shift {
	return &shift{server: s, handler: s.farewell(s.handler()), empty: make(chan struct{})}
}

func (s *shift) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return false
	}
	s.inside++
	return true
}

func (s *shift) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inside--
	if s.over && s.inside == 0 {
		close(s.empty)
	}
}

// end lets nobody in any more, and says how many are inside.
func (s *shift) end() (inside int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over = true; s.inside == 0 {
		close(s.empty)
	}
	return s.inside
}

// longestShift is how long requests may go on with the server that was replaced: a long
// document takes its time, and nobody waits for it.
const longestShift = 2 * time.Minute

// replace has the next requests answered by another server, tells streams of the old one to
// come again, and closes it when its last request has been answered; done is told how that
// went.
func (f *front) replace(next *server, done func(left int, err error)) {
	old := f.now.Swap(newShift(next))
	old.end()
	old.server.executor.EndStreams()
	old.server.hub.End()
	f.handing.Go(func() {
		late := time.NewTimer(longestShift)
		defer late.Stop()
		left := 0
		select {
		case <-old.empty:
		case <-late.C:
			old.mu.Lock()
			left = old.inside
			old.mu.Unlock()
		}
		done(left, old.server.close())
	})
}

// close closes the server of the moment, and waits for those before it.
func (f *front) close() error {
	f.handing.Wait()
	return f.server().close()
}
