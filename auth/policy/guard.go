package policy

import (
	"sync"
	"sync/atomic"
	"time"
)

// Action is what is done to a resource.
type Action string

// The actions.
const (
	Read       Action = "read"
	Search     Action = "search"
	List       Action = "list"
	Share      Action = "share"
	Export     Action = "export"
	Launch     Action = "launch"
	Audit      Action = "audit"
	Administer Action = "administer"
)

// Guard holds the edition that decides now. The zero Guard refuses everything. Safe
// for concurrent use.
type Guard struct {
	current atomic.Pointer[Edition]
	// trusted is until when the edition may be believed, Unix nanoseconds; 0 is for ever.
	trusted atomic.Int64

	mu      sync.Mutex // of changes
	staging staging
}

// Use makes e decide from now on; operations under way go on with theirs.
func (g *Guard) Use(e *Edition) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.staging.stages != nil {
		e = e.staged(g.staging)
	}
	g.current.Store(e)
}

// trustUntil makes the Guard refuse everything from t on, unless it is trusted again:
// a server that no longer hears of changes must not go on by old rules.
func (g *Guard) trustUntil(t time.Time) { g.trusted.Store(t.UnixNano()) }

// Ready is nil while the policies can be believed, ErrNoPolicies while everything is refused.
func (g *Guard) Ready() error {
	if g.Current() == refusing {
		return ErrNoPolicies
	}
	return nil
}

// refusing is an edition without policies.
var refusing = &Edition{Version: "none"}

// Current gives the edition that decides now, for one operation. It refuses everything
// if there is none or the policies have not been readable.
func (g *Guard) Current() *Edition {
	e := g.current.Load()
	if until := g.trusted.Load(); e == nil || until != 0 && time.Now().UnixNano() > until {
		return refusing
	}
	return e
}
