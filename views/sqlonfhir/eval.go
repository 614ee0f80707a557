package sqlonfhir

import (
	"encoding/json"
	"errors"
	"fmt"
)

// A scope is what the names of an expression stand for.
type scope struct {
	focus    []node // $this
	context  []node // what the whole expression is asked of
	resource node
	constant map[string]node
	rowIndex int
	steps    *int // left for this resource
}

var (
	errSteps = errors.New("the resource needs more steps than one may")
	errNodes = fmt.Errorf("an expression finds more than %d values in one resource", maxNodes)
	errMany  = errors.New("more than one value where one is needed")
	errKind  = errors.New("values of kinds that the operation does not take")
)

// spend bounds the work, because a short expression may multiply a resource by itself.
func (s *scope) spend(n int) error {
	if *s.steps -= n + 1; *s.steps < 0 {
		return errSteps
	}
	return nil
}

// few bounds what is held at once.
func few(nodes []node) error {
	if len(nodes) > maxNodes {
		return errNodes
	}
	return nil
}

// at is the scope with one node as its focus.
func (s *scope) at(n node) *scope {
	inner := *s
	inner.focus = []node{n}
	return &inner
}

// eval gives what an expression is in a scope.
func (e *expr) eval(s *scope) ([]node, error) {
	if err := s.spend(0); err != nil {
		return nil, err
	}
	switch e.op {
	case "literal":
		return e.value, nil
	case "this":
		return s.focus, nil
	case "variable":
		return e.variable(s), nil
	}
	if e.op != "name" && e.op != "call" && e.op != "index" {
		return e.operate(s)
	}
	focus := s.focus
	if e.left != nil {
		var err error
		if focus, err = e.left.eval(s); err != nil {
			return nil, err
		}
	}
	if err := s.spend(len(focus)); err != nil {
		return nil, err
	}
	switch e.op {
	case "name":
		return e.named(s, focus)
	case "call":
		return e.call(s, focus, e.args)
	}
	return e.indexed(s, focus)
}

func (e *expr) variable(s *scope) []node {
	switch e.name {
	case "context":
		return s.context
	case "resource", "rootResource":
		return []node{s.resource}
	case "rowIndex":
		return []node{{value: number(s.rowIndex), kind: "integer"}}
	}
	return []node{s.constant[e.name]}
}

func (e *expr) named(s *scope, focus []node) ([]node, error) {
	var found []node
	for _, n := range focus {
		// At its beginning a path may name the type of the resource: Patient.name.
		if object, ok := n.value.(map[string]any); ok && e.left == nil && object["resourceType"] == e.name {
			found = append(found, n)
			continue
		}
		// A path may come by one list or one wide object again and again: both are paid for.
		before := len(found)
		found = n.child(e.name, found)
		if err := s.spend(len(found) - before + n.width()/16); err != nil {
			return nil, err
		}
		if err := few(found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (e *expr) indexed(s *scope, focus []node) ([]node, error) {
	index, err := e.right.eval(s)
	if err != nil {
		return nil, err
	}
	at, ok, err := single(index)
	if err != nil || !ok {
		return nil, err
	}
	n, isNumber := at.value.(json.Number)
	if !isNumber {
		return nil, errKind
	}
	i, err := n.Int64()
	if err != nil {
		return nil, errKind
	}
	if i < 0 || i >= int64(len(focus)) {
		return nil, nil
	}
	return focus[i : i+1], nil
}

// single is the one value of a collection; false where there is none.
func single(nodes []node) (node, bool, error) {
	switch {
	case len(nodes) > 1:
		return node{}, false, errMany
	case len(nodes) == 0 || nodes[0].value == nil:
		return node{}, false, nil
	}
	return nodes[0], true, nil
}

// truth is a collection as a condition: one boolean, or none, which is neither true nor
// false. Anything else is refused, because a condition that is a name was not meant so.
func truth(nodes []node) (value, known bool, err error) {
	n, ok, err := single(nodes)
	if err != nil || !ok {
		return false, false, err
	}
	b, ok := n.value.(bool)
	if !ok {
		return false, false, errors.New("a condition is not a boolean")
	}
	return b, true, nil
}

// holds evaluates a condition; what is not known does not hold.
func (e *expr) holds(s *scope) (bool, error) {
	nodes, err := e.eval(s)
	if err != nil {
		return false, err
	}
	value, known, err := truth(nodes)
	return value && known, err
}

func boolean(b bool) []node { return []node{{value: b, kind: "boolean"}} }
