package resolvers

import (
	"errors"
	"sync"

	"github.com/patchworkcare/patchwork/auth"
)

// How many documents may be opened at the same time: by one user, and in all. Each may
// hold a call of its source, and one that is taken apart some memory.
const (
	mostPapersEach = 4
	mostPapers     = 64
)

var errPapers = errors.New("too many documents are being opened")

// papers counts documents that are being opened.
type papers struct {
	mu   sync.Mutex
	open map[user]int
	all  int
}

func newPapers() *papers { return &papers{open: map[user]int{}} }

// begin counts one, or says that there may be none; leave must be called when it ends.
func (p *papers) begin(session *auth.Session) (leave func(), err error) {
	who := user{session.Issuer, session.Subject}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open[who] >= mostPapersEach || p.all >= mostPapers {
		return nil, errPapers
	}
	p.open[who]++
	p.all++
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.all--
		if p.open[who]--; p.open[who] == 0 {
			delete(p.open, who)
		}
	}, nil
}
