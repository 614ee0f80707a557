package policy

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ory/ladon"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/record"
)

// Schema is the closed set of resources: class → the fields in it, from @access in
// the graph. A class such as "record:allergies" with the field "reactions" is the
// resource "record:allergies:reactions".
type Schema map[string][]string

// class is one class of the schema, with a bit for every field.
type class struct {
	name   string
	fields []string
	place  map[string]int
	all    Fields
}

// Edition is one set of policies made ready to decide: indexed by subject, action and
// class, with its decisions remembered. It does not change, so that one operation is
// decided by one edition; what it remembers names no patient. Safe for concurrent use.
type Edition struct {
	// Version names the set in the audit.
	Version string

	set     *Set
	classes map[string]*class
	index   index
	uses    map[string]bool // keys that some condition looks at
	now     func() time.Time
	warden  *ladon.Ladon

	*memory
	staging staging
}

// memory is what an edition remembers.
type memory struct {
	decided    atomic.Pointer[sync.Map] // question → *verdict
	remembered atomic.Int64
	reached    reached
}

func newMemory() *memory {
	m := &memory{}
	m.decided.Store(&sync.Map{})
	return m
}

// mostRemembered bounds the memory; beyond it all are forgotten and decided again.
const mostRemembered = 200_000

// question is a decision's whole input.
type question struct {
	facts
	action Action
	class  string
}

// NewEdition makes set ready to decide over the resources of schema. It fails with a
// *RefusedError if a policy names a resource that the schema does not have. now gives
// the region's wall clock, for conditions on time.
func NewEdition(set *Set, schema Schema, now func() time.Time) (*Edition, error) {
	e := &Edition{Version: set.Version, set: set, classes: map[string]*class{}, uses: map[string]bool{}, now: now, memory: newMemory()}
	for name, fields := range schema {
		if len(fields) > 64 {
			return nil, fmt.Errorf("policy: the class %s has %d fields; a Fields holds 64", name, len(fields))
		}
		c := &class{name: name, fields: slices.Sorted(slices.Values(fields)), place: map[string]int{}}
		for i, f := range c.fields {
			c.place[f] = i
			c.all |= 1 << i
		}
		e.classes[name] = c
	}
	if err := checkResources(set, e.classes); err != nil {
		return nil, err
	}
	for i := range set.Policies {
		for key := range set.Policies[i].When {
			e.uses[key] = true
		}
	}
	e.index = indexOf(set, e.classes)
	e.warden = &ladon.Ladon{Manager: e.index, Matcher: exact{}, Metric: ladon.DefaultMetric, AuditLogger: &ladon.AuditLoggerNoOp{}}
	return e, nil
}

// Set gives the policies of the edition.
func (e *Edition) Set() *Set { return e.set }

// Check is the only decision function. It says whether the caller may do action to the
// class of things about a person (nil: about nobody) from a source (nil: from none),
// and which fields and labels they see. Without a session, with a class that the schema
// does not have, or when anything goes wrong, the Grant refuses.
func (e *Edition) Check(s *auth.Session, about *About, action Action, class string, source *record.Origin) Grant {
	if s == nil || e.classes[class] == nil {
		return Grant{}
	}
	r := e.reachOf(s)
	share, ok := r.of(action, class)
	if !ok && e.staging.hides(s, class, source) {
		return Grant{v: notYet, source: source.ID}
	}
	if !ok {
		return Grant{v: outOfScope}
	}
	q := question{e.gather(s, r, about, class, source), action, class}
	decided := e.decided.Load()
	v, ok := decided.Load(q)
	if !ok {
		if e.remembered.Add(1) > mostRemembered {
			e.decided.Store(&sync.Map{})
			e.remembered.Store(0)
		}
		v, _ = decided.LoadOrStore(q, e.decide(q))
	}
	g := Grant{v: v.(*verdict), share: share}
	if source != nil {
		g.source = source.ID
	}
	if e.staging.hides(s, class, source) {
		return Grant{v: notYet, source: g.source, awaited: g.Allowed()}
	}
	g.tested = g.Allowed() && e.staging.stage(s, class, source) == record.ClinicalSafety
	return g
}

// Has reports whether fields, of a Grant for the class, has the field of this name.
func (e *Edition) Has(class string, fields Fields, name string) bool {
	c := e.classes[class]
	if c == nil {
		return false
	}
	i, ok := c.place[name]
	return ok && fields&(1<<i) != 0
}

// Names lists the fields of a class that are in fields, sorted; nil if none is.
func (e *Edition) Names(class string, fields Fields) []string {
	c := e.classes[class]
	if c == nil {
		return nil
	}
	var names []string
	for i, name := range c.fields {
		if fields&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// AsksForRelationships reports whether some policy depends on a relationship, so that
// it is worth looking for one.
func (e *Edition) AsksForRelationships() bool { return e.uses[keyRelationship] }

// Might reports whether the caller may do action to class about somebody, whoever that
// is: then it is decided again about the person who was found.
func (e *Edition) Might(s *auth.Session, action Action, class string) bool {
	return e.somebody(func(a *About) bool { return e.Check(s, a, action, class, nil).Allowed() })
}

// MightFrom is Might for things of a source, with what may be seen of them.
func (e *Edition) MightFrom(s *auth.Session, action Action, class string, source *record.Origin, enough func(Grant) bool) bool {
	return e.somebody(func(a *About) bool { return enough(e.Check(s, a, action, class, source)) })
}

// somebody tries every kind of person that a policy can tell apart, nobody first.
func (e *Edition) somebody(allows func(*About) bool) bool {
	if allows(nil) {
		return true
	}
	all := len(relationship.Kinds())
	for _, objections := range [][]relationship.Objection{nil, {{}}, {{Absolute: true}}} {
		for place := range all + 2 {
			k := kinds(0)
			switch {
			case place == all:
				k = 1<<all - 1
			case place < all:
				k = 1 << place
			}
			for flags := range 4 {
				if allows(&About{kinds: k, broken: flags&1 != 0, restricted: flags&2 != 0, objections: objections}) {
					return true
				}
			}
		}
	}
	return false
}

// Evidence is a Grant to look in a source's records for legitimate relationships of the
// caller's organisation: only what is live there proves one, since it holds for everybody of
// it. What is read by it is shown to nobody.
func (e *Edition) Evidence(s *auth.Session, class string, source *record.Origin) Grant {
	c := e.classes[class]
	if c == nil || !e.uses[keyRelationship] || e.staging.stage(s, class, source) != record.Live {
		return Grant{}
	}
	v := &verdict{class: c}
	v.by[0] = ruling{allowed: true, fields: c.all}
	return Grant{v: v, source: source.ID}
}

func (f facts) subjects() []string {
	subjects := []string{subject(string(f.role), "")}
	if f.organisation != "" {
		subjects = append(subjects, subject(string(f.role), f.organisation))
	}
	return subjects
}

func checkResources(set *Set, classes map[string]*class) error {
	known := map[string]bool{}
	for name, c := range classes {
		known[name] = true
		for _, f := range c.fields {
			known[name+":"+f] = true
		}
	}
	var problems []string
	for _, p := range set.Policies {
		for _, r := range p.Resources {
			if !matchesAny(r, known) {
				problems = append(problems, fmt.Sprintf("policy %q: there is no resource %q%s", p.ID, r, nearest(strings.TrimSuffix(r, ":*"), known)))
			}
		}
		for _, scope := range slices.Concat(p.When[keyScope].In, p.When[keyScope].Not) {
			if scope != "all" && classes[scope] == nil {
				problems = append(problems, fmt.Sprintf("policy %q: there is no scope %q%s", p.ID, scope, nearest(scope, known)))
			}
		}
	}
	if problems != nil {
		sort.Strings(problems)
		return &RefusedError{problems}
	}
	return nil
}

func matchesAny(pattern string, known map[string]bool) bool {
	for k := range known {
		if match(pattern, k) {
			return true
		}
	}
	return false
}

// ErrNoPolicies: the policies cannot be read, so that everything is refused.
var ErrNoPolicies = errors.New("the policies cannot be read; nothing is shown until they can")
