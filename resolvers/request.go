package resolvers

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
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
	bill     *bill // nil if nobody asked what it costs

	// policy decides the whole operation, also if the policies change meanwhile.
	policy *policy.Edition

	mu     sync.Mutex
	grants map[grantKey]policy.Grant
	stands map[string]*standing // patient id → what stands between; only of those opened
	until  map[string]time.Time // patient id → how long to wait

	listed   int   // people of lists that are shown
	conceals *bool // mightConceal; nil until it was asked

	// follows is what a subscription's stream goes on to follow; nil if it has nothing more
	// to say.
	follows *following
}

// grantKey is one question of the operation; patient "" is about nobody.
type grantKey struct {
	action  policy.Action
	class   string
	patient string
	source  *record.Origin
}

type requestKey struct{}

// newRequest puts a fresh request into the context.
func (r *Resolver) newRequest(ctx context.Context, oc *graphql.OperationContext) (context.Context, *request) {
	session := auth.SessionFrom(ctx)
	q := &request{
		resolver: r, session: session, started: time.Now(), trail: newTrail(), shape: r.shapes.of(ctx, r, oc),
		policy: r.Policies.Guard.Current(), grants: make(map[grantKey]policy.Grant, 96),
		stands: map[string]*standing{}, until: map[string]time.Time{},
	}
	if oc.Headers.Get(CostHeader) != "" {
		q.bill = &bill{systems: map[*sources.System]spent{}}
	}
	q.loaders = make([]*loader, len(r.Systems))
	for i, s := range r.Systems {
		q.loaders[i] = newLoader(s, session != nil && session.View != nil, r.reads)
	}
	if session != nil { // whom only systems know that are not shown yet is not there
		ctx = patient.Hiding(ctx, func(source string) bool { return q.policy.Hides(session, source) })
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

// may asks policy about something that is of no person.
func (q *request) may(action policy.Action, class string, source *record.Origin) policy.Grant {
	return q.decide(grantKey{action, class, "", source}, nil)
}

// grant asks policy about something of a person that was opened in this request; of
// anybody else nothing is granted.
func (q *request) grant(p *patient.Patient, class string, source *record.Origin) policy.Grant {
	s := q.standing(p)
	if s == nil {
		return policy.Grant{}
	}
	return q.decide(grantKey{policy.Read, class, p.ID, source}, s.about)
}

// decide asks once per question and request.
func (q *request) decide(key grantKey, about *policy.About) policy.Grant {
	q.mu.Lock()
	defer q.mu.Unlock()
	g, ok := q.grants[key]
	if !ok {
		g = q.policy.Check(q.session, about, key.action, key.class, key.source)
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

// pins reports whether the session is bound to another patient than the one of these ids:
// it may see nobody else.
func (q *request) pins(id string, former ...string) bool {
	return q.session != nil && q.session.Launch != nil && q.session.Launch.Patient != id && !slices.Contains(former, q.session.Launch.Patient)
}

// errPinned refuses what would lead to others than the one patient of the session.
func (q *request) errPinned(ctx context.Context) error {
	if q.session == nil || q.session.Launch == nil {
		return nil
	}
	return refuse(ctx, CodeForbidden, "This session was opened on one patient and shows nobody else")
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
