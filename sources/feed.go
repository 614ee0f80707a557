package sources

import (
	"context"
	"time"
)

// Merge is one record of a system that became part of another there.
type Merge struct {
	// Seq is its place in the order of the feed.
	Seq int64
	// From is the local id that is gone, Into the one that remains.
	From, Into string
	At         time.Time
}

// Merger is a Source that is told when its system makes two of its records one. It is
// optional, found by assertion like Finder.
type Merger interface {
	// Merges lists merges after a place in the feed, in its order; none is an empty slice.
	// At most a thousand at once.
	Merges(ctx context.Context, after int64) ([]Merge, error)
}

// Hearer is a Source that knows only of whom it was told: that it does not find somebody
// does not mean that its system does not know them (hazard H-02). It is optional, found
// by assertion like Finder.
type Hearer interface {
	// Unheard is what to say of somebody whom it does not find; nil where it was told of
	// everybody whom its system knows.
	Unheard() *Gap
}

// Tallier is a Source that counts what it is sent. It is optional, found by assertion.
type Tallier interface {
	// Tally gives the counts since the start by fixed names, as "used"; never anything of a
	// person.
	Tally() map[string]int64
}

// Unheard is what to say of somebody whom the source does not find; see Hearer. Nil: its
// system does not know them.
func (s *System) Unheard() *Gap {
	if h, ok := s.source.(Hearer); ok {
		return h.Unheard()
	}
	return nil
}

// Tally gives the source's counts; see Tallier. Nil where it counts nothing.
func (s *System) Tally() map[string]int64 {
	if t, ok := s.source.(Tallier); ok {
		return t.Tally()
	}
	return nil
}

// CanMerge reports whether the source tells of merges.
func (s *System) CanMerge() bool {
	_, ok := s.source.(Merger)
	return ok
}

// Merges lists merges after a place in the feed; see Merger. Every error is an *Error. It
// asks what the source was told, not its system: also while that may not be asked, because
// who is who must not wait.
func (s *System) Merges(ctx context.Context, after int64) ([]Merge, error) {
	merger, ok := s.source.(Merger)
	if !ok {
		return nil, nil
	}
	var found []Merge
	err := s.attempt(ctx, "merges", func(ctx context.Context) (func(), error) {
		all, err := merger.Merges(ctx, after)
		return func() { found = all }, err
	})
	return found, err
}

// DeadLetter is a message of a feed that could not be used, without what is in it.
type DeadLetter struct {
	ID             int64
	Received, Last time.Time
	// Times is how often it came.
	Times int
	// Sender, Control and Kind name it to whoever sent it.
	Sender, Control, Kind string
	// Code and Reason are why it could not be used.
	Code, Reason string
}

// FeedKeeper is a Connector whose source keeps what it is sent, and can be asked about
// what it could not use without the server.
type FeedKeeper interface {
	// DeadLetters calls each for those that wait, oldest first, until it returns an error.
	DeadLetters(ctx context.Context, env Env, each func(DeadLetter) error) error
	// Replay puts the dead letters of the ids in again, or all that wait, in their order,
	// and calls each with what became of it: the zero reason is that it is in use now.
	Replay(ctx context.Context, env Env, ids []int64, each func(d DeadLetter, code, reason string) error) error
}
