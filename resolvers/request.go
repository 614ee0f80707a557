package resolvers

import (
	"context"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/sources"
)

// request is what lives as long as one operation: its loaders, its decisions, how long
// its readers wait, and its trail for the audit. Nothing in it is shared with another
// request.
type request struct {
	resolver *Resolver
	session  *auth.Session
	started  time.Time
	loaders  []*loader // one per Resolver.Systems
	trail    *trail
	shape    *shape

	mu     sync.Mutex
	grants map[string]policy.Grant
	until  map[string]time.Time // patient id → how long to wait
}

type requestKey struct{}

// newRequest puts a fresh request into the context.
func (r *Resolver) newRequest(ctx context.Context, oc *graphql.OperationContext) (context.Context, *request) {
	session := auth.SessionFrom(ctx)
	q := &request{
		resolver: r, session: session, started: time.Now(), trail: newTrail(), shape: r.shapes.of(r, oc, session),
		grants: make(map[string]policy.Grant, 24), until: map[string]time.Time{},
	}
	q.loaders = make([]*loader, len(r.Systems))
	for i, s := range r.Systems {
		q.loaders[i] = newLoader(s)
	}
	return context.WithValue(ctx, requestKey{}, q), q
}

// requestFrom gives the operation's request. It panics outside an operation, which the
// executor turns into an error: a resolver without one must not run.
func requestFrom(ctx context.Context) *request {
	q, ok := ctx.Value(requestKey{}).(*request)
	if !ok {
		panic("resolvers: no request in the context")
	}
	return q
}

// grant asks policy once per class and request.
func (q *request) grant(ctx context.Context, action policy.Action, class string) policy.Grant {
	key := string(action) + " " + class
	if action == policy.Read {
		key = class
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	g, ok := q.grants[key]
	if !ok {
		g = q.resolver.Guard.Check(ctx, q.session, action, class)
		q.grants[key] = g
	}
	return g
}

// waitUntil notes how long readers of p wait.
func (q *request) waitUntil(p *patient.Patient, t time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.until[p.ID] = t
}

func (q *request) deadline(p *patient.Patient) time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.until[p.ID]
}

// pins reports whether the session is bound to another patient than id: such a launch
// may see nobody else.
func (q *request) pins(id string) bool {
	return q.session != nil && q.session.Launch != nil && q.session.Launch.Patient != id
}

// flush sends what the loaders hold, without waiting for a timer.
func (q *request) flush() {
	for _, l := range q.loaders {
		l.flush()
	}
}

// system finds a configured system by its id; nil if there is none.
func (r *Resolver) system(id string) *sources.System {
	for _, s := range r.Systems {
		if s.Origin().ID == id {
			return s
		}
	}
	return nil
}
