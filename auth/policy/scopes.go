package policy

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// Narrowed reports whether scopes narrow what the session may see: a SMART app's do,
// unless patchwork/graph is among them. The pin to a patient (Session.Launch) is another
// matter and always holds.
func Narrowed(s *auth.Session) bool {
	return s.Scopes != nil && !slices.Contains(s.Scopes, scope.Graph)
}

// ScopesPermit reports whether the session's scopes let it do all of may with resources of
// a FHIR type, or with some of them: .r is to read one by its id, .s to search. It says
// nothing of what the user may see.
func ScopesPermit(s *auth.Session, resource string, may scope.Permissions) bool {
	_, ok := ScopeQueries(s, resource, may)
	return ok
}

// ScopeQueries is ScopesPermit, with what the scopes leave of the type: those resources
// that a search with one of the queries would find, or all if queries is nil. It is for
// surfaces that show one section as several types: the graph shows an entry if it may be
// seen as any of them.
func ScopeQueries(s *auth.Session, resource string, may scope.Permissions) (queries []scope.Query, ok bool) {
	if s == nil || may == 0 {
		return nil, false
	}
	if !Narrowed(s) {
		return nil, true
	}
	left, whole := may, false
	for _, granted := range readable(s) {
		if granted.Resource != "*" && granted.Resource != resource || granted.May&may == 0 {
			continue
		}
		if _, ok := needsOf(granted.Query, searches(resource)); !ok {
			continue
		}
		left &^= granted.May
		whole = whole || granted.Query == nil
		queries = append(queries, granted.Query)
	}
	if whole {
		queries = nil
	}
	return queries, left == 0
}

// readable are the scopes that count for the session: one in a patient's context names
// nothing unless the session is pinned to a patient.
func readable(s *auth.Session) []scope.Scope {
	pinned := s.Launch != nil && s.Launch.Patient != ""
	return slices.DeleteFunc(scope.ParseAll(s.Scopes), func(granted scope.Scope) bool {
		return granted.Context == "" || granted.Context == scope.ForPatient && !pinned
	})
}

// reach is how far the scopes of a session go.
type reach struct {
	scopes []string
	pinned bool
	// words are the classes that they name, sorted, joined with blanks; none.
	words   string
	classes map[string]*share
}

// share is what of one class the scopes reach.
type share struct {
	may scope.Permissions
	// terms are what an entry must fit one of; nil for every entry.
	terms []term
	// lacks are the fields that none of them shows.
	lacks Fields
}

// term is a type of resource as which entries may be seen.
type term struct {
	aspect *aspect
	needs  []need
	lacks  Fields
}

// outOfScope is the verdict on what the scopes do not name: whatever policy says of it, so
// that nothing of that shows.
var outOfScope = &verdict{why: ReasonScope}

// of gives the share of a class that may be read, searched or listed; false for none. A
// section's entries are read and searched in one, so that either permission shows them.
func (r *reach) of(action Action, class string) (*share, bool) {
	if r == nil {
		return nil, true
	}
	sh := r.classes[class]
	if sh == nil {
		return nil, false
	}
	switch action {
	case Read:
		return sh, sh.may&(scope.Read|scope.Search) != 0
	case Search, List:
		return sh, sh.may&scope.Search != 0
	}
	return nil, false
}

// reached remembers how far scopes go: they are read once, not for every decision.
type reached struct {
	kept  sync.Map // scopes, joined → *reach
	count atomic.Int64
}

// mostReached bounds it; beyond it all are forgotten and read again.
const mostReached = 2000

// reachOf gives how far the session's scopes go; nil if they do not narrow.
func (e *Edition) reachOf(s *auth.Session) *reach {
	if !Narrowed(s) {
		return nil
	}
	pinned := s.Launch != nil && s.Launch.Patient != ""
	key := strings.Join(s.Scopes, " ")
	if kept, ok := e.reached.kept.Load(key); ok {
		// Other lists may read the same when they are joined.
		if r := kept.(*reach); r.pinned == pinned && slices.Equal(r.scopes, s.Scopes) {
			return r
		}
	}
	r := e.readScopes(s)
	r.scopes, r.pinned = slices.Clone(s.Scopes), pinned
	if e.reached.count.Add(1) > mostReached {
		e.reached.kept.Clear()
		e.reached.count.Store(0)
	}
	e.reached.kept.Store(key, r)
	return r
}

// readScopes finds what the scopes name. A scope whose query cannot be answered exactly
// names nothing.
func (e *Edition) readScopes(s *auth.Session) *reach {
	r := &reach{classes: map[string]*share{}}
	whole := map[string][]string{} // class → types of which all is named
	for _, granted := range readable(s) {
		if granted.May&(scope.Read|scope.Search) == 0 {
			continue
		}
		for name := range resources {
			if granted.Resource != "*" && granted.Resource != name {
				continue
			}
			if needs, ok := needsOf(granted.Query, searches(name)); ok {
				e.take(r, whole, name, granted.May, needs)
			}
		}
	}
	for class, sh := range r.classes {
		if sh.may&scope.Search == 0 && !strings.HasPrefix(class, "record:") {
			delete(r.classes, class) // people are only searched for and listed
		}
		sh.finish(class, whole[class])
	}
	if len(r.classes) > 0 { // nothing of a person can be read without opening them
		r.classes["patient:read"] = &share{may: scope.Read}
	}
	r.words = none
	if len(r.classes) > 0 {
		r.words = strings.Join(sortedKeys(r.classes), " ")
	}
	return r
}

// take adds a type of resource to the shares.
func (e *Edition) take(r *reach, whole map[string][]string, name string, may scope.Permissions, needs []need) {
	for i := range resources[name] {
		a := &resources[name][i]
		if r.classes[a.class] == nil {
			r.classes[a.class] = &share{}
		}
		sh := r.classes[a.class]
		sh.may |= may
		sh.terms = append(sh.terms, term{a, needs, e.fieldsOf(a.class, a.lacks)})
		if needs == nil {
			whole[a.class] = append(whole[a.class], name)
		}
	}
}

// finish drops the terms if all of the class is reached: by a type that has all of it, or
// by all types together.
func (sh *share) finish(class string, whole []string) {
	all := true
	for name, aspects := range resources {
		for i := range aspects {
			if aspects[i].class != class {
				continue
			}
			named := slices.Contains(whole, name)
			if named && aspects[i].is == nil {
				sh.terms = nil
				return
			}
			all = all && named
		}
	}
	if all {
		sh.terms = nil
		return
	}
	for i := range sh.terms {
		if i == 0 {
			sh.lacks = sh.terms[i].lacks
		}
		sh.lacks &= sh.terms[i].lacks
	}
}

// fieldsOf is a set of fields by their names.
func (e *Edition) fieldsOf(class string, names []string) (f Fields) {
	c := e.classes[class]
	for _, name := range names {
		if i, ok := c.place[name]; c != nil && ok {
			f |= 1 << i
		}
	}
	return f
}
