package resolvers

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/lists"
)

const (
	// lookEvery is how often it is asked whether the stream may go on, and as whose: what
	// is taken away holds within a second.
	lookEvery = 700 * time.Millisecond
	// beatEvery is how long nothing is sent at most.
	beatEvery = 12 * time.Second
	// apart is the least time between two answers: many changes at once are one.
	apart = 200 * time.Millisecond
)

// following is what the root of a subscription says that its stream follows, and how it
// was when it was read.
type following struct {
	list string // "" is every list of the caller
	was  string
}

// stream is one that is open.
type stream struct {
	x   *Executor
	out *sse
	p   *graphql.RawParams

	session *auth.Session   // as it was found last
	edition *policy.Edition // by which the last answer was decided
	follows following
	// changed wakes the stream; unwatch ends that.
	changed <-chan lists.Change
	unwatch context.CancelFunc
}

// follow answers a subscription: now, and whenever what it shows, who asks or what they
// may see has changed. Every answer is an operation of its own: decided by the policies,
// the session and the relationships of that moment, and in the ledger before it leaves.
// It ends when nothing may be shown any more.
func (x *Executor) follow(ctx context.Context, p *graphql.RawParams, out *sse) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &stream{x: x, out: out, p: p, unwatch: func() {}}
	defer func() { s.unwatch() }()
	look, beat := time.NewTicker(lookEvery), time.NewTicker(beatEvery)
	defer look.Stop()
	defer beat.Stop()
	wait := time.NewTimer(0) // until the next answer is due
	defer wait.Stop()
	due, last := true, time.Time{}
	for {
		soon := false
		select {
		case <-ctx.Done():
			return
		case <-x.streams.ended:
			return
		case <-wait.C:
			if !due {
				continue
			}
			due = false
			if !s.look(ctx) || !s.answer(ctx) {
				return
			}
			last = time.Now()
			beat.Reset(beatEvery)
			continue
		case c, open := <-s.changed:
			if !open { // it is found out by looking
				s.changed = nil
				continue
			}
			soon = s.follows.list == "" || c.List == "" || s.follows.list == c.List
		case <-look.C:
			if s.session == nil {
				continue
			}
			before := s.session
			if !s.look(ctx) {
				return
			}
			soon = !same(before, s.session) || s.moved(ctx)
		case <-beat.C:
			if out.beat() != nil {
				return
			}
		}
		if soon && !due {
			due = true
			wait.Reset(time.Until(last.Add(apart)))
		}
	}
}

// look finds the session again, and reports whether the stream may go on. If not, it breaks
// off without a word: whoever opens it again is told why by the door, with all that a
// client knows what to do about (a token to renew, a lock, a sign-in).
func (s *stream) look(ctx context.Context) bool {
	session, err := auth.Again(ctx)
	if err != nil {
		return false
	}
	if s.session == nil || !same(s.session, session) {
		s.unwatch()
		watching, stop := context.WithCancel(ctx)
		s.unwatch = stop
		if s.changed, err = s.x.resolver.watch(watching, session); err != nil {
			return false
		}
	}
	s.session = session
	return true
}

// answer sends what is to be seen now; it reports false if that was the last.
func (s *stream) answer(ctx context.Context) bool {
	s.edition = s.x.resolver.Policies.Guard.Current()
	resp, q, err := s.x.run(auth.WithSession(ctx, s.session), s.p, true)
	switch {
	case ctx.Err() != nil:
		return false
	case errors.Is(err, ErrAudit):
		s.out.refuse(ctx, CodeAuditUnavailable, ErrAudit.Error())
		return false
	case err != nil:
		s.out.refuse(ctx, CodeDeferNotSupported, err.Error())
		return false
	case s.out.next(resp) != nil:
		return false
	case q == nil || q.follows == nil:
		s.out.complete()
		return false
	}
	s.follows = *q.follows
	return true
}

// moved reports whether policy or what is followed is not as it was at the last answer,
// also where nobody said so: a share that ran out, another server's change.
func (s *stream) moved(ctx context.Context) bool {
	if s.x.resolver.Policies.Guard.Current() != s.edition {
		return true
	}
	is, err := s.x.resolver.followed(ctx, s.session, s.follows.list)
	return err != nil || is != s.follows.was
}

// same reports whether two findings of a session are of the same caller, who may do the
// same.
func same(a, b *auth.Session) bool {
	x, y := *a, *b
	for _, s := range []*auth.Session{&x, &y} {
		s.LastSeen, s.Checked, s.Confirmed, s.Kept = time.Time{}, time.Time{}, time.Time{}, nil
	}
	return reflect.DeepEqual(x, y)
}
