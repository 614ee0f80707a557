package lists

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Change says that a list has changed, has come or has gone, for the one who watches.
type Change struct {
	List string
	// Version is the list's now, or was when it went.
	Version int64
}

// watching is how many changes of different lists a reader may be behind before the rest
// waits.
const watching = 64

// watcher is one Watch.
type watcher struct {
	asking
	changes chan Change
	release func() bool // of the context's end
	behind  map[string]int64
}

// Watch tells of every change of the lists that the caller may read from now on, and of
// those that come to them or go from them: at once of this server's changes, within a
// second of others'. A slow reader holds up nobody and gets only the latest version of each
// list. The channel is closed when the context ends, or the Store is closed. Whoever
// gets a change reads the list anew: the permission is not in the change.
func (s *Store) Watch(ctx context.Context, c Caller) (<-chan Change, error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return nil, err
	}
	var last int64
	if err := s.read.QueryRowContext(ctx, `SELECT COALESCE(MAX(seq), 0) FROM list_change`).Scan(&last); err != nil {
		return nil, fmt.Errorf("following lists: %w", err)
	}
	w := &watcher{asking: a, changes: make(chan Change, watching), behind: map[string]int64{}}
	f := s.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, ErrClosed
	}
	if len(f.watchers) == 0 { // nobody wants to know what was before
		f.last, f.expired = max(f.last, last), max(f.expired, a.now)
	}
	f.watchers[w] = struct{}{}
	w.release = context.AfterFunc(ctx, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.drop(w)
	})
	return w.changes, nil
}

// flush puts into the channel what fits. What the reader has not taken yet is put anew, so
// that it is the latest.
func (w *watcher) flush() {
	if len(w.behind) == 0 {
		return
	}
	for {
		select {
		case c := <-w.changes:
			w.behind[c.List] = max(w.behind[c.List], c.Version)
			continue
		default:
		}
		break
	}
	var all []Change
	for list, version := range w.behind {
		all = append(all, Change{list, version})
	}
	slices.SortFunc(all, func(a, b Change) int { return strings.Compare(a.List, b.List) })
	for _, c := range all[:min(len(all), watching)] {
		w.changes <- c // there is room: only the feed writes
		delete(w.behind, c.List)
	}
}
