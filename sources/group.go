package sources

import (
	"fmt"
	"sync"
)

// Group is a sync.WaitGroup for the goroutines of a connector: if one of them panics, Wait
// panics in its place, so that what guards Fetch and Find meets it. A panic in a goroutine
// of its own would end the server, and with it everybody else's page (hazard H-06). The zero
// Group is ready; it must not be copied.
type Group struct {
	all   sync.WaitGroup
	mu    sync.Mutex
	crash *crash // the first
}

// crash is a panic that was carried to another goroutine: its kind and where it happened.
// Neither its text nor its stack, which may quote a record.
type crash struct{ kind, at string }

// Go runs do in a goroutine of its own.
func (g *Group) Go(do func()) {
	g.all.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				g.mu.Lock()
				defer g.mu.Unlock()
				if g.crash == nil {
					g.crash = crashed(p)
				}
			}
		}()
		do()
	})
}

// Wait waits for all of them.
func (g *Group) Wait() {
	g.all.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.crash != nil {
		panic(g.crash)
	}
}

// crashed tells of a panic. Call it from the deferred function that recovers.
func crashed(p any) *crash {
	if c, ok := p.(*crash); ok {
		return c
	}
	return &crash{kind: fmt.Sprintf("%T", p), at: panicSite()}
}
