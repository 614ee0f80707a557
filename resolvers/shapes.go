package resolvers

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// shape is what follows from an operation's text and the variables of its @skip and
// @include, and so is the same for every request of that kind: the plans of its
// sections, and the coordinates it selects. It holds nothing about a patient and
// nothing that policy decided.
type shape struct {
	plans  sync.Map // planKey → *objectPlan
	fields *selectedFields
	hash   string
	weigh  func(bytes int) // is told of every plan
}

// shapeKey is all that a shape depends on. The document is the executor's cached one,
// so that equal texts are the same pointer.
type shapeKey struct {
	operation  *ast.OperationDefinition
	conditions string
}

// mostShapes bounds what they take in memory, in bytes, with their plans and the documents
// that they hold on to: beyond it all are forgotten and made again.
const mostShapes = 64 << 20

const (
	// bareShape is what a shape takes without plans, fieldWeight each field of a plan.
	bareShape   = 32 << 10
	fieldWeight = 250
)

type shapes struct {
	mu     sync.Mutex
	kept   map[shapeKey]*shape
	held   map[*ast.OperationDefinition]bool
	weight int
}

func (s *shapes) of(ctx context.Context, r *Resolver, oc *graphql.OperationContext) *shape {
	key := shapeKey{operation: oc.Operation, conditions: conditions(oc)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if sh := s.kept[key]; sh != nil {
		return sh
	}
	if s.kept == nil || s.weight >= mostShapes {
		s.kept, s.held, s.weight = map[shapeKey]*shape{}, map[*ast.OperationDefinition]bool{}, 0
	}
	sh := &shape{fields: fieldsOf(oc, r.schema), hash: operationHash(oc.RawQuery), weigh: s.weigh}
	s.kept[key] = sh
	if s.weight += bareShape + len(key.conditions); !s.held[oc.Operation] {
		s.held[oc.Operation] = true
		s.weight += preparedFrom(ctx).document.weight
	}
	return sh
}

func (s *shapes) weigh(bytes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.weight += bytes
}

// conditions are the values of the Boolean variables, the only ones that @skip and
// @include can look at.
func conditions(oc *graphql.OperationContext) string {
	var names []string
	for _, d := range oc.Operation.VariableDefinitions {
		if d.Type.NamedType == "Boolean" {
			names = append(names, d.Variable)
		}
	}
	if names == nil {
		return ""
	}
	sort.Strings(names)
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "%s=%v;", n, oc.Variables[n])
	}
	return b.String()
}
