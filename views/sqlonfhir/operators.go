package sqlonfhir

import (
	"encoding/json"
	"strings"
)

// operate evaluates what is not a path.
func (e *expr) operate(s *scope) ([]node, error) {
	left, err := e.left.eval(s)
	if err != nil {
		return nil, err
	}
	switch e.op {
	case "is", "as":
		return e.typed(left)
	case "neg":
		n, ok, err := single(left)
		if err != nil || !ok {
			return nil, err
		}
		value, ok := n.value.(json.Number)
		if !ok {
			return nil, errKind
		}
		value, err = negative(value)
		return []node{{value: value}}, err
	case "and", "or", "xor", "implies":
		return e.logic(s, left)
	}
	right, err := e.right.eval(s)
	if err != nil {
		return nil, err
	}
	switch e.op {
	case "=", "!=":
		return equals(s, left, right, e.op == "=")
	case "~", "!~":
		if len(left) == 0 || len(right) == 0 {
			return boolean((len(left) == len(right)) == (e.op == "~")), nil
		}
		return equals(s, left, right, e.op == "~")
	case "|":
		return union(s, left, right)
	case "in":
		return member(s, left, right)
	case "contains":
		return member(s, right, left)
	}
	return e.ofTwo(s, left, right)
}

func (e *expr) typed(left []node) ([]node, error) {
	n, ok, err := single(left)
	if err != nil || !ok {
		return nil, err
	}
	switch is := n.ofType(e.name); {
	case e.op == "is":
		return boolean(is), nil
	case is:
		return left, nil
	}
	return nil, nil
}

// logic has three values: what is not known leaves open what depends on it.
func (e *expr) logic(s *scope, left []node) ([]node, error) {
	a, aKnown, err := truth(left)
	if err != nil {
		return nil, err
	}
	right, err := e.right.eval(s)
	if err != nil {
		return nil, err
	}
	b, bKnown, err := truth(right)
	if err != nil {
		return nil, err
	}
	switch e.op {
	case "and":
		if aKnown && !a || bKnown && !b {
			return boolean(false), nil
		}
	case "or":
		if a || b {
			return boolean(true), nil
		}
	case "implies":
		if aKnown && !a || b {
			return boolean(true), nil
		}
	}
	if !aKnown || !bKnown {
		return nil, nil
	}
	return boolean(map[string]bool{"and": a && b, "or": a || b, "xor": a != b, "implies": !a || b}[e.op]), nil
}

// ofTwo are the operators of two single values.
func (e *expr) ofTwo(s *scope, left, right []node) ([]node, error) {
	a, aOK, err := single(left)
	if err != nil {
		return nil, err
	}
	b, bOK, err := single(right)
	if err != nil {
		return nil, err
	}
	x, xText := a.value.(string)
	y, yText := b.value.(string)
	if e.op == "&" {
		if aOK && !xText || bOK && !yText {
			return nil, errKind
		}
		return concatenate(s, x, y)
	}
	if !aOK || !bOK {
		return nil, nil
	}
	if strings.Contains("< > <= >=", e.op) {
		return ordered(e.op, a, b)
	}
	if xText && yText && e.op == "+" {
		return concatenate(s, x, y)
	}
	p, pNumber := a.value.(json.Number)
	q, qNumber := b.value.(json.Number)
	if !pNumber || !qNumber {
		return nil, errKind
	}
	return arithmetic(e.op, p, q)
}

func concatenate(s *scope, x, y string) ([]node, error) {
	if err := s.spend(len(x) + len(y)); err != nil {
		return nil, err
	}
	return []node{{value: x + y, kind: "string"}}, nil
}

// equals compares collections in order; nothing where one is empty or it cannot be known.
func equals(s *scope, left, right []node, wanted bool) ([]node, error) {
	if len(left) == 0 || len(right) == 0 {
		return nil, nil
	}
	if len(left) != len(right) {
		return boolean(!wanted), nil
	}
	if err := s.spend(len(left)); err != nil {
		return nil, err
	}
	for i := range left {
		same, known, err := equal(s, left[i], right[i])
		switch {
		case err != nil || !known:
			return nil, err
		case !same:
			return boolean(!wanted), nil
		}
	}
	return boolean(wanted), nil
}

func equal(s *scope, a, b node) (same, known bool, err error) {
	if a.value == nil || b.value == nil {
		return false, false, nil
	}
	switch x := a.value.(type) {
	case json.Number:
		y, ok := b.value.(json.Number)
		if !ok {
			return false, true, nil
		}
		order, err := compareNumbers(x, y)
		return order == 0, err == nil, err
	case string:
		if _, ok := b.value.(string); ok {
			if order, known, times := inTime(a, b); times {
				return order == 0, known, nil
			}
		}
	case map[string]any:
		same, err := sameTree(s, x, b.value)
		return same, err == nil, err
	}
	if _, object := b.value.(map[string]any); object {
		return false, true, nil
	}
	return a.value == b.value, true, nil
}

func compareNumbers(a, b json.Number) (int, error) {
	x, err := rational(a)
	if err != nil {
		return 0, err
	}
	y, err := rational(b)
	if err != nil {
		return 0, err
	}
	return x.Cmp(y), nil
}

func ordered(op string, a, b node) ([]node, error) {
	var order int
	x, xText := a.value.(string)
	y, yText := b.value.(string)
	p, pNumber := a.value.(json.Number)
	q, qNumber := b.value.(json.Number)
	switch {
	case pNumber && qNumber:
		var err error
		if order, err = compareNumbers(p, q); err != nil {
			return nil, err
		}
	case xText && yText:
		order = strings.Compare(x, y)
		if inOrder, known, times := inTime(a, b); times {
			if !known {
				return nil, nil
			}
			order = inOrder
		}
	default:
		return nil, errKind
	}
	return boolean(map[string]bool{"<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[op]), nil
}
