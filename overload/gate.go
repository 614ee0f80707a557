package overload

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"time"
)

// Class is what is asked for. The first to be refused are the last.
type Class int

// The classes.
const (
	// Entry is the way in: launches, sign-ins, tokens.
	Entry Class = iota
	// Person is about one person: their record, and finding them.
	Person
	// People is about many at once: lists.
	People
	// Export is what nobody sits waiting for: runs of views, files.
	Export
	classes
)

// String is the class as metrics name it.
func (c Class) String() string {
	return [...]string{"entry", "person", "people", "export"}[c]
}

const (
	// every is how often the limit is set.
	every = 50 * time.Millisecond
	// tooLong is for how long work may wait for a processor before fewer are let in; soon is
	// when more are again. Half of the load of two busy cores makes 1 to 4 ms.
	tooLong, soon = 8 * time.Millisecond, 4 * time.Millisecond
	// calm is for how long it must have been soon, and not all room taken, until anybody is.
	calm = time.Second
	// most is how many are let in at once even if no processor is behind: they wait for
	// systems, and hold memory.
	most = 2000
	// leastEach is how many requests for each processor are worked on even while they are behind,
	// unless the Gate has an Always.
	leastEach = 16
	// recent is for how long somebody counts among those who ask.
	recent = time.Second
)

// share is the part of the limit up to which requests of a class are let in.
var share = [classes]float64{Entry: 1.5, Person: 1, People: .7, Export: .4}

// Gate lets requests in or refuses them. Safe for concurrent use; Run sets its limit. The zero
// Gate is not usable.
type Gate struct {
	// Always is how many are let in at once however far behind the processors are; 0 is 16 for
	// each of them. Set it before the Gate is shared.
	Always int

	delay func() time.Duration
	now   func() time.Time

	mu      sync.Mutex
	limit   float64
	behind  bool // the processors are: the limit holds
	well    int  // how often in a row they were not, with room left
	inside  int
	peak    int  // the most inside since the limit was set
	turned  bool // somebody was refused since
	askers  map[string]*asker
	last    time.Duration
	refused [classes]uint64
}

// asker is somebody who asks, or did a moment ago.
type asker struct {
	inside int
	asked  time.Time
}

// New makes a Gate that lets everybody in until delay tells that the processors are behind.
// now is the clock.
func New(delay func() time.Duration, now func() time.Time) *Gate {
	return &Gate{delay: delay, now: now, askers: map[string]*asker{}}
}

func (g *Gate) least() float64 {
	if g.Always > 0 {
		return float64(g.Always)
	}
	return float64(leastEach * runtime.GOMAXPROCS(0))
}

// Run sets the limit until ctx ends.
func (g *Gate) Run(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			g.adjust()
		}
	}
}

// adjust sets the limit by how long work waited for a processor: below what was inside when the
// processors fell behind, down by a tenth each time until they are not, and up again by half of
// that while more would come in.
func (g *Gate) adjust() {
	wait := g.delay()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.last = wait
	switch {
	case wait > tooLong && !g.behind:
		g.behind, g.well, g.limit = true, 0, max(g.least(), .9*float64(g.peak))
	case wait > tooLong:
		g.well, g.limit = 0, max(g.least(), .9*min(g.limit, float64(g.peak)))
	case wait < soon && g.turned:
		g.well, g.limit = 0, g.limit+max(1, .05*g.limit)
	case wait < soon:
		if g.well++; time.Duration(g.well)*every >= calm {
			g.behind = false
		}
	}
	g.peak, g.turned = g.inside, false
	now := g.now()
	for who, a := range g.askers {
		if a.inside == 0 && now.Sub(a.asked) > recent {
			delete(g.askers, who)
		}
	}
}

// Enter lets a request of somebody in, until leave is called; ok is false if it is refused, and
// leave does nothing then.
func (g *Gate) Enter(class Class, who string) (leave func(), ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	a := g.askers[who]
	if a == nil {
		a = &asker{}
		g.askers[who] = a
	}
	a.asked = g.now()
	if !g.fits(class, a) {
		g.turned = true
		g.refused[class]++
		return func() {}, false
	}
	g.inside++
	a.inside++
	g.peak = max(g.peak, g.inside)
	return sync.OnceFunc(func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.inside--
		a.inside--
	}), true
}

// fits reports whether there is room: for the class, and for somebody who has not more of it
// than the others who ask.
func (g *Gate) fits(class Class, a *asker) bool {
	if g.inside >= most {
		return false
	}
	if !g.behind {
		return true
	}
	room := g.limit * share[class]
	return float64(g.inside) < room && (a.inside == 0 || float64(a.inside) < 1.5*room/float64(len(g.askers)))
}

// Behind reports whether requests of a class would be refused now, whoever asks: what nobody
// waits for had better be done later.
func (g *Gate) Behind(class Class) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.behind && float64(g.inside) >= g.limit*share[class]
}

// RetryAfter is how many seconds somebody who was refused is to wait: not all the same.
func RetryAfter() int { return 1 + rand.IntN(3) } // #nosec G404 -- it spreads requests, and keeps nothing secret

// State is what a Gate is at, for metrics.
type State struct {
	// Inside is how many are let in now.
	Inside int
	// Behind: the processors are, and so the limit holds.
	Behind bool
	// Wait is how long work waited for a processor lately.
	Wait time.Duration
	// Refused are how many were, by Class.
	Refused [classes]uint64

	limit float64
}

// Limit is how many are let in at once: any number while no processor is behind.
func (s State) Limit() float64 {
	if !s.Behind {
		return math.Inf(1)
	}
	return s.limit
}

// State gives what the Gate is at.
func (g *Gate) State() State {
	g.mu.Lock()
	defer g.mu.Unlock()
	return State{limit: g.limit, Inside: g.inside, Behind: g.behind, Wait: g.last, Refused: g.refused}
}
