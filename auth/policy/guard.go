package policy

import (
	"context"
	"fmt"
	"sync"

	"github.com/ory/ladon"

	"github.com/patchworkcare/patchwork/auth"
)

// Action is what is done to a resource.
type Action string

// The actions.
const (
	Read   Action = "read"
	Search Action = "search"
	List   Action = "list"
)

// Decision is one answer of the Guard, for the audit.
type Decision struct {
	Action  Action
	Class   string
	Allowed bool
	// Withheld are the fields of the class that are held back although the class is allowed.
	Withheld []string
	// Policies are the ids of the policies that decided; empty if none matched.
	Policies []string
}

// Recorder keeps decisions for the audit. It is called for every Check, also for
// remembered ones, before the Grant is returned.
type Recorder func(ctx context.Context, d Decision)

// Guard decides. Make one with New; it is safe for concurrent use.
type Guard struct {
	warden  *ladon.Ladon
	set     *Set
	schema  Schema
	record  Recorder
	decided sync.Map // question → *verdict
}

// Schema is the closed set of resources: class → the fields in it, from @access in
// the graph. A class such as "record:allergies" with the field "reactions" is the
// resource "record:allergies:reactions".
type Schema map[string][]string

// New makes a Guard of set over the resources of schema. It fails if a policy names a
// resource that the schema does not have. record may be nil.
func New(set *Set, schema Schema, record Recorder) (*Guard, error) {
	if err := set.checkResources(schema); err != nil {
		return nil, err
	}
	if record == nil {
		record = func(context.Context, Decision) {}
	}
	return &Guard{
		warden: &ladon.Ladon{
			Manager: set, Matcher: exact{}, Metric: ladon.DefaultMetric, AuditLogger: &ladon.AuditLoggerNoOp{},
		},
		set: set, schema: schema, record: record,
	}, nil
}

// Version names the policy set that decides, for the audit.
func (g *Guard) Version() string { return g.set.Version }

// question is all that a decision depends on: the typed context, comparable.
type question struct {
	role         auth.Role
	organisation string
	careSetting  string
	purpose      auth.Purpose
	action       Action
	class        string
}

type verdict struct {
	grant    Grant
	decision Decision
}

// Check is the only decision function. It says whether the caller may do action to
// the class, which of its fields are held back, and which security labels may be
// seen. Without a session, with a class that the schema does not have, or when
// anything goes wrong, the answer is the zero Grant.
func (g *Guard) Check(ctx context.Context, s *auth.Session, action Action, class string) Grant {
	if s == nil {
		g.record(ctx, Decision{Action: action, Class: class})
		return Grant{}
	}
	q := question{s.Role, s.Organisation.ODS, s.CareSetting, s.Purpose, action, class}
	v, ok := g.decided.Load(q)
	if !ok {
		v, _ = g.decided.LoadOrStore(q, g.decide(ctx, q))
	}
	answer := v.(*verdict)
	g.record(ctx, answer.decision)
	return answer.grant
}

func (g *Guard) decide(ctx context.Context, q question) *verdict {
	v := &verdict{decision: Decision{Action: q.action, Class: q.class}}
	fields, known := g.schema[q.class]
	if !known {
		return v
	}
	allowed, ids := g.ask(ctx, q, q.class)
	v.decision.Policies = ids
	if !allowed {
		return v
	}
	v.decision.Allowed = true
	v.grant = Grant{allowed: true, class: q.class}
	for _, field := range fields {
		if !g.set.mentions(q.class + ":" + field) {
			continue
		}
		if ok, _ := g.ask(ctx, q, q.class+":"+field); !ok {
			if v.grant.withheld == nil {
				v.grant.withheld = map[string]bool{}
			}
			v.grant.withheld[field] = true
			v.decision.Withheld = append(v.decision.Withheld, field)
		}
	}
	for i, label := range labels {
		if ok, _ := g.ask(ctx, q, label.resource); ok {
			v.grant.labels |= 1 << i
		}
	}
	return v
}

// ask puts one resource before Ladon, for every kind of subject the caller is. Any
// forceful deny wins; one allow is enough otherwise.
func (g *Guard) ask(ctx context.Context, q question, resource string) (bool, []string) {
	allowed, ids := false, []string(nil)
	for _, subject := range q.subjects() {
		r := &ladon.Request{Resource: resource, Action: string(q.action), Subject: subject, Context: q.context()}
		candidates, err := g.set.FindRequestCandidates(ctx, r)
		if err != nil {
			return false, nil
		}
		switch err := g.warden.DoPoliciesAllow(ctx, r, candidates); {
		case err == nil:
			allowed = true
			ids = append(ids, matching(ctx, candidates, r)...)
		case isForceful(err):
			return false, matching(ctx, candidates, r)
		}
	}
	return allowed, ids
}

func (q question) subjects() []string {
	subjects := []string{"role:" + string(q.role)}
	if q.organisation != "" {
		subjects = append(subjects, "organisation:"+q.organisation)
	}
	return subjects
}

// context is the typed context of every request: all keys are always present.
func (q question) context() ladon.Context {
	return ladon.Context{
		"role": string(q.role), "organisation": q.organisation,
		"careSetting": q.careSetting, "purpose": string(q.purpose),
	}
}

// String describes the question without personal data.
func (q question) String() string {
	return fmt.Sprintf("%s %s as %s", q.action, q.class, q.role)
}
