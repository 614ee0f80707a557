package resolvers

import (
	"errors"
	"sync"

	"github.com/patchworkcare/patchwork/auth"
)

// How many streams may be open: of one user, so that a page that forgets to close them
// takes nothing from others; and in all.
const (
	mostStreamsEach = 20
	mostStreams     = 1000
)

var (
	errStreamsEach = errors.New("you have 20 streams open already; close a window, or end one of them")
	errStreams     = errors.New("too many people follow changes at the moment; ask again by hand, or try later")
	errEnding      = errors.New("the server is going down")
)

// streams counts those that are open, and ends them when the server goes down.
type streams struct {
	ended chan struct{} // closed then

	mu   sync.Mutex
	over bool
	open map[user]int
	all  int
}

// user is a person: the same subject of two issuers is two people.
type user struct{ issuer, subject string }

func newStreams() *streams {
	return &streams{ended: make(chan struct{}), open: map[user]int{}}
}

// begin counts a stream, or says why there may be none; leave must be called when it ends.
func (s *streams) begin(session *auth.Session) (leave func(), err error) {
	who := user{session.Issuer, session.Subject}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.over:
		return nil, errEnding
	case s.open[who] >= mostStreamsEach:
		return nil, errStreamsEach
	case s.all >= mostStreams:
		return nil, errStreams
	}
	s.open[who]++
	s.all++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.all--
		if s.open[who]--; s.open[who] == 0 {
			delete(s.open, who)
		}
	}, nil
}

// EndStreams ends all streams at once and lets none begin: they would keep the server
// from going down.
func (x *Executor) EndStreams() {
	x.streams.mu.Lock()
	defer x.streams.mu.Unlock()
	if !x.streams.over {
		x.streams.over = true
		close(x.streams.ended)
	}
}
