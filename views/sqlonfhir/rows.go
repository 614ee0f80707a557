package sqlonfhir

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
)

// A Row has a value for each column: nil, bool, int64, string or json.Number (a decimal as
// it was written); of a collection it is a []any of those.
type Row []any

// Run hands out the rows of every resource; the first error ends it.
func (v *View) Run(resources iter.Seq2[map[string]any, error]) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for resource, err := range resources {
			if err != nil {
				yield(nil, err)
				return
			}
			for row, err := range v.Rows(resource) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// Rows hands out the rows of one resource, decoded with json.Decoder.UseNumber. A
// resource of another type has none; one that does not say its type is an error, because no
// rows would read as none. An error ends them, and what came before it is then not all
// there is.
//
// Any tree of JSON may be a resource, if its resourceType is what the definition names.
func (v *View) Rows(resource map[string]any) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		switch kind, _ := resource["resourceType"].(string); kind {
		case v.resource:
		case "":
			yield(nil, &RowError{Path: "resource", Reason: "the resource does not say its resourceType"})
			return
		default:
			return
		}
		steps := v.steps
		root := node{value: resource, kind: v.resource}
		s := &scope{focus: []node{root}, context: []node{root}, resource: root, constant: v.constant, steps: &steps}
		r := &runner{row: make(Row, len(v.columns)), scope: s, yield: yield}
		for _, where := range v.where {
			ok, err := where.expr.holds(s)
			if err != nil {
				yield(nil, &RowError{Path: where.path, Reason: err.Error()})
				return
			}
			if !ok {
				return
			}
		}
		if err := r.all(v.selects, s, r.emit); err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// errRows is of selects that multiply one another, or of more than one person's record.
var errRows = fmt.Errorf("one resource would have more than %d rows", maxRows)

// errStopped is the caller's wish for no more rows.
var errStopped = errors.New("stopped")

// A runner fills one row over and over: each select writes its columns and passes on.
type runner struct {
	row   Row
	scope *scope
	rows  int
	yield func(Row, error) bool
}

func (r *runner) emit() error {
	err := r.scope.spend(len(r.row))
	if r.rows++; r.rows > maxRows {
		err = errRows
	}
	if err != nil {
		return &RowError{Path: "select", Reason: err.Error()}
	}
	if !r.yield(append(Row(nil), r.row...), nil) {
		return errStopped
	}
	return nil
}

// all multiplies selects that stand side by side.
func (r *runner) all(selects []*selection, s *scope, next func() error) error {
	if len(selects) == 0 {
		return next()
	}
	return r.one(selects[0], s, func() error { return r.all(selects[1:], s, next) })
}

func (r *runner) one(sel *selection, s *scope, next func() error) error {
	switch {
	case len(sel.repeat) > 0:
		index := 0
		return r.repeat(sel, s, &index, 0, next)
	case sel.each == nil:
		return r.fill(sel, s, next)
	}
	found, err := sel.each.expr.eval(s)
	if err != nil {
		return &RowError{Path: sel.each.path, Reason: err.Error()}
	}
	if len(found) == 0 && sel.orNull {
		inner := *s
		inner.focus, inner.context, inner.rowIndex = nil, nil, 0
		return r.fill(sel, &inner, next)
	}
	for i, n := range found {
		if err := r.fill(sel, s.row(n, i), next); err != nil {
			return err
		}
	}
	return nil
}

// row is the scope of one node of a forEach.
func (s *scope) row(n node, index int) *scope {
	inner := s.at(n)
	inner.context, inner.rowIndex = inner.focus, index
	return inner
}

// repeat walks down its paths, a parent before its children.
func (r *runner) repeat(sel *selection, s *scope, index *int, depth int, next func() error) error {
	for _, path := range sel.repeat {
		found, err := path.expr.eval(s)
		if err == nil && len(found) > 0 && depth >= maxRepeat {
			err = errors.New("the resource is nested too deep")
		}
		if err != nil {
			return &RowError{Path: path.path, Reason: err.Error()}
		}
		for _, n := range found {
			inner := s.row(n, *index)
			*index++
			if err := r.fill(sel, inner, next); err != nil {
				return err
			}
			if err := r.repeat(sel, inner, index, depth+1, next); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *runner) fill(sel *selection, s *scope, next func() error) error {
	for i, column := range sel.columns {
		found, err := column.expr.eval(s)
		if err == nil {
			r.row[sel.at+i], err = sel.rowShape[i].read(found)
		}
		if err != nil {
			return &RowError{Path: column.path, Reason: err.Error()}
		}
	}
	return r.all(sel.selects, s, func() error {
		if len(sel.unions) == 0 {
			return next()
		}
		for _, branch := range sel.unions {
			if err := r.one(branch, s, next); err != nil {
				return err
			}
		}
		return nil
	})
}

// read turns what an expression found into the column's value.
func (c Column) read(found []node) (any, error) {
	if !c.Collection {
		if len(found) > 1 {
			return nil, errors.New("more than one value in a column that is not a collection")
		}
		if len(found) == 0 {
			return nil, nil
		}
		return c.value(found[0])
	}
	list := make([]any, 0, len(found))
	for _, n := range found {
		value, err := c.value(n)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	return list, nil
}

func (c Column) value(n node) (any, error) {
	if n.value == nil {
		return nil, nil
	}
	if _, complex := n.value.(map[string]any); complex {
		return nil, errors.New("the value is no primitive")
	}
	kind, typed := columnTypes[c.Type]
	if typed && !kind.holds(n.value) {
		return nil, errors.New("the value is not a " + c.Type)
	}
	if written, ok := n.value.(json.Number); ok && kind == integerColumn {
		return written.Int64()
	}
	return n.value, nil
}
