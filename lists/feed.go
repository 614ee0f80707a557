package lists

import (
	"context"
	"sync"
	"time"
)

const (
	// followEvery is how often a server looks for what others have changed: everybody
	// knows within a second.
	followEvery = 400 * time.Millisecond
	// followWithin bounds one look.
	followWithin = 5 * time.Second
	// followAtOnce is how many changes are read at a time.
	followAtOnce = 500
)

// feed tells who watches what has changed. Its one goroutine reads list_change on from
// where it is: at once after a change of this server, and now and then for those of others.
type feed struct {
	store *Store
	poked chan struct{}
	stop  context.CancelFunc
	done  chan struct{}

	mu       sync.Mutex
	watchers map[*watcher]struct{}
	closed   bool
	last     int64 // the number of the change that was read last
	expired  int64 // up to when shares that are over were told
}

func newFeed(s *Store) *feed {
	ctx, stop := context.WithCancel(context.Background())
	f := &feed{store: s, poked: make(chan struct{}, 1), stop: stop, done: make(chan struct{}), watchers: map[*watcher]struct{}{}}
	go f.run(ctx)
	return f
}

// Poke says that another server has changed something: who watches here is told at once. It
// never waits.
func (s *Store) Poke() { s.feed.poke() }

// poke says that this server has changed something. It never waits.
func (f *feed) poke() {
	select {
	case f.poked <- struct{}{}:
	default: // it will be looked anyway
	}
}

// close ends every Watch and the goroutine.
func (f *feed) close() {
	f.stop()
	<-f.done
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	for w := range f.watchers {
		f.drop(w)
	}
}

func (f *feed) run(ctx context.Context) {
	defer close(f.done)
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.poked:
		case <-tick.C:
		}
		// A look that fails is made again: last stays where it is until the changes were told.
		for more := true; more; {
			more = f.look(ctx)
		}
	}
}

// look tells what has changed since the last look, and reports whether there may be more.
func (f *feed) look(ctx context.Context) (more bool) {
	f.mu.Lock()
	last, expired, watched := f.last, f.expired, len(f.watchers) > 0
	f.mu.Unlock()
	if !watched {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, followWithin)
	defer cancel()
	now := f.store.moment().UnixMicro()
	n := news{store: f.store, now: now}
	read, err := n.read(ctx, last, expired)
	if err != nil {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last, f.expired = max(f.last, n.last), max(f.expired, now)
	for w := range f.watchers {
		n.tell(w)
		w.flush()
	}
	return read == followAtOnce
}

// drop ends one Watch. It is called with the feed held.
func (f *feed) drop(w *watcher) {
	if _, there := f.watchers[w]; there {
		delete(f.watchers, w)
		w.release()
		close(w.changes)
	}
}
